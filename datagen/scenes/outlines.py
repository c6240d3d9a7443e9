"""Outlines and parts: what every drawing is made of.

A drawing is one unit high and ``width`` units wide, y pointing down. A part is a filled outline, or
with a ``stroke`` an open line of that width; parts are painted in order, those of the ``body`` with
an edge around them all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Outline = npt.NDArray[np.float64]  # (n_points, 2)
Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Part:
    """One filled outline, or one line.

    ``tone`` is ``main`` (the thing's own colour, and its pattern), ``deep`` or ``soft`` (a darker or
    lighter shade of it), ``mark`` (white or ink, whichever stands out from it), or a name in
    ``palette.FIXED`` or ``palette.COLORS``.
    """

    outline: Outline
    tone: str = "main"
    body: bool = True
    stroke: float = 0.0

    @cached_property
    def outward(self) -> Outline:
        """At each point the way out of the outline, or for a line the way to its left."""
        return normals(self.outline, closed=not self.stroke)


@dataclass(frozen=True, eq=False)
class Drawing:
    """Parts in a frame one unit high and ``width`` units wide."""

    parts: tuple[Part, ...]
    width: float = 1.0


def body(outline: Outline, tone: str = "main") -> Part:
    """A part of the silhouette, with an edge around it."""
    return Part(outline, tone)


def detail(outline: Outline, tone: str = "white") -> Part:
    """A part inside the silhouette, without an edge."""
    return Part(outline, tone, body=False)


def limb(points: Sequence[Point], width: float, tone: str = "main") -> Part:
    """A line with round ends that belongs to the silhouette."""
    return Part(softened(points, width), tone, stroke=width)


def line(points: Sequence[Point], width: float, tone: str = "ink") -> Part:
    """A line with round ends inside the silhouette."""
    return Part(softened(points, width), tone, body=False, stroke=width)


def softened(points: Sequence[Point], width: float) -> Outline:
    """An open line with its corners rounded off, as far as a line of that width needs it."""
    knots = np.array(points, dtype=np.float64)
    if len(knots) > 6:  # a curve already
        return knots
    runs = [knots[:1]]
    share = np.linspace(0, 1, 7)[:, None]
    for before, corner, after in zip(knots, knots[1:], knots[2:], strict=False):
        come, go = before - corner, after - corner
        near, far = float(np.hypot(*come)), float(np.hypot(*go))
        reach = min(0.8 * width, near / 2, far / 2)
        start, end = corner + come / near * reach, corner + go / far * reach
        runs.append((1 - share) ** 2 * start + 2 * share * (1 - share) * corner + share**2 * end)
    return np.concatenate((*runs, knots[-1:]))


def polygon(*points: Point) -> Outline:
    """Straight edges between the points."""
    return np.array(points, dtype=np.float64)


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    """An upright rectangle."""
    return polygon((left, top), (right, top), (right, bottom), (left, bottom))


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, *, steps: int = 24) -> Outline:
    """Points along an ellipse from one angle to another, in degrees, clockwise from three o'clock."""
    angles = np.radians(np.linspace(start, end, steps))
    return np.column_stack((x + rx * np.cos(angles), y + ry * np.sin(angles)))


def ellipse(x: float, y: float, rx: float, ry: float | None = None) -> Outline:
    """An ellipse; a circle if only one radius is given."""
    return arc(x, y, rx, rx if ry is None else ry, 0, 352.5, steps=48)


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Outline:
    """An upright rectangle with round corners."""
    corners = (
        (right - radius, top + radius, -90), (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90), (left + radius, top + radius, 180),
    )  # fmt: skip
    return join(*(arc(x, y, radius, radius, start, start + 90, steps=7) for x, y, start in corners))


def regular(corners: int, *, turn: float = -90.0) -> Outline:
    """A regular polygon that fills the unit circle around (0, 0), its first corner at ``turn`` degrees."""
    return arc(0, 0, 1, 1, turn, turn + 360 - 360 / corners, steps=corners)


def star(corners: int, inner: float, *, turn: float = -90.0) -> Outline:
    """A star around (0, 0) with outer radius 1 and the given inner radius."""
    points = regular(2 * corners, turn=turn)
    points[1::2] *= inner
    return points


def smooth(*points: Point, steps: int = 8) -> Outline:
    """A closed curve through the points (Catmull-Rom)."""
    knots = np.array(points, dtype=np.float64)
    before, after, beyond = (np.roll(knots, shift, axis=0) for shift in (1, -1, -2))
    share = np.linspace(0, 1, steps, endpoint=False)[:, None, None]
    curve = 0.5 * (
        2 * knots
        + (after - before) * share
        + (2 * before - 5 * knots + 4 * after - beyond) * share**2
        + (3 * knots - before - 3 * after + beyond) * share**3
    )
    return np.asarray(curve.transpose(1, 0, 2).reshape(-1, 2))


def bend(*points: Point, steps: int = 8) -> list[Point]:
    """An open curve through the points, for lines and limbs."""
    first, last = points[0], points[-1]
    closed = smooth(first, *points, last, steps=steps).reshape(-1, steps, 2)
    curve = closed[1 : len(points)].reshape(-1, 2)
    return [(float(x), float(y)) for x, y in curve] + [last]


def join(*outlines: Outline) -> Outline:
    """One outline that runs through several, in order; points that repeat the one before are left out."""
    points = np.concatenate(outlines)
    fresh = np.hypot(*(points - np.roll(points, 1, axis=0)).T) > 1e-6
    return np.asarray(points[fresh])


def placed(outline: Outline, x: float, y: float, scale: float = 1.0, *, turn: float = 0.0) -> Outline:
    """An outline scaled and turned (degrees, clockwise) around its origin, then moved to (x, y)."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return np.asarray(outline @ np.array(((cos, sin), (-sin, cos))) * scale + np.array((x, y)))


def mirrored(outline: Outline, width: float = 1.0) -> Outline:
    """An outline reflected left to right within a frame of that width."""
    return np.column_stack((width - outline[:, 0], outline[:, 1]))


def normals(outline: Outline, *, closed: bool = True) -> Outline:
    """At each point the way outwards (to the left of the run, if open), longer at corners (a mitre, at most 2)."""
    ahead = np.concatenate((outline[1:], outline[:1])) - outline
    if not closed:
        ahead[-1] = ahead[-2]
    length = np.hypot(ahead[:, 0], ahead[:, 1])
    across = np.column_stack((ahead[:, 1], -ahead[:, 0])) / np.where(length > 1e-9, length, 1)[:, None]
    before = np.concatenate((across[-1:], across[:-1]))
    if not closed:
        before[0] = across[0]
    both = across + before
    squared = (both**2).sum(axis=1, keepdims=True)
    mitred = 2 * both / np.maximum(squared, 1.0)
    return np.asarray(mitred if not closed or _clockwise(outline) else -mitred)


def _clockwise(outline: Outline) -> bool:
    x, y = outline[:, 0], outline[:, 1]
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) > 0
