"""A small thing on, under, inside or next to a large one, together in one block."""

from random import Random
from typing import NamedTuple

from datagen.scenes.cast.casting import Casting, Plan
from datagen.scenes.layout import Cell
from datagen.scenes.vocabulary import COLORLESS, KINDS
from datagen.scenes.world import Box, Thing

# Which large things allow which relation; every relation is drawn equally often.
_ANCHORS: dict[str, tuple[str, ...]] = {
    "on": ("table", "jar"),
    "under": ("table",),
    "inside": ("jar",),
    "next to": ("table", "jar"),
}
_SMALL = ("cup", "apple", "book", "hat", "gift", "bell", "clock", "snail", "ball", "mushroom", "crown", "lamp")


class Both(NamedTuple):
    """The boxes, as fractions of a square block."""

    anchor: Box
    thing: Box


_PLACES: dict[tuple[str, str], Both] = {
    ("on", "table"): Both(Box(0.06, 0.46, 0.94, 1.0), Box(0.28, 0.0, 0.72, 0.47)),
    ("on", "jar"): Both(Box(0.26, 0.4, 0.74, 1.0), Box(0.28, 0.0, 0.72, 0.41)),
    ("under", "table"): Both(Box(0.0, 0.16, 1.0, 0.88), Box(0.28, 0.46, 0.72, 0.86)),
    ("inside", "jar"): Both(Box(0.09, 0.0, 0.91, 1.0), Box(0.27, 0.42, 0.73, 0.9)),
    ("next to", "table"): Both(Box(0.0, 0.42, 0.54, 0.98), Box(0.62, 0.56, 1.0, 0.94)),
    ("next to", "jar"): Both(Box(0.02, 0.2, 0.54, 0.84), Box(0.61, 0.44, 1.0, 0.84)),
}


def relation(casting: Casting, _room: int) -> list[Plan]:
    """Two things that stand to each other in one of four ways."""
    rng = casting.rng
    how = rng.choice(tuple(_ANCHORS))
    anchor = casting.kind(_ANCHORS[how])
    if anchor is None:
        return []
    small = casting.kind(_SMALL)
    if small is None:
        casting.members.pop()
        return []
    color = None if anchor in COLORLESS else casting.color(anchor)
    return [_both(how, anchor, small, (color, casting.color(small)))]


def _both(how: str, anchor: str, small: str, colors: tuple[str | None, str]) -> Plan:
    def settle(rng: Random, cell: Cell) -> list[Thing]:
        places = _PLACES[how, anchor]
        flipped = how == "next to" and rng.random() < 0.5
        boxes = [_within(box, cell.box, flipped=flipped) for box in places]
        large = _shrunk(boxes[0], KINDS[anchor].drawing.width)
        little = _shrunk(boxes[1], KINDS[small].drawing.width, down=how in ("on", "next to", "inside"))
        return [
            Thing(anchor, colors[0], large),
            Thing(small, colors[1], little, relation=how, other=anchor),
        ]

    return Plan(settle, span=2)


def _within(part: Box, block: Box, *, flipped: bool) -> Box:
    left, right = (1 - part.right, 1 - part.left) if flipped else (part.left, part.right)
    side = block.width
    return Box(
        block.left + left * side, block.top + part.top * side, block.left + right * side, block.top + part.bottom * side
    )


def _shrunk(box: Box, width: float, *, down: bool = True) -> Box:
    """The largest box of a width (to a height of one) inside another, at its bottom or in its middle."""
    high = min(box.height, box.width / width)
    middle = (box.left + box.right) / 2
    top = box.bottom - high if down else (box.top + box.bottom - high) / 2
    return Box(middle - high * width / 2, top, middle + high * width / 2, top + high).rounded()
