"""Nouns of an option in singular and plural, as far as lists know them, and where they stand."""

import re
from functools import cache

from datagen.filters.english.inflection import singular
from datagen.filters.english.lexicon import words_of_kind
from datagen.filters.english.tokens import STOP_WORDS
from datagen.filters.english.word_lists import listed

_COUNTED = re.compile(r"\bhow many((?: [\w-]+){1,4}?) (?:are|is|were|was|do|does|did|can|have|has|in|on|with)\b")
_ADJECTIVES = listed("datagen.filters.answer_form", "nouns", "adjectives")
_NO_NOUNS = listed("datagen.filters.answer_form", "nouns", "none")
NOUN_ENDS = listed("datagen.filters.answer_form", "nouns", "ends")
"""Words before which a noun is complete."""


def counted_in(question: str) -> str:
    """The noun that a question counts, in the singular: "How many red cars are there?" → "car"; else empty."""
    found = _COUNTED.search(question.casefold())
    noun = found[1].split()[-1] if found else ""
    return singular(noun) if singular(noun) != noun else ""


@cache
def _nouns() -> frozenset[str]:
    kinds = ("person", "animal", "vehicle", "food", "clothing", "furniture", "appliance", "thing", "shape")
    known = frozenset[str]().union(*(words_of_kind(kind) for kind in kinds))
    adjectives = frozenset[str]().union(*(words_of_kind(kind) for kind in ("adjective", "color", "material", "size")))
    return known - words_of_kind("mass") - (adjectives - {"orange", "square"}) - _NO_NOUNS


def is_singular(word: str, counted: str) -> bool:
    """Whether a word is known for a noun in the singular, or is the one that the question counts."""
    return bool(word) and (word == counted or (word in _nouns() and singular(word) == word))


def is_plural(word: str, counted: str) -> bool:
    """Whether a word is known for a noun in the plural, or is that of the one that the question counts."""
    one = singular(word)
    return one != word and (one == counted or one in _nouns() or one in words_of_kind("mass") or one == "person")


def looks_plural(word: str) -> bool:
    """Whether a word that follows "a" is a plural in all likelihood, known or not."""
    return singular(word) != word and word.endswith("s") and word != "means" and len(word) > 2 and word.isalpha()


@cache
def _qualifying() -> frozenset[str]:
    kinds = ("adjective", "color", "size", "pattern", "emotion")
    return frozenset[str]().union(*(words_of_kind(kind) for kind in kinds)) | _ADJECTIVES


def noun_after(words: tuple[str, ...], place: int) -> tuple[int, str]:
    """The first word after a place that is no adjective, and where it stands; an empty one at the end."""
    there = place + 1
    while there < len(words) and words[there] in _qualifying() and not ends_noun(words, there):
        there += 1
    if there < len(words):
        return there, words[there]
    return there, ""


def compound_after(words: tuple[str, ...], place: int) -> tuple[int, str]:
    """The last noun of up to four plain words after a place ("stop signs"), and where it stands."""
    at = place
    while at + 1 < len(words) and at - place < 4 and words[at + 1].isalpha():
        if words[at + 1] in NOUN_ENDS or words[at + 1] in STOP_WORDS:
            break
        at += 1
    return at, words[at] if at > place else ""


def ends_noun(words: tuple[str, ...], place: int) -> bool:
    """Whether the noun at a place is not the first part of a compound ("stop signs", "dog bowl")."""
    following = words[place + 1] if place + 1 < len(words) else ""
    return not following or following in NOUN_ENDS or not following[0].isalnum()
