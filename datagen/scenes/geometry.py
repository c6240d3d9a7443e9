"""Where boxes are in the picture and to each other, told only where nobody would dispute it."""

from typing import Literal

from datagen.scenes.world import Box

Quadrant = Literal["upper left", "upper right", "lower left", "lower right"]
Side = Literal["left of", "right of", "above", "below"]

CLEAR = 0.015  # how far from the picture's middle lines a box must stay
APART = 0.03  # how far two boxes must be apart
ABREAST = 0.75  # how much of the smaller box must lie beside the larger


def quadrant(box: Box) -> Quadrant | None:
    """The quarter of the picture that a box lies wholly inside."""
    across = "left" if box.right <= 0.5 - CLEAR else "right" if box.left >= 0.5 + CLEAR else None
    down = "upper" if box.bottom <= 0.5 - CLEAR else "lower" if box.top >= 0.5 + CLEAR else None
    names: dict[tuple[str | None, str | None], Quadrant] = {
        ("upper", "left"): "upper left", ("upper", "right"): "upper right",
        ("lower", "left"): "lower left", ("lower", "right"): "lower right",
    }  # fmt: skip
    return names.get((down, across))


def side(box: Box, other: Box) -> Side | None:
    """On which side of another box this one is: apart on one axis, side by side on the other."""
    if _abreast(box.top, box.bottom, other.top, other.bottom):
        if box.right + APART <= other.left:
            return "left of"
        if other.right + APART <= box.left:
            return "right of"
    if _abreast(box.left, box.right, other.left, other.right):
        if box.bottom + APART <= other.top:
            return "above"
        if other.bottom + APART <= box.top:
            return "below"
    return None


def _abreast(low: float, high: float, other_low: float, other_high: float) -> bool:
    shared = min(high, other_high) - max(low, other_low)
    return shared >= ABREAST * min(high - low, other_high - other_low)
