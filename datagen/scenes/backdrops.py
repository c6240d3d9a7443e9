"""What is behind the things: two light tints that run into each other, and a soft form in a third."""

import math
from functools import lru_cache

from PIL import Image, ImageDraw

from datagen.scenes.palette import BACKDROPS, INK, RGB, mix
from datagen.scenes.world import Backdrop


def backdrop(seen: Backdrop, side: int) -> Image.Image:
    """The backdrop alone, ``side`` pixels square."""
    image = _tints(seen.tint, side).copy()
    _GROUNDS[seen.ground](ImageDraw.Draw(image), BACKDROPS[seen.tint][2], seen.phase, side)
    return image


@lru_cache(maxsize=16)
def _tints(tint: int, side: int) -> Image.Image:
    top, bottom, _ = BACKDROPS[tint]
    column = Image.new("RGB", (1, side))
    column.putdata([mix(top, bottom, row / (side - 1)) for row in range(side)])
    return column.resize((side, side), Image.Resampling.NEAREST)


def shadow(seen: Backdrop) -> RGB:
    """The colour of things' shadows on it."""
    return mix(BACKDROPS[seen.tint][2], INK, 0.16)


def _plain(_draw: ImageDraw.ImageDraw, _tint: RGB, _phase: float, _side: int) -> None:
    """Nothing but the two tints."""


def _hills(draw: ImageDraw.ImageDraw, tint: RGB, phase: float, side: int) -> None:
    """A gentle wave along the lower edge."""
    level, swing = 0.62 + 0.24 * phase, 0.035
    wave = [
        (x / 48 * side, (level + swing * math.sin(2 * math.pi * (x / 48 * (0.7 + phase) + 5 * phase))) * side)
        for x in range(49)
    ]
    draw.polygon([*wave, (side, side), (0, side)], fill=tint)


def _glow(draw: ImageDraw.ImageDraw, tint: RGB, phase: float, side: int) -> None:
    """The rim of something far larger than the picture, in one corner."""
    x, y, radius = (-0.25 if phase < 0.5 else 1.25) * side, -0.35 * side, (0.8 + 0.5 * (phase * 2 % 1)) * side
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tint)


def _slope(draw: ImageDraw.ImageDraw, tint: RGB, phase: float, side: int) -> None:
    """A slanting lower edge."""
    left, right = 0.5 + 0.45 * phase, 0.95 - 0.45 * phase
    draw.polygon([(0, left * side), (side, right * side), (side, side), (0, side)], fill=tint)


_GROUNDS = {"plain": _plain, "hills": _hills, "glow": _glow, "slope": _slope}
