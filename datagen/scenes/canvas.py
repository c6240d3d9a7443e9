"""Painting drawings onto an image larger than asked for, which is then reduced: smooth edges."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from datagen.scenes.outlines import Drawing, Outline, Part
from datagen.scenes.palette import COLORS, FIXED, INK, PAPER, RGB, lettering, mix
from datagen.scenes.patterns import pattern
from datagen.scenes.world import Box, Texture

EDGE = 0.0052  # width of the edge around a silhouette, as a fraction of the picture
SHADOW = np.array((0.007, 0.011))


@dataclass(frozen=True)
class Canvas:
    """An image in the making; ``side`` is its length in (supersampled) pixels."""

    image: Image.Image
    draw: ImageDraw.ImageDraw
    side: int
    shadow: RGB


@dataclass(frozen=True)
class Paint:
    """A thing's own colour and pattern."""

    color: RGB
    texture: Texture = "plain"


@cache
def tone(color: RGB, name: str) -> RGB:
    """The colour of a part of that tone in a thing of that colour."""
    if name == "main":
        return color
    if name == "deep":
        return mix(color, INK, 0.32) if sum(color) > 180 else mix(color, PAPER, 0.3)
    if name == "soft":
        return mix(color, PAPER, 0.55)
    if name == "mark":
        return lettering(color)
    return FIXED[name] if name in FIXED else COLORS[name]


@cache
def edge_tone(color: RGB, name: str) -> RGB:
    """The colour of the edge around such a part."""
    return mix(tone(color, name), INK, 0.62)


def paint_of(color: str, texture: Texture = "plain") -> Paint:
    """The paint for a colour's name."""
    return Paint(COLORS[color], texture)


def paint(canvas: Canvas, drawing: Drawing, box: Box, paint: Paint, *, tilt: float = 0.0) -> None:
    """Paint a drawing into a box: its shadow, the edge of its silhouette, then its parts in order."""
    frame = _frame(drawing, box, tilt, canvas.side)
    edge = max(EDGE * canvas.side, 1.0)
    silhouette = [(part, frame.outline(part, edge)) for part in drawing.parts if part.body]
    for part, outline in silhouette:
        _fill(canvas, part, outline + SHADOW * canvas.side, canvas.shadow)
    for part, outline in silhouette:
        _fill(canvas, part, outline, edge_tone(paint.color, part.tone))
    for part in drawing.parts:
        if part.tone == "main" and paint.texture != "plain":
            _fill_pattern(canvas, frame.outline(part), paint)
        else:
            _fill(canvas, part, frame.outline(part), tone(paint.color, part.tone))


def scale_in(box: Box, width: float, tilt: float = 0.0) -> float:
    """How large one unit of a drawing of that width comes out in a box, as a fraction of the picture."""
    cos, sin = math.cos(math.radians(tilt)), abs(math.sin(math.radians(tilt)))
    return min((box.width - 2 * EDGE) / (width * cos + sin), (box.height - 2 * EDGE) / (width * sin + cos))


@dataclass(frozen=True)
class _Frame:
    """Scale, rotation and origin that put a drawing, however tilted, inside its box."""

    scale: float
    turn: Outline  # (2, 2)
    origin: Outline  # (2,)

    def outline(self, part: Part, grown: float = 0.0) -> Outline:
        """A part's outline in pixels, pushed outwards by so many; a line as the band it covers."""
        points = (part.outline @ self.turn) * self.scale + self.origin
        if not part.stroke and not grown:
            return points
        outward = part.outward @ self.turn
        if not part.stroke:
            return np.asarray(points + grown * outward)
        half = part.stroke * self.scale / 2 + grown
        return np.concatenate((points + half * outward, (points - half * outward)[::-1]))


def _frame(drawing: Drawing, box: Box, tilt: float, side: int) -> _Frame:
    cos, sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    scale = side * scale_in(box, drawing.width, tilt)
    turn = np.array(((cos, sin), (-sin, cos)))
    middle = np.array(((box.left + box.right) / 2, (box.top + box.bottom) / 2)) * side
    return _Frame(scale, turn, middle - (np.array((drawing.width / 2, 0.5)) @ turn) * scale)


def _fill(canvas: Canvas, part: Part, outline: Outline, color: RGB) -> None:
    """Fill an outline; a line gets round ends."""
    canvas.draw.polygon(outline.ravel().tolist(), fill=color)
    if not part.stroke:
        return
    left, right = outline[: len(outline) // 2], outline[: len(outline) // 2 - 1 : -1]
    radius = math.dist(left[0], right[0]) / 2
    for x, y in ((left + right) / 2)[[0, -1]].tolist():
        canvas.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


def _fill_pattern(canvas: Canvas, outline: Outline, paint: Paint) -> None:
    """Fill an outline with the pattern of its paint; the pattern is laid out from the canvas's corner."""
    low = np.floor(outline.min(axis=0)).astype(int)
    high = np.ceil(outline.max(axis=0)).astype(int) + 1
    mask = Image.new("L", (int(high[0] - low[0]), int(high[1] - low[1])))
    ImageDraw.Draw(mask).polygon((outline - low).ravel().tolist(), fill=255)
    tile = pattern(paint.texture, paint.color, canvas.side)
    left, top = int(low[0]), int(low[1])
    canvas.image.paste(tile.crop((left, top, left + mask.width, top + mask.height)), (left, top), mask)
