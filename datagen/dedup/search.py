"""The search for close vectors: cells, shadows, and a full look at what passes both."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from datagen.dedup.cells import Block, split
from datagen.dedup.shadows import axes
from datagen.dedup.vectors import rounding, similarities, squared_lengths

_TILE = 1_024  # the product of two such many shadows fits the processor's cache
_DENSE = 30  # where one pair in so many passes the bound, a full product is faster than fetching them one by one
_FETCHED = 512
_WAITING = 500_000


class Plan(NamedTuple):
    """How the work is cut; it decides how long it takes, never what is found."""

    cells: int
    size: int | None = None  # directions of a shadow; None: as many as do best on a sample
    strip: int = 192  # vectors that are compared at once across the border of two cells


class Found(NamedTuple):
    """Pairs of rows, a lower than b, and their cosines, in no order."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    similarity: NDArray[np.float64]


class Search:
    """Vectors made ready to be searched cell by cell.

    Args:
        vectors: (n, dim) float32, checked, n > 1.
        floor: Cosine above which pairs are wanted.
        plan: How the work is cut.
    """

    def __init__(self, vectors: NDArray[np.float32], floor: float, plan: Plan) -> None:
        slack = rounding(vectors.shape[1])
        longest = float(squared_lengths(vectors).max())
        reach = float(np.sqrt(max(0.0, 2 * longest - 2 * floor) + slack))  # the wanted are less than this apart
        self.cells = split(vectors, plan.cells, reach, plan.strip)
        self._vectors, self._floor, self._need = vectors, floor, floor - 2 * slack
        compared = self.cells.comparisons / (len(vectors) * (len(vectors) - 1) / 2)
        chosen = axes(vectors, self._need, compared, size=plan.size)
        self._shadows = np.empty((len(vectors), chosen.basis.shape[1] + 1), np.float32)
        for start in range(0, len(vectors), _TILE):
            some = slice(start, start + _TILE)
            self._shadows[some] = chosen.shadows(vectors[self.cells.order[some]])

    def pairs_of(self, cell: int) -> Iterator[Found]:
        """Pairs within a cell and between it and later ones, in portions."""
        waiting, held = list[tuple[NDArray[np.int64], NDArray[np.int64]]](), 0
        for block in self.cells.blocks(cell):
            for left, right in _tiles(block):
                passed = self._passing(left, right)
                if passed is None:
                    continue
                waiting.append(passed)
                held += len(passed[0])
                if held > _WAITING:
                    yield self._looked_at(waiting)
                    waiting, held = [], 0
        if waiting:
            yield self._looked_at(waiting)

    def _passing(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """Rows of the pairs that the bound lets through."""
        passing = self._shadows[left] @ self._shadows[right].T > self._need
        passed = np.count_nonzero(passing)
        if not passed:
            return None
        order = self.cells.order
        if passed * _DENSE > passing.size:
            passing = self._vectors[order[left]] @ self._vectors[order[right]].T > self._need
        one, other = np.divmod(passing.ravel().nonzero()[0], len(right))
        left, right = left[one], right[other]
        once = left < right  # within a cell everyone meets himself, and others twice
        return order[left[once]], order[right[once]]

    def _looked_at(self, waiting: list[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> Found:
        a, b = (np.concatenate(side) for side in zip(*waiting, strict=True))
        close = np.empty(len(a), np.bool_)
        for start in range(0, len(a), _FETCHED):
            some = slice(start, start + _FETCHED)
            close[some] = np.einsum("ij,ij->i", self._vectors[a[some]], self._vectors[b[some]]) > self._need
        a, b = np.minimum(a[close], b[close]), np.maximum(a[close], b[close])
        similarity = similarities(self._vectors, a, b)
        above = similarity > self._floor
        return Found(a[above], b[above], similarity[above])


def _tiles(block: Block) -> Iterator[Block]:
    """A block in parts of bounded size, without those that hold only pairs met elsewhere."""
    for first in range(0, len(block.left), _TILE):
        left = block.left[first : first + _TILE]
        for second in range(0, len(block.right), _TILE):
            right = block.right[second : second + _TILE]
            if left[0] < right[-1]:
                yield Block(left, right)
