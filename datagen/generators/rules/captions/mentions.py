"""Which COCO classes captions name, or may name: enough never to claim their absence."""

from dataclasses import dataclass
from functools import cache

from datagen.generators.rules.captions.lexicon import lexicon, split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import plural_of

_SHORTEST_TYPO = 3


@dataclass(frozen=True)
class Mentions:
    """Words to the classes they may name; words with one letter lost, for words that nobody knows; scenes."""

    classes: dict[str, frozenset[str]]
    typos: dict[str, frozenset[str]]
    scenes: dict[str, frozenset[str]]
    longest: int


@cache
def mentions() -> Mentions:
    """The table, from ``objects.toml``."""
    found: dict[str, set[str]] = {}
    typos: dict[str, set[str]] = {}
    data = load("objects")
    groups: dict[str, set[str]] = {}
    for label, entry in data.items():
        groups.setdefault(entry["group"], set()).add(label)
        names = {label, *split_words(entry["same"])}
        names |= {plural_of(name) for name in names}
        for name in names:
            for part in _lossy(name):
                typos.setdefault(part, set()).add(label)
        for name in names | {form for word in split_words(entry["maybe"]) for form in (word, plural_of(word))}:
            found.setdefault(name, set()).add(label)
    scenes: dict[str, set[str]] = {}
    for scene in load("scenes")["scene"].values():
        for word in split_words(scene["words"]):
            for form in (word, plural_of(word)):
                scenes.setdefault(form, set()).update(_labels(scene["likely"], groups))
    return Mentions(
        {word: frozenset(labels) for word, labels in found.items()},
        {word: frozenset(labels) for word, labels in typos.items()},
        {word: frozenset(labels) for word, labels in scenes.items()},
        max(len(word.split(" ")) for word in found),
    )


def _labels(names: str, groups: dict[str, set[str]]) -> set[str]:
    return {label for name in split_words(names) for label in groups.get(name, {name})}


def _lossy(word: str) -> set[str]:
    """A word, and it with each letter left out: two words that share one differ by about one slip."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def named_in(words: list[str]) -> tuple[set[str], set[str]]:
    """The classes that a caption's words may name, and those that its scene makes likely."""
    table = mentions()
    known = lexicon().terms
    named: set[str] = set()
    implied: set[str] = set()
    for place, word in enumerate(words):
        for length in range(1, table.longest + 1):
            if place + length > len(words):
                break
            phrase = word if length == 1 else " ".join(words[place : place + length])
            named |= table.classes.get(phrase, _NONE)
            implied |= table.scenes.get(phrase, _NONE)
        if place + 1 < len(words):
            named |= table.classes.get(word + words[place + 1], _NONE)
        if word not in known and len(word) >= _SHORTEST_TYPO and word not in table.classes:
            named |= _near(word, table)
            if place + 1 < len(words):
                named |= _near(word + words[place + 1], table)
            if place:
                named |= _near(words[place - 1] + word, table)
    return named, implied


_NONE: frozenset[str] = frozenset()


def _near(word: str, table: Mentions) -> set[str]:
    found: set[str] = set()
    for part in _lossy(word):
        found |= table.typos.get(part, _NONE)
    return found
