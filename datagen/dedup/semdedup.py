"""SemDeDup as it was published: fast, for sizes at which exactness no longer pays, and blind across cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from datagen.dedup.cells import centres_of, nearest
from datagen.dedup.edges import Edges, edges_above
from datagen.dedup.vectors import checked, rounding, similarities
from schemas.errors import BadInput

Keep = Literal["hard", "easy", "random"]
_CELL = 1_000  # vectors a cell, about
_ROUNDS = 20
_TILE = 1_024


@dataclass(frozen=True)
class CellDuplicates:
    """What was found within cells.

    Attributes:
        survivor: (n,) int64; for each row the row that stays for it, itself where it stays.
        edges: The pairs above the threshold that share a cell.
        cell: (n,) int64; the cell of each row.
    """

    survivor: NDArray[np.int64]
    edges: Edges
    cell: NDArray[np.int64]


@dataclass(frozen=True)
class Recall:
    """How many of the pairs that a sample of rows forms with all others were found.

    Attributes:
        found: Of those that are there, how many were found.
        there: Pairs of a sampled row and any other above the threshold, counted once.
    """

    found: int
    there: int

    @property
    def share(self) -> float:
        """From 0 to 1; NaN where there was nothing to find."""
        return self.found / self.there if self.there else float("nan")


def semdedup(
    vectors: NDArray[np.float32],
    ids: Sequence[str],
    threshold: float,
    *,
    keep: Keep = "hard",
    cells: int | None = None,
    seed: int = 0,
) -> CellDuplicates:
    """Drop whoever is too similar to someone earlier in its cell.

    SemDeDup (arXiv 2303.09540, §3) with the order semantics of its published code: k-means cells; within a cell
    the vectors in the order of their distance to the centre, farthest first (``hard``), nearest first (``easy``)
    or in seeded random order; one is dropped if its cosine with any earlier one is higher than the threshold,
    *whether that one stays or not*. So of a chain, where only neighbours are alike, the first alone may stay,
    and the survivor need not itself be similar to what it stands for. Ties go to the id that sorts first.
    Cells are spherical, as the vectors all have length one.

    Args:
        vectors: (n, dim) float32, L2-normalised; n = 0 gives nothing.
        ids: The n rows' ids.
        threshold: Cosine; a pair at exactly this cosine is no duplicate.
        keep: The order within a cell.
        cells: How many; one for every thousand vectors if not given.
        seed: Of the random order.

    Raises:
        BadInput: The vectors are not such (:func:`checked`), there are not as many ids, or fewer than one cell.
    """
    vectors = checked(vectors)
    if len(ids) != len(vectors):
        raise BadInput(f"got {len(ids)} ids for {len(vectors)} rows", fix="Give one for each")
    count = max(1, round(len(vectors) / _CELL)) if cells is None else cells
    if count < 1:
        raise BadInput(f"vectors cannot be put into {count} cells", fix="Give one cell or more")
    if not len(vectors):
        return CellDuplicates(np.empty(0, np.int64), edges_above(vectors, threshold), np.empty(0, np.int64))
    centres = centres_of(vectors, min(count, len(vectors)), rounds=_ROUNDS)
    cell = nearest(vectors, centres)
    order = _order(np.einsum("ij,ij->i", vectors, centres[cell]), ids, keep, seed)
    edges = _within_cells(vectors, cell, threshold)
    return CellDuplicates(_survivors(edges, order), edges, cell)


def recall_on_sample(
    vectors: NDArray[np.float32], found: Edges, threshold: float, *, sample: int = 1_000, seed: int = 0
) -> Recall:
    """Recall of found pairs against the exact graph, seen from a sample of its rows.

    Of all pairs above the threshold of which at least one row is in the sample, how many were found. Every pair
    is as likely to be seen as any other, so the share estimates the recall over all pairs.

    Args:
        vectors: (n, dim) float32, L2-normalised.
        found: Pairs of rows; those at or below the threshold are not counted.
        threshold: Cosine.
        sample: How many rows; at most n.
        seed: Of the sample.
    """
    vectors = checked(vectors)
    count = len(vectors)
    rows = np.sort(np.random.default_rng(seed).choice(count, min(sample, count), replace=False))
    there: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for start in range(0, count, _TILE):
        a, b = _above(vectors, rows, np.arange(start, min(start + _TILE, count)), threshold)
        there.append(np.minimum(a, b) * count + np.maximum(a, b))
    wanted = np.unique(np.concatenate(there))
    known = found.where(found.similarity > threshold)
    return Recall(int(np.isin(wanted, known.a * count + known.b).sum()), len(wanted))


def _order(towards: NDArray[np.float32], ids: Sequence[str], keep: Keep, seed: int) -> NDArray[np.int64]:
    """(n,): how early each row comes."""
    alphabetical = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    match keep:
        case "hard":
            rows = alphabetical[np.argsort(towards[alphabetical], kind="stable")]
        case "easy":
            rows = alphabetical[np.argsort(-towards[alphabetical], kind="stable")]
        case "random":
            rows = alphabetical[np.random.default_rng(seed).permutation(len(ids))]
        case _:
            raise BadInput(f"no order is called {keep!r}", fix="Choose hard, easy or random")
    place = np.empty(len(ids), np.int64)
    place[rows] = np.arange(len(ids))
    return place


def _within_cells(vectors: NDArray[np.float32], cell: NDArray[np.int64], threshold: float) -> Edges:
    order = np.argsort(cell, kind="stable")
    found: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for members in np.split(order, np.flatnonzero(np.diff(cell[order])) + 1):
        tiles = [members[start : start + _TILE] for start in range(0, len(members), _TILE)]
        for place, left in enumerate(tiles):
            found += [_above(vectors, left, right, threshold) for right in tiles[place:]]
    a, b = (np.concatenate(side) for side in zip(*found, strict=True))
    once = np.unique(np.stack((np.minimum(a, b), np.maximum(a, b)), axis=1), axis=0)
    return Edges(once[:, 0], once[:, 1], similarities(vectors, once[:, 0], once[:, 1]), threshold)


def _above(
    vectors: NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64], threshold: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of the pairs above the threshold, no row with itself."""
    close = vectors[left] @ vectors[right].T > threshold - rounding(vectors.shape[1])
    one, other = close.nonzero()
    a, b = left[one], right[other]
    a, b = a[a != b], b[a != b]
    above = similarities(vectors, a, b) > threshold
    return a[above], b[above]


def _survivors(edges: Edges, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,): the row that stays for each: up from the most similar earlier one, until one has no earlier one."""
    forwards = order[edges.a] < order[edges.b]
    earlier, later = np.where(forwards, edges.a, edges.b), np.where(forwards, edges.b, edges.a)
    best = np.lexsort((order[earlier], -edges.similarity, later))
    lost, first = np.unique(later[best], return_index=True)
    survivor = np.arange(len(order))
    survivor[lost] = earlier[best][first]
    while not np.array_equal(further := survivor[survivor], survivor):
        survivor = further
    return survivor
