"""Splitting a pool into parts of vectors alike, none larger than a bound."""

import numpy as np
from numpy.typing import NDArray

SAMPLE = 2_000  # rows that show a direction
STEPS = 20


def alike(vectors: NDArray[np.float32], largest: int) -> list[NDArray[np.int64]]:
    """Halve a pool along its main direction until no part is larger than ``largest``.

    Source: principal direction divisive partitioning (Boley, Data Mining and Knowledge Discovery 1998), cut at the
    median instead of the mean so that parts are of a size. Deterministic for the same rows in the same order.

    Args:
        vectors: (n, dim) float32.
        largest: At least 1.

    Returns:
        The row numbers of each part, ascending; one part if the pool is small enough, empty if it is.
    """
    waiting: list[NDArray[np.int64]] = [np.arange(len(vectors))]
    parts: list[NDArray[np.int64]] = []
    while waiting:
        part = waiting.pop()
        if len(part) <= largest:
            parts.append(part)
            continue
        direction = _direction(vectors[part[:: max(1, len(part) // SAMPLE)]])
        along = (vectors @ direction)[part]  # of all rows, for a copy of those of the part would cost more
        order = np.argsort(along, kind="stable")
        middle = len(part) // 2
        waiting += [np.sort(part[half]) for half in (order[middle:], order[:middle])]
    return parts


def _direction(sample: NDArray[np.float32]) -> NDArray[np.float32]:
    """The direction in which a sample varies most, by power iteration; any where it does not vary."""
    centred = sample - sample.mean(axis=0)
    direction: NDArray[np.float32] = centred[np.argmax((centred**2).sum(axis=1))]
    for _ in range(STEPS):
        direction = centred.T @ (centred @ direction)
        direction /= max(float(np.linalg.norm(direction)), 1e-30)
    return direction
