"""All pairs of vectors whose cosine lies above a floor: exactly, without comparing all with all."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.dedup.search import Found, Plan, Search
from datagen.dedup.vectors import checked
from schemas.errors import BadInput

MOST = 30_000_000  # edges that are kept, some 24 bytes each
_FOLDED = 4_000_000


@dataclass(frozen=True)
class Edges:
    """Pairs of rows that are alike, each once, in the order of (a, b).

    Attributes:
        a: (n_edges,) int64, the lower row.
        b: (n_edges,) int64, the higher row.
        similarity: (n_edges,) float64, their cosine.
        floor: Cosine that all of them are above.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    similarity: NDArray[np.float64]
    floor: float

    def __len__(self) -> int:
        return len(self.a)

    def where(self, wanted: NDArray[np.bool_]) -> "Edges":
        """Those of them for which ``wanted``, (n_edges,) bool, is true."""
        return Edges(self.a[wanted], self.b[wanted], self.similarity[wanted], self.floor)


def edges_above(
    vectors: NDArray[np.float32],
    floor: float,
    *,
    fold: Callable[[Edges], Edges] = lambda edges: edges,
    most: int = MOST,
    plan: Plan | None = None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Edges:
    """Exactly the pairs whose cosine is higher than the floor; what a cosine is, :func:`similarities` says.

    Two bounds spare most of the work, and neither can lose a pair. Vectors are put into cells, and only those
    near the border between two cells are compared across it (:mod:`datagen.dedup.cells`). They are compared by
    short stand-ins whose product is never lower than the cosine (:mod:`datagen.dedup.shadows`). What passes is
    looked at in full, in float32 and then in float64.

    Args:
        vectors: (n, dim) float32, L2-normalised; n = 0 and n = 1 give no edges.
        floor: Cosine; pairs at exactly this cosine are left out.
        fold: Given the edges found so far, those worth keeping; called every four million edges and at the end.
            With :func:`forest` there are never many, however many vectors are alike.
        most: Edges that may be held after folding.
        plan: How the work is cut, instead of by the size and the shape of the data. It never changes what is found.
        on_progress: Called with how many more vectors are done.

    Raises:
        BadInput: The vectors are not such (:func:`checked`), the floor is NaN, or there are more than ``most`` edges.
    """
    vectors = checked(vectors)
    if np.isnan(floor):
        raise BadInput("a cosine to compare with must be a number, got NaN")
    kept, waiting, held = _edges([], floor), list[Found](), 0
    if len(vectors) < 2:
        on_progress(len(vectors))
        return kept
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):  # the products are small: a second thread would only spin
        search = Search(vectors, floor, plan or Plan(cells=round(len(vectors) ** 0.5)))
        for cell in range(search.cells.count):
            for found in search.pairs_of(cell):
                waiting.append(found)
                held += len(found.a)
                if held > _FOLDED:
                    kept, waiting, held = _kept([kept, *waiting], floor, fold, most), [], 0
            on_progress(search.cells.size(cell))
    return _kept([kept, *waiting], floor, fold, most)


def _kept(found: "list[Edges | Found]", floor: float, fold: Callable[[Edges], Edges], most: int) -> Edges:
    kept = fold(_edges(found, floor))
    if len(kept) > most:
        raise BadInput(
            f"more than {most:,} pairs of vectors have a cosine above {floor:g}",
            fix="Choose a higher threshold, or leave exact copies out first",
        )
    return kept


def _edges(found: "list[Edges | Found]", floor: float) -> Edges:
    a = np.concatenate([np.empty(0, np.int64), *(one.a for one in found)])
    b = np.concatenate([np.empty(0, np.int64), *(one.b for one in found)])
    similarity = np.concatenate([np.empty(0, np.float64), *(one.similarity for one in found)])
    order = np.lexsort((b, a))
    return Edges(a[order], b[order], similarity[order], floor)
