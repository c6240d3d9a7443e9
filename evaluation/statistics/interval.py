"""What an interval is, and how it was come by."""

from dataclasses import dataclass
from typing import Literal

LEVEL = 0.95

How = Literal["bootstrap", "wilson", "wilson-images", "wilson-approximate"]
"""How an interval was come by.

``bootstrap``: images drawn anew say how many independent pairs these are worth, Wilson's form gives the bounds.
``wilson``: every pair counts, each of an image of its own. ``wilson-images``: too few images to draw from, or
all alike; the interval of as many trials as there are images. ``wilson-approximate``: every pair counts though
images repeat, so it is somewhat too narrow.
"""


@dataclass(frozen=True)
class Interval:
    """A 95 % interval, as fractions of 1, and how it was come by."""

    low: float
    high: float
    how: How = "bootstrap"


@dataclass(frozen=True)
class Intervals:
    """Intervals of both rates; None where there is nothing to tell."""

    ra: Interval | None
    mr: Interval | None
