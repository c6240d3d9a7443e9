"""Painting drawings onto an image larger than asked for, which is then reduced: smooth edges."""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from datagen.scenes.outlines import Drawing, Outline, Part, band, grown
from datagen.scenes.palette import COLORS, FIXED, INK, PAPER, RGB, mix
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

    def tone(self, name: str) -> RGB:
        """The colour of a part's tone."""
        if name == "main":
            return self.color
        if name == "deep":
            return mix(self.color, INK, 0.32) if sum(self.color) > 180 else mix(self.color, PAPER, 0.3)
        if name == "soft":
            return mix(self.color, PAPER, 0.55)
        return FIXED[name]

    def edge(self, name: str) -> RGB:
        """The colour of the edge around a part of that tone."""
        return mix(self.tone(name), INK, 0.62)


def paint_of(color: str, texture: Texture = "plain") -> Paint:
    """The paint for a colour's name."""
    return Paint(COLORS[color], texture)


def paint(canvas: Canvas, drawing: Drawing, box: Box, paint: Paint, *, tilt: float = 0.0) -> None:
    """Paint a drawing into a box: its shadow, the edge of its silhouette, then its parts in order."""
    scale, turn, origin = _frame(drawing, box, tilt, canvas.side)
    outlines = [(part, (part.outline @ turn) * scale + origin) for part in drawing.parts]
    edge = max(EDGE * canvas.side, 1.0)
    for part, outline in outlines:
        if part.body:
            _fill(canvas, part, outline + SHADOW * canvas.side, canvas.shadow, scale, edge)
    for part, outline in outlines:
        if part.body:
            _fill(canvas, part, outline, paint.edge(part.tone), scale, edge)
    for part, outline in outlines:
        if part.tone == "main" and paint.texture != "plain":
            _fill_pattern(canvas, part, outline, paint, scale)
        else:
            _fill(canvas, part, outline, paint.tone(part.tone), scale)


def scale_in(box: Box, width: float, tilt: float = 0.0) -> float:
    """How large one unit of a drawing of that width comes out in a box, as a fraction of the picture."""
    cos, sin = math.cos(math.radians(tilt)), abs(math.sin(math.radians(tilt)))
    return min((box.width - 2 * EDGE) / (width * cos + sin), (box.height - 2 * EDGE) / (width * sin + cos))


def _frame(drawing: Drawing, box: Box, tilt: float, side: int) -> tuple[float, Outline, Outline]:
    """Scale, rotation and origin that put a drawing, however tilted, inside its box."""
    cos, sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    scale = side * scale_in(box, drawing.width, tilt)
    turn = np.array(((cos, sin), (-sin, cos)))
    middle = np.array(((box.left + box.right) / 2, (box.top + box.bottom) / 2)) * side
    return scale, turn, middle - (np.array((drawing.width / 2, 0.5)) @ turn) * scale


def _fill(canvas: Canvas, part: Part, outline: Outline, color: RGB, scale: float, edge: float = 0.0) -> None:
    if part.stroke:
        _stroke(canvas.draw, outline, part.stroke * scale + 2 * edge, color)
    elif not edge:
        canvas.draw.polygon(outline.ravel().tolist(), fill=color)
    else:
        canvas.draw.polygon(grown(outline, edge).ravel().tolist(), fill=color)


def _stroke(draw: ImageDraw.ImageDraw, points: Outline, width: float, color: RGB) -> None:
    """A line with round ends; round corners too where it has few."""
    if len(points) > 2:
        draw.polygon(band(points, width).ravel().tolist(), fill=color)
    else:
        draw.line(points.ravel().tolist(), fill=color, width=max(1, round(width)))
    radius = width / 2
    if radius < 1:
        return
    for x, y in points[[0, -1]].tolist() if len(points) > 6 else points.tolist():
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


def _fill_pattern(canvas: Canvas, part: Part, outline: Outline, paint: Paint, scale: float) -> None:
    """Fill an outline with the pattern of its paint; the pattern is laid out from the canvas's corner."""
    if part.stroke:
        outline = band(outline, part.stroke * scale)
    low = np.floor(outline.min(axis=0)).astype(int)
    high = np.ceil(outline.max(axis=0)).astype(int) + 1
    mask = Image.new("L", (int(high[0] - low[0]), int(high[1] - low[1])))
    ImageDraw.Draw(mask).polygon((outline - low).ravel().tolist(), fill=255)
    tile = pattern(paint.texture, paint.color, canvas.side)
    left, top = int(low[0]), int(low[1])
    canvas.image.paste(tile.crop((left, top, left + mask.width, top + mask.height)), (left, top), mask)
