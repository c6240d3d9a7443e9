"""Groups to be counted and single things to be looked at."""

from random import Random

from datagen.scenes.cast.casting import Casting, Plan
from datagen.scenes.layout import Cell, fit
from datagen.scenes.vocabulary import KINDS, OBJECT_NAMES
from datagen.scenes.world import Texture, Thing

_TILT = 5.0  # degrees either way
_SHAPE_SHARE = 0.4
_PLAIN_SHARE = 0.25
# How often each shape is offered. Many things could be taken for a circle, so that it is often refused; some
# shapes are boards too: measured, so that each outline is told about equally often.
_SHAPES = {
    "arrow": 3, "heart": 3, "star": 3, "cross": 3, "ring": 4, "hexagon": 3, "triangle": 2, "rectangle": 4,
    "diamond": 4, "square": 4, "oval": 4, "circle": 5,
}  # fmt: skip
_SHAPE_POOL = tuple(name for name, times in _SHAPES.items() for _ in range(times))
_PATTERNS: tuple[Texture, ...] = ("striped", "dotted", "checkered")


def plan(kind: str, color: str, *, texture: Texture = "plain", span: int = 1, fill: float | None = None) -> Plan:
    """A thing of the vocabulary that will settle anywhere in its block, a little tilted."""

    def settle(rng: Random, cell: Cell) -> list[Thing]:
        share = fill or rng.uniform(0.9, 1.0) if span == 1 else rng.uniform(0.78, 0.95)
        box = fit(rng, cell, KINDS[kind].drawing.width, share)
        return [Thing(kind, color, box, texture, round(rng.uniform(-_TILT, _TILT), 1))]

    return Plan(settle, span)


def some_kind(casting: Casting, *, counted: bool = False) -> str:
    """A plain shape or an object that goes with who is there."""
    pool = _SHAPE_POOL if casting.rng.random() < _SHAPE_SHARE else OBJECT_NAMES
    return casting.kind(pool, counted=counted) or casting.kind(OBJECT_NAMES, counted=counted) or "star"


def groups(casting: Casting) -> list[Plan]:
    """One kind two to seven times, or nine things of two kinds or two colours: each number equally often."""
    rng = casting.rng
    recipe = rng.choice(("one", "one", "two kinds", "two colors"))
    number = rng.choice((2, 3, 4, 5, 6, 7))
    fill = rng.uniform(0.9, 1.0)
    kinds = [some_kind(casting, counted=True)]
    if recipe != "one":
        kinds.append(some_kind(casting, counted=True) if recipe == "two kinds" else kinds[0])
    members: list[Plan] = []
    for kind, count in zip(kinds, (number, 9 - number), strict=False):
        color = casting.color(kind)
        members += [plan(kind, color, fill=fill) for _ in range(count)]
    return members


def singles(casting: Casting, number: int, room: int) -> list[Plan]:
    """Single things of different kinds, some of them large; sometimes one kind both large and small.

    Args:
        casting: Who is there.
        number: How many.
        room: Cells they may take together.
    """
    rng = casting.rng
    spare = room - number
    plans: list[Plan] = []
    while len(plans) < number:
        kind = some_kind(casting)
        large = spare >= 3 and rng.random() < 0.6
        spare -= 3 * large
        if large and number - len(plans) >= 2 and rng.random() < 0.4:
            plans += [plan(kind, casting.color(kind), span=2), plan(kind, casting.color(kind))]
            continue
        patterned = KINDS[kind].patterned and rng.random() > _PLAIN_SHARE
        patterns = [pattern for pattern in _PATTERNS if casting.allows(pattern, kind)]
        texture = rng.choice(patterns) if patterned and patterns else "plain"
        plans.append(plan(kind, casting.color(kind), texture=texture, span=2 if large else 1))
    return plans
