"""The reader's dictionary: what each word or fixed phrase of a caption can be.

In: the data files. Out: :class:`Term` by surface form, built once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from datagen.generators.rules.captions.nouns import nouns
from datagen.generators.rules.captions.terms import Term
from datagen.generators.rules.captions.verbs import verbs
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load

# Of a word in two of these lists, the later holds.
_CLOSED = (
    "adverb",
    "pronoun",
    "auxiliary",
    "preposition",
    "conjunction",
    "vague",
    "doubt",
    "determiner",
    "possessive",
    "negation",
)


@dataclass(frozen=True)
class Lexicon:
    """Every term, and for two words that begin a phrase the length in words of the longest."""

    terms: dict[str, Term]
    longest: dict[tuple[str, str], int]


@cache
def lexicon() -> Lexicon:
    """The dictionary, from the data files."""
    terms: dict[str, Term] = {}
    for surface, verb, form in verbs():
        terms.setdefault(surface, Term(surface, verb=verb, form=form))
    for words in load("grammar")["adjectives"].values():
        for word in split_words(words):
            terms[word] = replace(terms.get(word, Term(word)), adjective=True)
    for surface, noun in nouns():
        terms[surface] = replace(terms.get(surface, Term(surface)), noun=noun)
    for word, color in _colors():
        terms[word] = replace(terms.get(word, Term(word)), color=color)
    for word, texture in _textures():
        terms[word] = replace(terms.get(word, Term(word)), texture=texture)
    for word, tag in _closed():
        old = terms.get(word, Term(word))
        terms[word] = replace(old, tag=tag)
    for word, number in load("grammar")["numbers"].items():
        terms[word] = Term(word, tag="number", number=number)
    longest: dict[tuple[str, str], int] = {}
    for phrase in terms:
        first, *rest = phrase.split(" ")
        if rest:
            longest[first, rest[0]] = max(longest.get((first, rest[0]), 1), 1 + len(rest))
    return Lexicon(terms, longest)


def _colors() -> Iterator[tuple[str, str]]:
    data = load("colors")
    yield from ((name, name) for name in data["color"])
    yield from data["words"].items()
    for shade in data["shades"]["doubt"]:
        yield from ((f"{shade}-{name}", f"?{shade} {name}") for name in data["color"])


def _textures() -> Iterator[tuple[str, str]]:
    data = load("textures")
    for family in ("material", "pattern"):
        for name, entry in data[family].items():
            yield from ((word, name) for word in split_words(entry["words"]))


def _closed() -> Iterator[tuple[str, str]]:
    words = load("grammar")["words"]
    for tag in _CLOSED:
        yield from ((word, tag) for word in split_words(words[tag]))
