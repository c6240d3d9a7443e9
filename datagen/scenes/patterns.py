"""Stripes, dots and checks: a colour on white, or a light colour on ink."""

from functools import lru_cache

from PIL import Image, ImageDraw

from datagen.scenes.palette import INK, PAPER, RGB, contrast
from datagen.scenes.world import Texture

# Periods as fractions of the picture: three pixels or more of each colour at 96 px.
_STRIPE = 0.066
_DOT = 0.066
_CHECK = 0.076


@lru_cache(maxsize=64)
def pattern(texture: Texture, color: RGB, side: int) -> Image.Image:
    """A square of pattern as large as the canvas, to be seen through a thing's outline."""
    ground = PAPER if contrast(color, PAPER) > 1.9 else INK
    tile = Image.new("RGB", (side, side), color if texture == "dotted" else ground)
    _PAINTERS[texture](ImageDraw.Draw(tile), color, ground, side)
    return tile


def _stripes(draw: ImageDraw.ImageDraw, color: RGB, _ground: RGB, side: int) -> None:
    step = _STRIPE * side
    for number in range(int(1 / _STRIPE) + 1):
        draw.rectangle((number * step, 0, (number + 0.5) * step - 1, side), fill=color)


def _dots(draw: ImageDraw.ImageDraw, _color: RGB, ground: RGB, side: int) -> None:
    step, radius = _DOT * side, _DOT * side * 0.28
    for row in range(int(2 / _DOT) + 1):
        for column in range(int(1 / _DOT) + 2):
            x, y = (column + (row % 2) / 2) * step, row * step / 2
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ground)


def _checks(draw: ImageDraw.ImageDraw, color: RGB, _ground: RGB, side: int) -> None:
    step = _CHECK * side / 2
    for row in range(int(2 / _CHECK) + 1):
        for column in range(row % 2, int(2 / _CHECK) + 1, 2):
            draw.rectangle((column * step, row * step, (column + 1) * step - 1, (row + 1) * step - 1), fill=color)


def _nothing(_draw: ImageDraw.ImageDraw, _color: RGB, _ground: RGB, _side: int) -> None:
    """A plain fill needs no pattern."""


_PAINTERS = {"plain": _nothing, "striped": _stripes, "dotted": _dots, "checkered": _checks}
