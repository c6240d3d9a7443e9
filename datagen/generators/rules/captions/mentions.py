"""Which COCO classes captions name, or may name: enough never to claim their absence."""

from dataclasses import dataclass
from functools import cache

from datagen.generators.rules.captions.lexicon import lexicon
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import plural_of

_SHORTEST_TYPO = 3
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mentions:
    """What words tell of COCO classes.

    Attributes:
        classes: By word or phrase, the classes it may name.
        scenes: By word or phrase, the classes its scene makes likely.
        typos: By class word with one letter left out, the classes: for words that nobody knows.
        longest: By the first two words, the length in words of the longest phrase of either kind.
    """

    classes: dict[str, frozenset[str]]
    scenes: dict[str, frozenset[str]]
    typos: dict[str, frozenset[str]]
    longest: dict[tuple[str, str], int]


@cache
def mentions() -> Mentions:
    """The table, from ``objects.toml`` and ``scenes.toml``."""
    found: dict[str, set[str]] = {}
    typos: dict[str, set[str]] = {}
    groups: dict[str, set[str]] = {}
    for label, entry in load("objects").items():
        groups.setdefault(entry["group"], set()).add(label)
        names = _with_plurals([label, *split_words(entry["same"])])
        for part in {part for name in names for part in _lossy(name)}:
            typos.setdefault(part, set()).add(label)
        for name in names | _with_plurals(split_words(entry["maybe"])):
            found.setdefault(name, set()).add(label)
    scenes: dict[str, set[str]] = {}
    for scene in load("scenes")["scene"].values():
        for form in _with_plurals(split_words(scene["words"])):
            scenes.setdefault(form, set()).update(_labels(scene["likely"], groups))
    longest: dict[tuple[str, str], int] = {}
    for phrase in (*found, *scenes):
        first, *rest = phrase.split(" ")
        if rest:
            longest[first, rest[0]] = max(longest.get((first, rest[0]), 1), 1 + len(rest))
    return Mentions(_frozen(found), _frozen(scenes), _frozen(typos), longest)


def _with_plurals(words: list[str]) -> set[str]:
    return {form for word in words for form in (word, plural_of(word))}


def _frozen(table: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(labels) for word, labels in table.items()}


def _labels(names: str, groups: dict[str, set[str]]) -> set[str]:
    return {label for name in split_words(names) for label in groups.get(name, {name})}


def _lossy(word: str) -> set[str]:
    """A word, and it with each letter left out: two words that share one differ by about one slip."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def named_in(words: list[str]) -> tuple[set[str], set[str]]:
    """The classes that a caption's words may name, and those that its scene makes likely."""
    table, known = mentions(), lexicon().terms
    classes, scenes, longest = table.classes, table.scenes, table.longest
    named: set[str] = set()
    implied: set[str] = set()
    before = ""
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if word in classes:
            named |= classes[word]
        if word in scenes:
            implied |= scenes[word]
        for length in range(2, longest.get((word, after), 1) + 1):
            phrase = " ".join(words[place : place + length])
            named |= classes.get(phrase, _NONE)
            implied |= scenes.get(phrase, _NONE)
        joined = before + word  # "lap top"
        if joined in classes:
            named |= classes[joined]
        if word not in known and word not in classes and len(word) >= _SHORTEST_TYPO:
            named |= _near(word, table) | _near(joined, table) | _near(word + after, table)
        before = word
    return named, implied


def _near(word: str, table: Mentions) -> set[str]:
    found: set[str] = set()
    for part in _lossy(word):
        found |= table.typos.get(part, _NONE)
    return found
