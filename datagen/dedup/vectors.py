"""What counts as a vector here, and what counts as its cosine."""

import numpy as np
from numpy.typing import NDArray

from schemas.errors import BadInput

LENGTH_TOLERANCE = 1e-3
_AT_ONCE = 256  # in float64 these fit the cache


def checked(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors, C-contiguous, after a look at every one of them.

    Args:
        vectors: (n, dim) float32, L2-normalised; n may be 0.

    Raises:
        BadInput: Not two-dimensional, not float32, or a row whose length is not 1 within 0.001: one that is zero,
            not normalised, or holds NaN or infinity.
    """
    fix = "Give (n, dim) float32 vectors of length 1"
    if vectors.ndim != 2:
        raise BadInput(f"vectors must be a 2D array, got shape {vectors.shape}", fix=fix)
    if vectors.dtype != np.float32:
        raise BadInput(f"vectors must be float32, got {vectors.dtype}", fix=fix)
    lengths = np.sqrt(squared_lengths(vectors))
    wrong = np.flatnonzero(~(np.abs(lengths - 1) <= LENGTH_TOLERANCE))  # NaN is not within it either
    if len(wrong):
        first, more = int(wrong[0]), f", and so {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise BadInput(f"vector {first} has length {lengths[first]:.6g} instead of 1{more}", fix=fix)
    return np.ascontiguousarray(vectors)


def squared_lengths(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n,) float64: each row's dot product with itself."""
    found = np.empty(len(vectors), np.float64)
    for start in range(0, len(vectors), _AT_ONCE):
        rows = vectors[start : start + _AT_ONCE].astype(np.float64)
        found[start : start + _AT_ONCE] = np.einsum("ij,ij->i", rows, rows)
    return found


def similarities(vectors: NDArray[np.float32], a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
    """Cosine of rows a with rows b: the float64 dot product of the float32 unit vectors.

    This is what a cosine is wherever duplicates are told. The products are summed in an order that depends on
    nothing but dim, so a pair has the same cosine to the last bit whatever it is computed along with.

    Args:
        vectors: (n, dim) float32, L2-normalised.
        a: (n_pairs,) int64 rows.
        b: (n_pairs,) int64 rows.

    Returns:
        (n_pairs,) float64.
    """
    found = np.empty(len(a), np.float64)
    for start in range(0, len(a), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        found[some] = np.einsum("ij,ij->i", vectors[a[some]].astype(np.float64), vectors[b[some]].astype(np.float64))
    return found


def rounding(dim: int) -> float:
    """More than a float32 dot product of two such vectors can be off, whatever order it was summed in.

    The classical bound is dim × 2⁻²⁴ (Higham, Accuracy and Stability of Numerical Algorithms, §3.1); eight of
    these leave room for the handful of such errors that add up where this is used.
    """
    return 8 * max(dim, 8) * 2.0**-24
