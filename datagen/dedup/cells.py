"""Vectors in cells around centres, and how deep they lie in them: who is deep inside meets nobody from outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from datagen.dedup.vectors import rounding

_AT_ONCE = 4_096
_REACH = 250  # the reach in a byte's steps
_ROUNDS = 6
_TAUGHT = 48  # vectors a centre is learned from


class Block(NamedTuple):
    """Places to be compared, ascending: all of ``left`` with those of ``right`` that are higher."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """A partition of n vectors, placed cell by cell.

    Attributes:
        order: (n,) int64; the vector at each place.
        starts: (n_cells + 1,) int64; cell c holds the places from starts[c] to starts[c + 1].
        depths: (n_cells, n) uint8; how far each place lies inside its cell, seen from the border with another one:
            250 is the reach, and 255 stands for all that is farther.
        least: (n_cells, n_cells) int64; the lowest depth that a cell has, seen from another one.
        strip: Vectors that are compared at once across a border; fewer of them are not divided.
    """

    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    depths: NDArray[np.uint8]
    least: NDArray[np.int64]
    strip: int

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.least)

    def size(self, cell: int) -> int:
        """How many vectors a cell holds."""
        return int(self.starts[cell + 1] - self.starts[cell])

    @property
    def comparisons(self) -> int:
        """Pairs that the blocks hold, at most."""
        near = [(self._of(cell) <= _REACH - self.least[:, cell, None]).sum(axis=1) for cell in range(self.count)]
        between = np.stack(near).astype(np.float64)
        sizes = np.diff(self.starts)
        return int(np.triu(between * between.T, 1).sum() + (sizes * (sizes - 1) // 2).sum())

    def blocks(self, cell: int) -> Iterator[Block]:
        """What must be compared of a cell: it with itself, and its border with that of every later cell."""
        own = np.arange(self.starts[cell], self.starts[cell + 1])
        yield Block(own, own)
        met = self.least[cell] + self.least[:, cell] <= _REACH
        for other in (np.flatnonzero(met[cell + 1 :]) + cell + 1).tolist():
            yield from self._across(cell, other)

    def _across(self, cell: int, other: int) -> Iterator[Block]:
        """The border of two cells, in strips along it: the deeper those of one side lie, the fewer they can reach."""
        ours, theirs = self._of(cell)[other], self._of(other)[cell]
        left = (ours <= _REACH - self.least[other, cell]).nonzero()[0]
        right = (theirs <= _REACH - self.least[cell, other]).nonzero()[0]
        start, further = self.starts[cell], self.starts[other]
        if len(left) * len(right) <= self.strip**2:
            yield Block(left + start, right + further)
            return
        left = left[np.argsort(ours[left], kind="stable")]
        for at in range(0, len(left), self.strip):
            strip = left[at : at + self.strip]
            reached = right[theirs[right] <= _REACH - int(ours[strip[0]])]
            yield Block(np.sort(strip) + start, reached + further)

    def _of(self, cell: int) -> NDArray[np.uint8]:
        """(n_cells, size): a cell's depths, seen from each."""
        return self.depths[:, self.starts[cell] : self.starts[cell + 1]]


def split(vectors: NDArray[np.float32], count: int, reach: float, strip: int) -> Cells:
    """Cells around spherical k-means centres, with the depths of vectors in them.

    A vector belongs to the centre with which its dot product is highest. Let x lie in cell a and y in cell c. Seen
    from the plane between the two centres, x is x·(a - c) / |a - c| deep on the one side, y as much the other way
    round on the other, and together the two depths are no more than the distance of x and y. So who lies deeper
    than ``reach`` needs no comparison with the other cell, nor do any two whose depths exceed it together. This
    holds for any centres, so they are learned from a few vectors, in a few rounds. Depths are rounded down.

    Args:
        vectors: (n, dim) float32 of length 1, n > 0.
        count: How many cells, at most n.
        reach: Euclidean distance within which others matter.
        strip: As :class:`Cells` has it, 1 or more.
    """
    centres = centres_of(vectors, min(count, len(vectors)))
    gaps = _gaps(centres)
    scale = np.divide(_REACH, reach * gaps, where=gaps > 1e-6, out=np.zeros_like(gaps)).astype(np.float32)
    belongs = np.empty(len(vectors), np.int64)
    depths = np.empty((len(centres), len(vectors)), np.uint8)
    for start in range(0, len(vectors), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        towards = vectors[some] @ centres.T
        belongs[some] = own = towards.argmax(axis=1)
        inside = np.take_along_axis(towards, own[:, None], axis=1) - np.float32(rounding(vectors.shape[1])) - towards
        inside *= scale[own]
        depths[:, some] = np.clip(inside, 0, 255, out=inside).T
    order = np.argsort(belongs, kind="stable")
    starts = np.searchsorted(belongs[order], np.arange(len(centres) + 1))
    least = np.empty((len(centres), len(centres)), np.int64)
    for seen in depths:  # in place: a second array of this size would be the largest of all
        seen[:] = seen[order]
    for cell, (start, stop) in enumerate(pairwise(starts.tolist())):
        least[cell] = depths[:, start:stop].min(axis=1, initial=255)
    return Cells(order, starts, depths, least, strip)


def _gaps(centres: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n_cells, n_cells): Euclidean distances; in float64, as those of close centres would drown in rounding."""
    exact = centres.astype(np.float64)
    squares = np.einsum("ij,ij->i", exact, exact)
    gaps: NDArray[np.float64] = np.sqrt(np.maximum(squares[:, None] + squares - 2 * exact @ exact.T, 0))
    return gaps


def centres_of(vectors: NDArray[np.float32], count: int, *, rounds: int = _ROUNDS) -> NDArray[np.float32]:
    """Centres by spherical k-means on a seeded sample: the mean directions of the vectors nearest to each.

    Args:
        vectors: (n, dim) float32 of length 1, n > 0.
        count: Centres to begin with, from 1 to n; those that no vector is nearest to are dropped.
        rounds: How often centres are moved to the mean of their vectors.

    Returns:
        (n_cells, dim) float32 of length 1, or shorter where a cell's vectors cancel out.
    """
    drawn = np.random.default_rng(0)
    taught = vectors[np.sort(drawn.choice(len(vectors), min(len(vectors), _TAUGHT * count), replace=False))]
    centres = taught[drawn.choice(len(taught), count, replace=False)]
    for _ in range(rounds):
        belongs = nearest(taught, centres)
        order = np.argsort(belongs, kind="stable")
        firsts = np.flatnonzero(np.diff(belongs[order], prepend=-1))
        sums = np.add.reduceat(taught[order], firsts, axis=0)
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-6))
    return centres


def nearest(vectors: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.int64]:
    """(n,) int64: the centre with which each vector's dot product is highest."""
    found = np.empty(len(vectors), np.int64)
    for start in range(0, len(vectors), _AT_ONCE):
        found[start : start + _AT_ONCE] = (vectors[start : start + _AT_ONCE] @ centres.T).argmax(axis=1)
    return found
