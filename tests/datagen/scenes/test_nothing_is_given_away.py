"""Values are told about equally often, so that a guess without the image gains nothing."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from datagen.scenes.vocabulary import KINDS, SPECIAL_NAMES

NAMES = {*KINDS, *SPECIAL_NAMES}
# How many of a slot's values there are, and how far from even the most and least frequent may be.
EVEN = {
    "color": (11, 1.3), "texture": (4, 1.4), "count": (7, 1.6), "shape": (12, 1.6),
    "position": (4, 1.25), "side": (4, 1.25),
}  # fmt: skip


@pytest.mark.parametrize("slot", EVEN)
def test_values_are_told_evenly(scenes: Any, slot: str) -> None:
    told = Counter(
        fact.value
        for scene in scenes
        for fact in scene.facts
        if ("side" if fact.slot == "position" and fact.other else fact.slot) == slot
    )
    values, factor = EVEN[slot]
    even = sum(told.values()) / values
    assert len(told) == values
    assert max(told.values()) < even * factor
    assert min(told.values()) > even / factor


def test_no_kind_is_mostly_present_or_mostly_absent(scenes: Any) -> None:
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for scene in scenes:
        for fact in scene.facts:
            if fact.slot == "presence" and fact.subject in NAMES:
                told[fact.subject][fact.value] += 1
    shares = {kind: values["present"] / values.total() for kind, values in told.items()}
    assert min(shares.values()) > 0.18
    assert max(shares.values()) < 0.65


def test_a_colored_kind_is_as_often_there_as_not(scenes: Any) -> None:
    told = Counter(
        fact.value for scene in scenes for fact in scene.facts if fact.slot == "presence" and fact.subject not in NAMES
    )
    assert 0.42 < told["present"] / told.total() < 0.58


def test_no_writing_is_common(scenes: Any) -> None:
    told = Counter(fact.value for scene in scenes for fact in scene.facts if fact.slot == "text")
    assert max(told.values()) < 0.04 * told.total()
    assert len(told) > 100
