"""Intervals for RA and MR: a seeded percentile bootstrap over images.

Pairs of one image are not independent, so whole images are drawn, with all their pairs
(Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import Outcome
from schemas.identity import seeded

RESAMPLES = 2_000
LEVEL = 0.95
_LEAST_DEFINED = 0.5


@dataclass(frozen=True)
class Interval:
    """A 95 % interval, as fractions of 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Intervals:
    """Intervals of both rates; None where there is nothing to tell."""

    ra: Interval | None
    mr: Interval | None


def bootstrap(
    images: Sequence[str], outcomes: Sequence[Outcome], *, seed: int = 0, resamples: int = RESAMPLES
) -> Intervals:
    """Intervals of RA and MR.

    Images whose pairs had the same outcomes are alike, so a resample draws how often each kind of image
    comes up (multinomial), which has the same distribution as drawing images one by one and takes time
    by kinds, not by images.

    A resample in which no positive is right has no MR and is left out of MR's interval; where more than
    half of the resamples are such, or the data themselves have no MR, there is no interval. Where all
    images had one and the same outcome the interval is a point: it says nothing of unseen images.

    Args:
        images: The image of each pair.
        outcomes: The outcome of each pair, in the same order; without pairs there are no intervals.
        seed: The same seed and data give the same intervals, in whatever order the pairs stand.
        resamples: How many times images are drawn anew.
    """
    if not outcomes:
        return Intervals(None, None)
    counts, images_of_kind = _kinds(images, outcomes)
    drawn = np.random.default_rng(seeded(seed, "bootstrap")).multinomial(
        images_of_kind.sum(), images_of_kind / images_of_kind.sum(), size=resamples
    )
    totals = drawn @ counts  # (resamples, 4)
    both = totals[:, Outcome.RIGHT_RIGHT]
    positive = both + totals[:, Outcome.RIGHT_WRONG]
    defined = positive > 0
    right = counts[:, [Outcome.RIGHT_RIGHT, Outcome.RIGHT_WRONG]].sum()
    mr = None
    if right and defined.mean() >= _LEAST_DEFINED:
        mr = _percentiles(totals[defined, Outcome.RIGHT_WRONG] / positive[defined])
    return Intervals(_percentiles(both / totals.sum(axis=1)), mr)


def _kinds(images: Sequence[str], outcomes: Sequence[Outcome]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Kinds of image: counts of outcomes ``(kinds, 4)``, and how many images are of each ``(kinds,)``."""
    of_image: dict[str, list[int]] = {}
    for image, one in zip(images, outcomes, strict=True):
        of_image.setdefault(image, [0, 0, 0, 0])[one] += 1
    kinds = Counter(tuple(counts) for counts in of_image.values())
    ordered = sorted(kinds)
    return np.array(ordered, dtype=np.int64), np.array([kinds[kind] for kind in ordered], dtype=np.int64)


def _percentiles(values: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))
