"""Votes counted: agreement is a matter of how many said what of each pair, not of who did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.agreement.independent import independent
from annotation.votes import Vote

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tally:
    """Kinds of pairs, and how many pairs are of each.

    Attributes:
        kinds: ``(kinds, 2)`` int64: how many said valid, how many said invalid; each row once, in ascending order,
            none all zero. Without votes there are no rows.
        times: ``(kinds,)`` int64: pairs of this kind.
        judgements: Votes, those of people who were not sure among them.
        unsure: How many were not sure.
    """

    kinds: Counts
    times: Counts
    judgements: int
    unsure: int


def tally(votes: Iterable[Vote]) -> Tally:
    """Count independent votes (see :func:`annotation.agreement.independent.independent`)."""
    counted = independent(votes)
    of_pair: dict[str, list[int]] = {}
    for one in counted:
        if one.label is not None:
            of_pair.setdefault(one.pair_id, [0, 0])[one.label == "invalid"] += 1
    kinds = Counter((valid, invalid) for valid, invalid in of_pair.values())
    ordered = sorted(kinds)
    return Tally(
        np.array(ordered, np.int64).reshape(-1, 2),
        np.array([kinds[kind] for kind in ordered], np.int64),
        len(counted),
        sum(one.label is None for one in counted),
    )


def judged_twice(kinds: Counts) -> NDArray[np.bool_]:
    """Which kinds ``(kinds,)`` have two votes or more, so that there is something to agree on."""
    twice: NDArray[np.bool_] = kinds.sum(axis=1) >= 2
    return twice


def ratio(over: Floats, under: Floats) -> Floats:
    """``over / under`` by element, NaN where ``under`` is 0."""
    quotient: Floats = np.divide(over, under, out=np.full(over.shape, np.nan), where=under != 0)
    return quotient
