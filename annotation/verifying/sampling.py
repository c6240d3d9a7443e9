"""Samples: a random share of a category is judged, and says how many of the others are wrong at most."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

from annotation.assigning import Assignment
from annotation.verifying.settle import Settled

LEVEL = 0.95


@dataclass(frozen=True)
class Sampled:
    """What the sample of a category says of the pairs that nobody looked at."""

    category: str
    judged: int
    wrong: int
    open: int
    """Of the sample: not settled yet."""
    error: float
    """Share of the judged that are wrong: the residual error of those that were not."""
    bound: float
    """The most that it is, at 95 %."""


def sampled(settled: Settled, assignments: Sequence[Assignment]) -> dict[str, Sampled]:
    """By category: its sample, as far as it is judged. Categories without a judged pair are left out."""
    drawn: Mapping[str, set[str]] = defaultdict(set)
    for one in assignments:
        if one.sample is not None:
            drawn[one.sample].add(one.pair_id)
    right, wrong = set(settled.verified), set(settled.rejected)
    found = {}
    for category, ids in sorted(drawn.items()):
        judged, faulty = len(ids & (right | wrong)), len(ids & wrong)
        if judged:
            bound = upper_bound(faulty, judged)
            found[category] = Sampled(category, judged, faulty, len(ids) - judged, faulty / judged, bound)
    return found


def upper_bound(wrong: int, judged: int) -> float:
    """The share that, were it the true one, would give so few wrong in 5 % of samples; in [0, 1], 1 for no sample.

    One-sided and exact (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934).
    """
    if judged == 0 or wrong >= judged:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, judged, middle) > 1 - LEVEL else (low, middle)
    return high


def _at_most(wrong: int, judged: int, share: float) -> float:
    """The chance of no more than so many wrong ones."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    ways = (lgamma(judged + 1) - lgamma(k + 1) - lgamma(judged - k + 1) for k in range(wrong + 1))
    return sum(exp(way + k * log(share) + (judged - k) * log1p(-share)) for k, way in enumerate(ways))
