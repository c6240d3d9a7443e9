"""The false alternatives of a fact: values that are surely not true of the same subject there."""

import random
from collections.abc import Collection, Mapping, Sequence

from datagen.generators.rules.captions import alternatives as caption_alternatives
from datagen.generators.rules.data_files import load
from schemas.fact import Fact
from schemas.identity import seeded

QUADRANTS = ("upper left", "upper right", "lower left", "lower right")
SIDES = ("left of", "right of", "above", "below")
WINDOW = 4
MOST_DRAWN = 7  # of one thing in a scene
NEAREST = 8  # activities of the same setting come first


def alternatives_of(fact: Fact, *, named: Collection[str], boxes: Collection[str], seed: int) -> tuple[str, ...]:
    """All values that may stand against a fact's true one, in a fixed order; not for presence.

    Args:
        fact: The fact.
        named: What the captions name, and their words.
        boxes: Labels of the boxes.
        seed: The run's; only numbers depend on it.
    """
    if fact.slot == "count":
        return _drawn_numbers(fact, seed) if fact.source == "scene" else _numbers(fact, seed)
    if fact.slot == "position":
        return tuple(value for value in (QUADRANTS if fact.other is None else SIDES) if value != fact.value)
    if fact.source == "scene" and fact.slot in load("drawn"):
        return _apart(fact.value, _drawn_kinds(fact))
    if fact.slot in ("shape", "emotion", "identity", "meaning") and not _is_told(fact):
        return _apart(fact.value, load("kinds"))
    if fact.slot == "text":
        return _writings(fact.value, seed)
    others = caption_alternatives(fact, taken=named, boxes=boxes)
    return others[:NEAREST] if fact.slot == "activity" else others


def _is_told(fact: Fact) -> bool:
    """Whether captions name it: a place, an animal, a sport."""
    return fact.slot == "identity" and fact.source == "caption"


def _drawn_kinds(fact: Fact) -> Mapping[str, Sequence[Sequence[str]]]:
    found = load("drawn")[fact.slot]
    if fact.slot == "relation":
        noun = (fact.other or "").rpartition(" ")[2]
        return {noun: found.get(noun, ())}
    return {fact.slot: found}


def _numbers(fact: Fact, seed: int) -> tuple[str, ...]:
    """The other numbers of a window of four around the true one, which stands anywhere in it; none is a number."""
    true = int(fact.value)
    place = seeded(seed, "window", fact.image, fact.subject) % WINDOW
    first = max(0, true - place)
    return tuple(str(number) for number in range(first, first + WINDOW) if number != true)


def _drawn_numbers(fact: Fact, seed: int) -> tuple[str, ...]:
    """The other numbers of the lower or the upper four that scenes draw: one never drawn would show as never right."""
    true, most = int(fact.value), MOST_DRAWN
    lower = true < WINDOW or (true == WINDOW and seeded(seed, "window", fact.image, fact.subject) % 2 == 0)
    first = 1 if lower else max(true, most) - WINDOW + 1
    return tuple(str(number) for number in range(first, first + WINDOW) if number != true)


def _apart(value: str, kinds: Mapping[str, Sequence[Sequence[str]]]) -> tuple[str, ...]:
    """Members of other groups of the value's kind; members of one group may be taken for each other."""
    for groups in kinds.values():
        if any(value in group for group in groups):
            return tuple(other for group in groups if value not in group for other in group)
    return ()


def _writings(value: str, seed: int) -> tuple[str, ...]:
    """Other writings of the same kind and length: words from a list, numbers with other digits."""
    if value.isdecimal():
        return _other_numbers(value, seed)
    words: list[str] = load("signs")["words"]
    return tuple(word for word in words if word != value and abs(len(word) - len(value)) <= 1)


def _other_numbers(value: str, seed: int) -> tuple[str, ...]:
    chance = random.Random(seeded(seed, "digits", value))
    found: dict[str, None] = {}
    while len(found) < min(6, 9 * 10 ** (len(value) - 1) - 1):
        other = str(chance.randrange(10 ** (len(value) - 1), 10 ** len(value)))
        if other != value:
            found[other] = None
    return tuple(found)
