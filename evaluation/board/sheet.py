"""A sheet: one table of the board, as every output shows it."""

from dataclasses import dataclass
from typing import Literal

DASH = "-"
"""Stands where nothing was measured, or a rate is undefined."""

IMPOSSIBLE = "†"
NEAR = "≈"
Heat = Literal["", "ra", "mr"]


@dataclass(frozen=True)
class Cell:
    """One cell.

    Args:
        text: What it says; untrusted, so each output escapes it.
        aside: Said after it in a smaller voice: an interval.
        mark: One of the signs above.
        share: In [0, 1] where it is to be shaded.
        best: Whether it is the best of its column.
        span: Low, share and high, where it is to be drawn.
    """

    text: str
    aside: str = ""
    mark: str = ""
    share: float | None = None
    best: bool = False
    span: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Column:
    """A heading; a smaller line below it; the heading above it and its neighbours. Numbers stand to the right."""

    name: str
    below: str = ""
    above: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class Sheet:
    """A table with a sentence about it. The first column names the rows. ``own`` says which are not published ones."""

    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    own: tuple[bool, ...]
    heat: Heat = ""
