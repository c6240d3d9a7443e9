"""How alike two pairs are."""

import numpy as np
from numpy.typing import NDArray

from datagen.dedup import edges_above
from datagen.dedup.vectors import similarities
from datagen.embedding.pair_vectors import PairVectors

SLACK = 0.06
"""A pair's weaker claim may be this much below what the pair counts for: the same fact with another premise is
another pair, however alike the rest is."""
SMALL = 256
_ROUNDING = 1e-5  # more than float32 can put a cosine too low


def likeness(vectors: PairVectors, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
    """(n,) float64 in [-1, 1]: the mean of facts' and premises' cosines, but at most the lower one and :data:`SLACK`.

    Args:
        vectors: The pairs.
        a: (n,) rows.
        b: (n,) rows that these are compared with, one each.
    """
    facts, premises = (similarities(vectors.claims, side[a], side[b]) for side in (vectors.fact, vectors.premise))
    return limited(facts, premises)


def limited(facts: NDArray[np.float64], premises: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of facts' and premises' cosines the mean, but at most the lower one and :data:`SLACK`; it grows with both."""
    found: NDArray[np.float64] = np.minimum((facts + premises) / 2, np.minimum(facts, premises) + SLACK)
    return np.minimum(found, 1.0)  # what is the same may come out a hair above


def alike(
    vectors: PairVectors, rows: NDArray[np.int64], floor: float, *, small: int = SMALL
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Candidates among rows: all of whose likeness is above the floor, and some more.

    A likeness is never above the mean of both cosines, so what the graph of these means does not join is not alike.

    Args:
        vectors: The pairs.
        rows: (n_rows,) of them, ascending.
        floor: Likeness.
        small: Of no more rows than these every two are candidates.

    Returns:
        Two (n,) int64 of rows, lower ones first.
    """
    if len(rows) <= small:
        first, second = np.triu_indices(len(rows), 1)
        return rows[first], rows[second]
    found = edges_above(vectors.joined(rows), floor - _ROUNDING)
    return rows[found.a], rows[found.b]
