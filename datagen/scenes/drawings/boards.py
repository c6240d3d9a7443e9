"""Signs: a board of some form on a post, and where on the board there is room to write."""

from dataclasses import dataclass

from datagen.scenes.outlines import (
    Drawing,
    Outline,
    body,
    box,
    ellipse,
    placed,
    polygon,
    regular,
    rounded,
)
from datagen.scenes.world import Box


@dataclass(frozen=True)
class Board:
    """A sign's drawing, and the room for its writing in the drawing's own units."""

    drawing: Drawing
    room: Box


def board(face: Outline, width: float, room: Box) -> Board:
    """A sign with that face; the post stands in the middle behind it."""
    post = body(box(width / 2 - 0.035, 0.5, width / 2 + 0.035, 0.99), "metal")
    foot = body(rounded(width / 2 - 0.14, 0.93, width / 2 + 0.14, 0.99, 0.03), "metal")
    return Board(Drawing((post, foot, body(face)), width), room)


BOARDS: dict[str, Board] = {
    "rectangle": board(box(0.02, 0.04, 1.28, 0.68), 1.3, Box(0.1, 0.12, 1.2, 0.6)),
    "square": board(box(0.05, 0.02, 0.81, 0.78), 0.86, Box(0.11, 0.16, 0.75, 0.64)),
    "circle": board(ellipse(0.43, 0.41, 0.41), 0.86, Box(0.12, 0.23, 0.74, 0.59)),
    "oval": board(ellipse(0.66, 0.38, 0.64, 0.36), 1.32, Box(0.18, 0.19, 1.14, 0.57)),
    "diamond": board(polygon((0.5, 0.01), (0.98, 0.45), (0.5, 0.89), (0.02, 0.45)), 1.0, Box(0.21, 0.3, 0.79, 0.6)),
    "hexagon": board(placed(regular(6, turn=0), 0.5, 0.44, 0.48), 1.0, Box(0.16, 0.24, 0.84, 0.64)),
    "triangle": board(polygon((0.53, 0.01), (1.04, 0.84), (0.02, 0.84)), 1.06, Box(0.26, 0.47, 0.8, 0.79)),
}
