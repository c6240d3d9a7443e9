"""The reader's dictionary: what each word or fixed phrase of a caption can be.

In: the data files. Out: :class:`Term` by surface form, built once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import gerund_of, is_mass, is_pair, plural_of

Form = Literal["base", "third", "gerund", "past"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as met: its singular, its kind ("animal.pet"), what it is a word for, and its number.

    ``concept`` is shared by all words that captioners use for one thing; ``label`` is the COCO class, if any.
    """

    lemma: str
    kind: str
    concept: str
    label: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Term:
    """All readings of one surface form; ``tag`` is a closed word's class, empty for open ones."""

    text: str
    tag: str = ""
    noun: Noun | None = None
    verb: str = ""
    form: Form = "base"
    adjective: bool = False
    color: str = ""
    texture: str = ""
    number: int = 0
    known: bool = True


@dataclass(frozen=True)
class Lexicon:
    """Every term, and for a first word the length in words of its longest phrase."""

    terms: dict[str, Term]
    longest: dict[str, int]


def split_words(text: str) -> list[str]:
    """The entries of a comma-separated list in a data file."""
    return [entry for entry in (part.strip() for part in text.replace("\n", " ").split(",")) if entry]


@cache
def lexicon() -> Lexicon:
    """The dictionary, from the data files."""
    terms: dict[str, Term] = {}
    for surface, verb, form in _verbs():
        terms.setdefault(surface, Term(surface, verb=verb, form=form))
    for words in load("grammar")["adjectives"].values():
        for word in split_words(words):
            terms[word] = replace(terms.get(word, Term(word)), adjective=True)
    for surface, noun in _nouns():
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
    longest: dict[str, int] = {}
    for word in terms:
        first, *rest = word.split(" ")
        longest[first] = max(longest.get(first, 1), 1 + len(rest))
    return Lexicon(terms, longest)


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of words that a rule of reading asks for, from ``grammar.toml``."""
    return frozenset(split_words(load("grammar")["sets"][name]))


@cache
def concepts() -> dict[str, str]:
    """What a noun is a word for, if not itself: the first of a group of like words, or its COCO class."""
    named = {word: label for word, label in labels().items() if label != "person"}
    for group in load("nouns")["alike"]["groups"]:
        words = split_words(group)
        named.update(dict.fromkeys(words, words[0]))
    return named


@cache
def labels() -> dict[str, str]:
    """The COCO class that a noun names."""
    named: dict[str, str] = {}
    for label, entry in load("objects").items():
        named.update(dict.fromkeys(split_words(entry["same"]), label))
    named.update({label: label for label in load("objects")})
    return named


_GROUP_KIND = {
    "person": "person.person", "vehicle": "vehicle.road", "street": "thing.street", "furniture": "furniture.seat",
    "animal": "animal.pet", "bag": "thing.home", "thing": "thing.home", "clothing": "clothing.worn",
    "sport": "thing.sport", "tableware": "container.table", "food": "food.one", "plant": "plant.one",
    "bathroom": "thing.home", "electronics": "electronics.small", "appliance": "appliance.kitchen", "toy": "thing.home",
}  # fmt: skip


_NO_KINDS = ("alike", "variants", "wider", "unseen")
_WEAK_KINDS = ("abstract", "measure", "part")  # a word in another list too is of that kind


def _rank(group: str) -> int:
    return _WEAK_KINDS.index(group) if group in _WEAK_KINDS else len(_WEAK_KINDS)


def _nouns() -> Iterator[tuple[str, Noun]]:
    like, classes = concepts(), labels()
    kinds: dict[str, str] = {}
    for label, entry in load("objects").items():
        for word in (label, *split_words(entry["same"])):
            kinds.setdefault(word, _GROUP_KIND[entry["group"]])
    listed = load("nouns")
    for group in sorted((group for group in listed if group not in _NO_KINDS), key=_rank):
        for kind, words in listed[group].items():
            for word in split_words(words):
                kinds[word] = f"{group}.{kind}"
    variants = {word: split_words(also) for word, also in listed["variants"].items()}
    plurals = {plural_of(word) for word in kinds if plural_of(word) != word}
    for word, kind in kinds.items():
        if word in plurals and not kind.endswith(".many"):
            continue  # "kittens" among the synonyms of "cat"
        many = kind.endswith(".many") or is_pair(word)
        concept = "person" if kind.startswith("person") else like.get(word) or _wider(word, kind, kinds, like)
        noun = Noun(word, kind, concept, classes.get(word, ""), plural=many)
        yield from ((variant, replace(noun, plural=True)) for variant in variants.get(word, ()))
        if many:
            yield word, noun
            continue
        plural = plural_of(word)
        if plural != word:
            yield plural, replace(noun, plural=True)
        elif is_mass(word):
            yield f"{word}s", noun  # "cheeses", "wines": kinds of it
        yield word, noun


def _wider(word: str, kind: str, kinds: dict[str, str], like: dict[str, str]) -> str:
    """What a compound is a kind of: "sheet cake" of "cake", but "pool table" of nothing."""
    last = word.rpartition(" ")[2]
    return like.get(last, last) if kinds.get(last) == kind else word


def _verbs() -> Iterator[tuple[str, str, Form]]:
    data = load("grammar")["verbs"]
    forms: tuple[Form, ...] = ("third", "gerund", "past", "past")
    for verb, listed in data["irregular"].items():
        base = verb.replace("_", " ")
        for form, surface in zip(forms, listed, strict=True):
            yield surface, base, form
        yield base, base, "base"
    for verb in split_words(data["plain"]):
        first, space, rest = verb.partition(" ")
        tail = f"{space}{rest}"
        if first in data["irregular"]:
            third, gerund, past, participle = data["irregular"][first]
        else:
            third, gerund = plural_of(first) if first != "man" else "mans", gerund_of(first)
            past = participle = (
                f"{gerund[:-3]}ied" if first[-1:] == "y" and first[-2:-1] not in "aeiou" else f"{gerund[:-3]}ed"
            )
            past = past.replace("yied", "ied")
        surfaces = (third, gerund, past, participle)
        for form, surface in zip(forms, surfaces, strict=True):
            yield f"{surface}{tail}", verb, form
        yield verb, verb, "base"


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
    order = (
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
    for tag in order:
        yield from ((word, tag) for word in split_words(words[tag]))
