"""What an option may say beside a value without adding to it: "the *color* is red", "one *counts* four dogs"."""

from functools import cache

from datagen.filters.english.inflection import verbs
from datagen.filters.english.lexicon import kinds_by_word, words_of_kind
from datagen.filters.english.word_lists import listed
from datagen.filters.option_similarity.concepts import SIDES
from datagen.filters.option_similarity.meaning import Meaning
from datagen.filters.option_similarity.runs import RELATIONS, modifiers

_PLACING = RELATIONS | {"on", "inside", "outside", "between", "around", "against", "across", "along"}
_POSTURES = frozenset({"do handstand", "bend over", "lie down", "do cartwheel"})
_KIND_NAMES = frozenset({"animal", "vehicle", "clothing", "furniture", "drink", "food"})
_ALL = ("looks", "posture", "doing", "number", "place", "text", "time", "always")
_NONE: frozenset[str] = frozenset()
COUNTED = {"single": "1", "lone": "1", "sole": "1", "solitary": "1", "pair": "2", "duo": "2", "trio": "3"}
"""Words that count things, with their numbers."""


def added_to(value: frozenset[str], sibling: Meaning, *, counting: bool) -> frozenset[str]:
    """Words that add nothing to a value, by the sort of value that it is.

    Args:
        value: The words in which an option differs from its siblings.
        sibling: What that option says.
        counting: Whether its siblings differ in numbers.
    """
    if counting:
        return _words("number")
    if value <= sibling.quoted:
        return _words("text")
    if value <= words_of_kind("posture") | _POSTURES:
        return _words("posture")
    if any(is_verbal(word) for word in value):
        return _words("doing") | _kinds_of(value)
    if (sibling.bag - value) & _doing():  # "holding a heart" is not "drawing a heart"
        return _words("always") | _kinds_of(value)
    if value <= words_of_kind("time"):
        return _words("time")
    if sibling.bag & (_PLACING | SIDES):
        return _words("place") | _kinds_of(value)
    if value <= modifiers() | words_of_kind("shape"):
        return _words("looks")
    return _words("always") | _kinds_of(value)


@cache
def ever_added() -> frozenset[str]:
    """All words that add nothing to one value or another."""
    return frozenset().union(COUNTED, _KIND_NAMES, *(_words(kind) for kind in _ALL))


def is_verbal(word: str) -> bool:
    """Whether a concept is a verb, or a phrase that begins with one ("ride bicycle")."""
    return word not in SIDES and word not in modifiers() and word.split(" ", 1)[0] in verbs()


def _kinds_of(value: frozenset[str]) -> frozenset[str]:
    """The kinds of what a value names: "the animal is a cow" says no more than "a cow"."""
    return _KIND_NAMES & frozenset(kind for word in value for kind in kinds_by_word().get(word, _NONE))


@cache
def _doing() -> frozenset[str]:
    """Verbs that are nothing else."""
    return verbs() - kinds_by_word().keys()


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset().union(*(listed("datagen.filters.option_similarity", "added", one) for one in (kind, "always")))
