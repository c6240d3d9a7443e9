"""Combinations held out: what training scenes never show and test scenes do, to see what generalises.

A combination is a kind with a colour, a pattern or a number: a red car, a striped sock, five stars.
Which ones are held out is decided once for all by a hash, whatever the scenes' seed: every colour and
every kind occurs in training, only not everything together.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from datagen.scenes.world import Thing
from schemas.identity import seeded

Holdout = Literal["none", "train", "test"]
ONE_IN = 10  # combinations


class Combination(NamedTuple):
    """A kind with one of its properties."""

    property: str  # "red", "striped", "5"
    kind: str


@cache
def held_out(combination: Combination) -> bool:
    """Whether training scenes must not show it."""
    return seeded(0, "holdout", *combination) % ONE_IN == 0


def combinations(things: Iterable[Thing]) -> frozenset[Combination]:
    """All combinations that some things show; numbers are those of a kind, and of a colour of it, from two on."""
    there = list(things)
    numbers = Counter[tuple[str, str | None]]()
    for thing in there:
        numbers[thing.kind, None] += 1
        numbers[thing.kind, thing.color] += thing.color is not None
    looks = [
        Combination(look, thing.kind)
        for thing in there
        for look in (thing.color, thing.texture)
        if look not in (None, "plain")
    ]
    return frozenset(looks) | {Combination(str(number), kind) for (kind, _), number in numbers.items() if number > 1}


def fits(things: Iterable[Thing], holdout: Holdout) -> bool:
    """Whether a scene of those things may be one of its half: ``test`` scenes show what is held out."""
    return holdout == "none" or any(map(held_out, combinations(things))) == (holdout == "test")
