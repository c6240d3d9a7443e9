"""Choosing so that every pair of a pool has a good stand-in among the chosen: facility location with quality.

The objective of a set S of chosen, out of a pool V of which B are wanted, is ::

    F(S) = (1 - w) / |V| * sum over v in V of max over s in S of max(0, cosine(v, s))   coverage, in [0, 1]
         +       w / B   * sum over s in S of quality(s)                                mean quality, in [0, 1]

Coverage is facility location, which is monotone and submodular; a sum of values that are not negative is both too,
and so is their weighted sum. For such a function the greedy choice reaches at least 1 - 1/e of the best possible
(Nemhauser, Wolsey and Fisher 1978). Lazily, a gain is computed again only where the one computed before, which
bounds it from above, would win (Minoux 1978).

Vectors are rounded to multiples of 2**-11 first, which moves a cosine by about 2e-4. Every product of two of them,
and every sum of such products that a cosine goes through, is then a float32 without rounding: cosines, coverages
and ties are exact, whatever the order and the blocks in which a machine adds.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from datagen.select.splitting import alike

LARGEST = 8_192  # pairs compared with one another at once: 256 MiB of cosines
GRID = 2.0**11

Vectors = NDArray[np.float32]
Places = NDArray[np.int64]
Floats = NDArray[np.float64]


class Chosen(NamedTuple):
    """What was chosen, in order.

    Attributes:
        places: Rows of the pool, the first choice first.
        gains: By how much each raised the objective; never more than the one before it.
        parts: Into how many parts the pool was split; 1 where nothing was approximated.
    """

    places: Places
    gains: Floats
    parts: int


class _Rates(NamedTuple):
    coverage: float
    quality: float


def choose(
    vectors: Vectors, quality: Floats, count: int, *, quality_weight: float = 0.5, largest: int = LARGEST
) -> Chosen:
    """Choose pairs for quality and diversity, greedily; ties go to the earlier row.

    A pool of more than ``largest`` is split into parts of pairs alike, and cosines across parts count as 0: the
    objective is then a sum over the parts, so the parts' own choices, merged by gain, are the greedy choice.

    Args:
        vectors: (n, dim) float32, L2-normalised; rows in the order in which ties are to fall.
        quality: (n,) in [0, 1].
        count: How many to choose; all, in order, if there are no more.
        quality_weight: The w of the objective, in [0, 1].
        largest: Above how many pairs the pool is split.

    Returns:
        At most ``count`` rows; none of an empty pool.
    """
    count = min(count, len(vectors))
    if count == 0:
        return Chosen(np.zeros(0, np.int64), np.zeros(0), 1)
    rates = _Rates((1 - quality_weight) / len(vectors), quality_weight / count)
    parts = alike(vectors, largest)
    found = [
        _greedy(vectors[part], quality[part], min(len(part), 32 + 3 * count * len(part) // (2 * len(vectors))), rates)
        for part in parts
    ]
    while True:
        # Rows decide among equal gains here as in a part: of two that gain the same there, the one chosen later
        # has not gained less before, so its row is the later one.
        places = np.concatenate([part[one.places] for part, one in zip(parts, found, strict=True)])
        gains = np.concatenate([one.gains for one in found])
        first = np.lexsort((places, -gains))[:count]
        worth = gains[first[-1]]
        for number, (part, one) in enumerate(zip(parts, found, strict=True)):
            if len(one.places) < len(part) and one.gains[-1] >= worth:  # what comes next there might be worth it too
                longer = min(len(part), 2 * len(one.places))
                found[number] = _greedy(vectors[part], quality[part], longer, rates)
                break
        else:
            return Chosen(places[first], gains[first], len(parts))


def on_grid(vectors: Vectors) -> Vectors:
    """Vectors with entries rounded to multiples of 2**-11."""
    rounded: Vectors = np.rint(vectors * np.float32(GRID)) / np.float32(GRID)
    return rounded


def _greedy(vectors: Vectors, quality: Floats, count: int, rates: _Rates) -> Chosen:
    points = on_grid(vectors)
    close = points @ points.T
    np.maximum(close, 0, out=close)
    worth = rates.quality * quality
    covered = np.zeros(len(vectors), np.float32)
    bounds = rates.coverage * close.sum(axis=1, dtype=np.float64) + worth
    known_at = np.zeros(len(vectors), np.int64)  # how many were chosen when the bound was the gain
    places, gains = np.empty(count, np.int64), np.empty(count)
    for turn in range(count):
        best = int(bounds.argmax())  # the first of equals
        while known_at[best] < turn:
            covers = np.maximum(close[best] - covered, 0).sum(dtype=np.float64)
            bounds[best] = rates.coverage * covers + worth[best]
            known_at[best] = turn
            best = int(bounds.argmax())
        places[turn], gains[turn] = best, bounds[best]
        bounds[best] = -np.inf
        np.maximum(covered, close[best], out=covered)
    return Chosen(places, gains, 1)
