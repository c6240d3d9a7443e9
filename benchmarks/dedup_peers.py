"""Other ways to the pairs above a cosine, each as its documentation would have it used; all give (n_pairs, 2) rows."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Pairs = NDArray[np.int64]
_TILE = 1_024  # of 512, 1,024, 2,048 and 4,096 the fastest here
_NEIGHBOURS = 64


def plain(vectors: Vectors, threshold: float) -> Pairs:
    """A blocked float32 matrix product: the upper triangle, compared, and what passes looked up."""
    found: list[Pairs] = [np.empty((0, 2), np.int64)]
    product = np.empty(_TILE * _TILE, np.float32)
    limit = np.float32(threshold)
    for top in range(0, len(vectors), _TILE):
        left = vectors[top : top + _TILE]
        for start in range(top, len(vectors), _TILE):
            right = vectors[start : start + _TILE]
            tile = product[: len(left) * len(right)].reshape(len(left), len(right))
            np.matmul(left, right.T, out=tile)
            one, other = np.divmod(np.flatnonzero(tile > limit), len(right))
            pairs = np.stack((one + top, other + start), axis=1)
            found.append(pairs[pairs[:, 0] < pairs[:, 1]])
    return np.concatenate(found)


def ours(vectors: Vectors, threshold: float) -> Pairs:
    """The exact edges."""
    from datagen.dedup import edges_above

    edges = edges_above(vectors, threshold)
    return np.stack((edges.a, edges.b), axis=1)


def semdedup(vectors: Vectors, threshold: float) -> Pairs:
    """SemDeDup's pairs: all above the threshold within a k-means cell."""
    from datagen.dedup import semdedup as published

    edges = published(vectors, [str(row) for row in range(len(vectors))], threshold).edges
    return np.stack((edges.a, edges.b), axis=1)


def faiss_ivf(vectors: Vectors, threshold: float) -> Pairs:
    """Inverted lists, about √n of them, one in forty of them searched."""
    import faiss

    lists = round(len(vectors) ** 0.5)
    quantizer = faiss.IndexFlatIP(vectors.shape[1])
    index = faiss.IndexIVFFlat(quantizer, vectors.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    index.nprobe = max(1, lists // 40)
    limits, _, other = index.range_search(vectors, threshold)
    return _ordered(np.repeat(np.arange(len(vectors)), np.diff(limits.astype(np.int64))), other)


def faiss_hnsw(vectors: Vectors, threshold: float) -> Pairs:
    """A navigable small world, 32 links each, 64 neighbours asked for."""
    import faiss

    index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efSearch = _NEIGHBOURS
    index.add(vectors)
    similarity, other = index.search(vectors, _NEIGHBOURS)
    one = np.repeat(np.arange(len(vectors)), _NEIGHBOURS)[(close := similarity.ravel() > threshold)]
    return _ordered(one, other.ravel()[close])


def semhash(vectors: Vectors, threshold: float) -> Pairs:
    """SemHash's index and the query that its deduplication decides by."""
    from semhash import SemHash

    class Encoder:  # it asks for one, and has no use for it where vectors are given
        def encode(self, inputs: Any, **kwargs: Any) -> NDArray[np.float32]:
            raise AssertionError("the vectors were given")

    names = [str(row) for row in range(len(vectors))]
    index = SemHash.from_embeddings(vectors, names, Encoder())
    return _from_lists(close for close, _ in index.index.query_threshold(vectors, threshold))


def vicinity(vectors: Vectors, threshold: float) -> Pairs:
    """Vicinity's exact backend."""
    from vicinity import Backend, Vicinity

    index = Vicinity.from_vectors_and_items(vectors, range(len(vectors)), Backend.BASIC)
    return _from_lists(np.array([row for row, _ in found]) for found in index.query_threshold(vectors, 1 - threshold))


def _from_lists(lists: Iterator[NDArray[Any]]) -> Pairs:
    found = [np.asarray(close, np.int64) for close in lists]
    return _ordered(np.repeat(np.arange(len(found)), [len(close) for close in found]), np.concatenate(found))


def _ordered(one: NDArray[Any], other: NDArray[Any]) -> Pairs:
    """Each pair once, the lower row first."""
    pairs = np.stack((one, other), axis=1).astype(np.int64)
    pairs = np.sort(pairs[(pairs[:, 0] != pairs[:, 1]) & (pairs >= 0).all(axis=1)], axis=1)
    return np.unique(pairs, axis=0)


WAYS: dict[str, Callable[[Vectors, float], Pairs]] = {
    "ours": ours,
    "plain": plain,
    "semdedup": semdedup,
    "faiss-ivf": faiss_ivf,
    "faiss-hnsw": faiss_hnsw,
    "semhash": semhash,
    "vicinity": vicinity,
}
