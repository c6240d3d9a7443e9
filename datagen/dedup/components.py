"""Groups of vectors that are duplicates of each other, directly or by way of others."""

import numpy as np
from numpy.typing import NDArray

from datagen.dedup.edges import Edges
from schemas.errors import BadInput


def components(count: int, edges: Edges, threshold: float) -> NDArray[np.int64]:
    """Connected components of the graph that joins two rows if their cosine is higher than the threshold.

    Args:
        count: Rows, n.
        edges: Pairs above a floor that is not higher than the threshold, or their :func:`forest`.
        threshold: Cosine; a pair at exactly this cosine is not joined.

    Returns:
        (n,) int64: for each row the lowest row of its component; its own where it is alone.

    Raises:
        BadInput: The edges' floor is higher than the threshold, or they name a row that is not there.
    """
    if not threshold >= edges.floor:
        raise BadInput(
            f"pairs are known above cosine {edges.floor:g} only, so duplicates above {threshold:g} cannot be told",
            fix="Choose a threshold that is not lower, or search for the pairs again",
        )
    _check_rows(count, edges)
    if not count:
        return np.empty(0, np.int64)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    joined = edges.where(edges.similarity > threshold)
    graph = coo_array((np.ones(len(joined), np.bool_), (joined.a, joined.b)), shape=(count, count))
    _, groups = connected_components(graph, directed=False)
    _, first, place = np.unique(groups, return_index=True, return_inverse=True)
    labels: NDArray[np.int64] = first[place]
    return labels


def forest(count: int, edges: Edges) -> Edges:
    """The fewest edges that give the same components at every threshold: fewer than there are rows.

    A maximum spanning forest: whatever is joined above a threshold is joined by edges of the forest above it
    (single linkage; Gower and Ross, Minimum spanning trees and single linkage cluster analysis, 1969, §2). Of
    edges with the same cosine those of lower rows are taken.

    Edges of two kinds that have thresholds of their own need a forest for each kind.

    Args:
        count: Rows, n.
        edges: Pairs among them; none gives none.

    Raises:
        BadInput: The edges name a row that is not there.
    """
    _check_rows(count, edges)
    if not len(edges):
        return edges
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    order = np.lexsort((edges.b, edges.a, -edges.similarity))
    rank = np.empty(len(edges), np.float64)
    rank[order] = np.arange(1, len(edges) + 1)  # a weight of zero would be no edge
    tree = minimum_spanning_tree(coo_array((rank, (edges.a, edges.b)), shape=(count, count)).tocsr())
    taken = np.zeros(len(edges), np.bool_)
    taken[order[tree.data.astype(np.int64) - 1]] = True
    return edges.where(taken)


def _check_rows(count: int, edges: Edges) -> None:
    if len(edges) and int(edges.b.max()) >= count:
        raise BadInput(f"a pair names row {int(edges.b.max())}, but there are {count} rows", fix="Give their own edges")
