"""Which of many perceptual hashes lie close together."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


def close_pairs(values: NDArray[np.uint64], new: NDArray[np.bool_], distance: int) -> NDArray[np.int64]:
    """Places of hashes that differ in few bits.

    Two 64-bit hashes that differ in at most d bits agree in one of d + 1 bands (pigeonhole), so only hashes
    that share a band are compared. Beside the pairs found, this takes some fifty bytes a hash.

    Args:
        values: Hashes, each once, as (n,) uint64.
        new: Which of them matter, as (n,) bool: pairs of which neither is new are left out.
        distance: Bits in which two may differ, at most.

    Returns:
        (n_pairs, 2) int64; a pair may come more than once.
    """
    found = [np.empty((0, 2), np.int64)]
    edges = [round(64 * band / (distance + 1)) for band in range(distance + 2)]
    for low, high in pairwise(edges):
        band = (values >> np.uint64(low)) & np.uint64((1 << (high - low)) - 1)
        order = np.argsort(band, kind="stable")
        band, ordered = band[order], values[order]
        one: NDArray[np.int64] = np.arange(len(order))
        for step in range(1, len(order)):  # to the next of equal band, the one after that, and so on
            one = one[: np.searchsorted(one, len(order) - step)]
            one = one[band[one] == band[one + step]]
            if not len(one):
                break
            near = one[np.bitwise_count(ordered[one] ^ ordered[one + step]) <= distance]
            pairs = np.stack((order[near], order[near + step]), axis=1)
            found.append(pairs[new[pairs].any(axis=1)])
    return np.concatenate(found)
