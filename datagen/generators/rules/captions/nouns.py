"""The nouns the reader knows: singulars and plurals, their kinds, and what they are words for."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from datagen.generators.rules.captions.terms import Noun
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import is_mass, is_pair, plural_of

_GROUP_KIND = {
    "person": "person.person", "vehicle": "vehicle.road", "street": "thing.street", "furniture": "furniture.seat",
    "animal": "animal.pet", "bag": "thing.home", "thing": "thing.home", "clothing": "clothing.worn",
    "sport": "thing.sport", "tableware": "container.table", "food": "food.one", "plant": "plant.one",
    "bathroom": "thing.home", "electronics": "electronics.small", "appliance": "appliance.kitchen", "toy": "thing.home",
}  # fmt: skip
_NO_KINDS = ("alike", "variants", "wider", "unseen")
_WEAK_KINDS = ("abstract", "measure", "part")  # a word in another list too is of that kind


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


def _rank(group: str) -> int:
    return _WEAK_KINDS.index(group) if group in _WEAK_KINDS else len(_WEAK_KINDS)


def nouns() -> Iterator[tuple[str, Noun]]:
    """Every noun in each of its written forms."""
    like, classes, kinds = concepts(), labels(), _kinds()
    variants = {word: split_words(also) for word, also in load("nouns")["variants"].items()}
    plurals = {plural_of(word) for word in kinds if plural_of(word) != word}
    for word, kind in kinds.items():
        if word in plurals and not kind.endswith(".many"):
            continue  # "kittens" among the synonyms of "cat"
        many = kind.endswith(".many") or is_pair(word)
        concept = "person" if kind.startswith("person") else like.get(word) or _wider(word, kind, kinds, like)
        noun = Noun(word, kind, concept, classes.get(word, ""), plural=many)
        yield from ((variant, replace(noun, plural=True)) for variant in variants.get(word, ()))
        plural = plural_of(word)
        if plural != word and not many:
            yield plural, replace(noun, plural=True)
        elif is_mass(word) and not many:
            yield f"{word}s", noun  # "cheeses", "wines": kinds of it
        yield word, noun


def _kinds() -> dict[str, str]:
    """By noun, its kind: "animal.pet"."""
    kinds: dict[str, str] = {}
    for label, entry in load("objects").items():
        for word in (label, *split_words(entry["same"])):
            kinds.setdefault(word, _GROUP_KIND[entry["group"]])
    listed = load("nouns")
    for group in sorted((group for group in listed if group not in _NO_KINDS), key=_rank):
        for kind, words in listed[group].items():
            kinds.update(dict.fromkeys(split_words(words), f"{group}.{kind}"))
    return kinds


def _wider(word: str, kind: str, kinds: dict[str, str], like: dict[str, str]) -> str:
    """What a compound is a kind of: "sheet cake" of "cake", but "pool table" of nothing."""
    last = word.rpartition(" ")[2]
    return like.get(last, last) if kinds.get(last) == kind else word
