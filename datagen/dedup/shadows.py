"""Short stand-ins for vectors, whose dot product is never lower than that of the vectors themselves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.dedup.vectors import rounding

_LEARNED = 8_000  # vectors that directions are learned from; others show how well they do
_SAMPLE = 2_000
_SIZES = (8, 16, 24, 32, 48, 64, 96, 128)
# What things cost, in the time that one more dimension takes a pair in a matrix product (some 0.03 ns).
_LOOK = 6  # comparing a pair's bound and looking for it among the others
_FETCH = 12_000  # fetching the two vectors of a pair and multiplying them


@dataclass(frozen=True)
class Axes:
    """Directions that hold most of what vectors differ in.

    Attributes:
        basis: (dim, size) float32, orthonormal columns.
    """

    basis: NDArray[np.float32]

    def shadows(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Stand-ins, one a vector.

        A vector is split into its part p along the axes and a rest of length r; its shadow is (p, r). By
        Cauchy-Schwarz x·y <= p·q + r s for shadows (p, r) and (q, s). The rest is rounded up, so that this
        holds of the numbers stored.

        Returns:
            (n, size + 1) float32.
        """
        found = np.empty((len(vectors), self.basis.shape[1] + 1), np.float32)
        np.matmul(vectors, self.basis, out=found[:, :-1])
        held = np.einsum("ij,ij->i", vectors, vectors) - np.einsum("ij,ij->i", found[:, :-1], found[:, :-1])
        found[:, -1] = np.sqrt(np.maximum(held, 0) + np.float32(rounding(len(self.basis))))
        return found


def axes(vectors: NDArray[np.float32], floor: float, compared: float, *, size: int | None = None) -> Axes:
    """The principal directions of a sample, as many as promise the least work.

    Few make short shadows, which are fast to multiply; more of them leave fewer pairs to be looked at in full.
    Which is best depends on the shape of the data, so it is measured on the pairs of a second sample.

    Args:
        vectors: (n, dim) float32 of length 1, n > 0.
        floor: Cosine above which pairs are wanted.
        compared: Share of all pairs whose shadows will be multiplied, from 0 to 1.
        size: How many directions, instead of measuring.
    """
    count, dim = vectors.shape
    drawn = np.random.default_rng(0).permutation(count)[: _LEARNED + _SAMPLE]
    learned, sample = vectors[drawn[:_LEARNED]], vectors[drawn[-_SAMPLE:]]
    directions = np.linalg.eigh((learned.T @ learned).astype(np.float64))[1][:, ::-1].astype(np.float32)
    if size is not None:
        return Axes(np.ascontiguousarray(directions[:, :size]))
    found, least = Axes(directions[:, :0]), np.inf
    for tried in _SIZES:
        if tried >= dim:
            break
        one = Axes(np.ascontiguousarray(directions[:, :tried]))
        short = one.shadows(sample)
        bound = np.count_nonzero(short @ short.T > floor) - len(sample)
        left = max(0, bound) / max(1, len(sample) * (len(sample) - 1))
        cost = compared * (tried + _LOOK) + min(left * _FETCH, compared * dim)
        if cost < least:
            found, least = one, cost
    return found
