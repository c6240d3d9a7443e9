"""Vectors in clusters on the sphere, with near-duplicates among them."""

import numpy as np
from numpy.typing import NDArray

DIM, COPIES = 384, 0.3
_AT_ONCE = 50_000


def clustered(count: int, *, centres: int = 1_000, spread: float = 0.7, seed: int = 0) -> NDArray[np.float32]:
    """Seeded unit vectors, as (count, 384) float32; the last three in ten are copies of others with some noise.

    Args:
        count: How many.
        centres: Clusters; their centres point anywhere.
        spread: Length of the noise around a centre of length one: 0.7 gives cosines of two thirds within a cluster.
        seed: Of all that is drawn.
    """
    drawn = np.random.default_rng(seed)
    middles = drawn.standard_normal((centres, DIM), dtype=np.float32)
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    vectors = np.empty((count, DIM), np.float32)
    plain = count - round(COPIES * count)
    for start in range(0, plain, _AT_ONCE):
        some = vectors[start : min(start + _AT_ONCE, plain)]
        drawn.standard_normal(dtype=np.float32, out=some)
        some *= np.float32(spread / DIM**0.5)
        some += middles[drawn.integers(centres, size=len(some))]
        some /= np.linalg.norm(some, axis=1, keepdims=True)
    for start in range(plain, count, _AT_ONCE):
        some = vectors[start : start + _AT_ONCE]
        drawn.standard_normal(dtype=np.float32, out=some)
        some *= (drawn.uniform(0.05, 0.35, size=(len(some), 1)) / DIM**0.5).astype(np.float32)
        some += vectors[drawn.integers(plain, size=len(some))]
        some /= np.linalg.norm(some, axis=1, keepdims=True)
    return vectors
