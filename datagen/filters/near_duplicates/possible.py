"""Which pairs can be alike at all, by their contrast words alone: only these need a text model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from datagen.embedding import Claims
from datagen.embedding.contrast import contrast_of, contrast_vector
from datagen.embedding.pair_vectors import CONTRAST_WEIGHT
from datagen.filters.near_duplicates.likeness import SMALL, limited

_ROUNDING = 1e-5


def possible(
    claims: Sequence[Claims], groups: Sequence[NDArray[np.int64]], floors: Sequence[float], *, small: int = SMALL
) -> NDArray[np.int64]:
    """Rows that may be alike to another of their group.

    A claim's cosine is a weighted mean of the model's cosine, which is at most 1, and the contrast words' cosine, which
    costs next to nothing. What this bound keeps below the floor is not alike, whatever the model says: leaving it out
    changes nothing. Claims in other languages have no contrast words, so that all of them are possible.

    Args:
        claims: What each pair says.
        groups: Rows that are compared with each other.
        floors: Of each group: likeness, above which they are wanted.
        small: A group of more rows than this is not looked into: all of it is possible.

    Returns:
        (n,) int64, ascending.
    """
    known: dict[str, NDArray[np.float32]] = {}

    def contrast(rows: NDArray[np.int64], which: int) -> NDArray[np.float32]:
        texts = [claims[row][which] for row in rows]
        for text in texts:
            if text not in known:
                known[text] = contrast_vector(contrast_of(text))
        return np.stack([known[text] for text in texts])

    found = []
    for rows, floor in zip(groups, floors, strict=True):
        if len(rows) > small or not claims[rows[0]].english:
            found.append(rows)
            continue
        first, second = np.triu_indices(len(rows), 1)
        highest = []
        for which in (0, 1):
            vectors = contrast(rows, which)
            cosines = np.einsum("ij,ij->i", vectors[first], vectors[second], dtype=np.float64)
            highest.append((1 - CONTRAST_WEIGHT) + CONTRAST_WEIGHT * cosines)
        above = limited(*highest) > floor - _ROUNDING
        found.append(rows[np.unique(np.concatenate([first[above], second[above]]))])
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
