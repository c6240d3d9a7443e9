"""What English words name (a color, a place, a person, …) and which of them mean the same.

The lists are short and hold what pictures show; a word that is not on them names nothing, so that what filters do not
know they let pass.
"""

from functools import cache

from datagen.filters.english.data_files import load
from datagen.filters.english.inflection import base_form

_TABLES = ("things", "people", "where", "looks", "doing", "other")
LONGEST_PHRASE = 5
"""Words of the longest phrase with a synonym, articles left out."""


@cache
def words_of_kind(kind: str) -> frozenset[str]:
    """The words of a kind, in base form.

    Raises:
        KeyError: There is no such kind.
    """
    listed = load("kinds")[kind].replace("\n", " ").split(",")
    return frozenset(_base_forms(word) for word in listed if word.strip())


def _base_forms(phrase: str) -> str:
    return " ".join(base_form(word) for word in phrase.split())


@cache
def kinds_by_word() -> dict[str, frozenset[str]]:
    """Every listed word with the kinds it belongs to."""
    found: dict[str, set[str]] = {}
    for kind in load("kinds"):
        for word in words_of_kind(kind):
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def synonyms() -> dict[tuple[str, ...], str]:
    """Phrases, as tuples of base forms, each with the first of its set; what two sets share is the earlier one's."""
    found: dict[tuple[str, ...], str] = {}
    for table in _TABLES:
        for line in filter(None, load("synonyms")[table].splitlines()):
            first, *others = (tuple(_base_forms(phrase).split()) for phrase in line.split(","))
            for phrase in (first, *others):
                found.setdefault(phrase, " ".join(first))
    return found


@cache
def first_words() -> frozenset[str]:
    """The words that a phrase with a synonym begins with."""
    return frozenset(phrase[0] for phrase in synonyms())
