"""Which one of a group of duplicates stays, and what the others lose to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from datagen.dedup.vectors import similarities, squared_lengths
from schemas.errors import BadInput

_T = TypeVar("_T", bound=np.generic)

Strategy = Literal["best", "far", "middle", "inner-middle", "score-max"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
_AT_ONCE = 256  # in float64 these fit the cache
_DIGITS = 9  # of a distance: what differs by rounding alone is a tie


@dataclass(frozen=True)
class Losses:
    """Rows that do not stay, ascending.

    Attributes:
        row: (n_lost,) int64.
        survivor: (n_lost,) int64; the row that each lost to.
        similarity: (n_lost,) float64; its cosine with that one, computed even where others link the two.
    """

    row: NDArray[np.int64]
    survivor: NDArray[np.int64]
    similarity: NDArray[np.float64]


def survivors(
    labels: NDArray[np.int64],
    ids: Sequence[str],
    strategy: Strategy,
    *,
    vectors: NDArray[np.float32] | None = None,
    quality: NDArray[np.float64] | None = None,
    image_text: NDArray[np.float64] | None = None,
) -> NDArray[np.int64]:
    """One row of each component.

    The strategies are those of the SemDeDup variant in BAAI's Dataset-Pruning, and ``best``:

    - ``best``: the highest quality; one that is not known (NaN) counts as the lowest.
    - ``far``: the farthest from the centroid of all vectors.
    - ``middle``: at the median distance from that centroid.
    - ``inner-middle``: at the median distance from the mean of the component itself.
    - ``score-max``: the highest image-text score; one that is not known (NaN) counts as the lowest.

    A distance is one minus the cosine. Of an even number of rows, the median is the nearer of the two in the
    middle. Ties, in distances what differs only beyond nine digits, go to the id that sorts first.

    Args:
        labels: (n,) int64, as :func:`components` gives them.
        ids: The n rows' ids.
        strategy: One of the five.
        vectors: (n, dim) float32, L2-normalised; for ``far``, ``middle`` and ``inner-middle``.
        quality: (n,); for ``best``.
        image_text: (n,); for ``score-max``.

    Returns:
        (n,) int64: for each row the survivor of its component, itself where it is the one; n = 0 gives none.

    Raises:
        BadInput: What the strategy goes by is not given or not of length n, or there is no such strategy.
    """
    _, place, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    if len(ids) != len(labels):
        raise BadInput(f"got {len(ids)} ids for {len(labels)} rows", fix="Give one for each")
    alphabetical = np.empty(len(ids), np.int64)
    alphabetical[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    key = _keys(strategy, place, sizes[place] > 1, vectors=vectors, quality=quality, image_text=image_text)
    ranked = np.lexsort((alphabetical, key, place))
    starts = np.cumsum(sizes) - sizes
    chosen = ranked[starts + (sizes - 1) // 2 if strategy in ("middle", "inner-middle") else starts]
    staying: NDArray[np.int64] = chosen[place]
    return staying


def losses(vectors: NDArray[np.float32], staying: NDArray[np.int64]) -> Losses:
    """What each row that does not stay lost to, and how alike the two are.

    Args:
        vectors: (n, dim) float32, L2-normalised.
        staying: (n,) int64, as :func:`survivors` gives it.
    """
    row = np.flatnonzero(staying != np.arange(len(staying)))
    return Losses(row, staying[row], similarities(vectors, row, staying[row]))


def _keys(
    strategy: Strategy, component: NDArray[np.int64], wanted: NDArray[np.bool_], *,
    vectors: NDArray[np.float32] | None, quality: NDArray[np.float64] | None, image_text: NDArray[np.float64] | None,
) -> NDArray[np.float64]:  # fmt: skip
    """(n,): what the rows of a component are sorted by, ascending."""
    count = len(component)
    match strategy:
        case "best":
            return _descending(_given(quality, "quality", strategy, count))
        case "score-max":
            return _descending(_given(image_text, "image_text", strategy, count))
        case "far":
            return -_from_centroid(_given(vectors, "vectors", strategy, count), wanted)
        case "middle":
            return _from_centroid(_given(vectors, "vectors", strategy, count), wanted)
        case "inner-middle":
            return _from_own_mean(_given(vectors, "vectors", strategy, count), component, wanted)
    raise BadInput(f"no strategy is called {strategy!r}", fix=f"Choose one of {', '.join(STRATEGIES)}")


def _given(values: NDArray[_T] | None, name: str, strategy: str, count: int) -> NDArray[_T]:
    if values is None or len(values) != count:
        got = "none" if values is None else f"{len(values)} for {count} rows"
        raise BadInput(f"strategy {strategy} goes by {name}, and got {got}", fix="Give one for each row")
    return values


def _descending(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return -np.where(np.isnan(scores), -np.inf, scores)


def _from_centroid(vectors: NDArray[np.float32], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(n,) distance of the wanted rows from the mean of all; 0 for others."""
    found = np.zeros(len(vectors), np.float64)
    rows = np.flatnonzero(wanted)
    centroid = vectors.sum(axis=0, dtype=np.float64)
    found[rows] = _distances(vectors, rows, centroid[None, :], np.zeros(len(rows), np.int64))
    return found


def _from_own_mean(
    vectors: NDArray[np.float32], component: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(n,) distance of the wanted rows from the mean of their component; 0 for others."""
    found = np.zeros(len(vectors), np.float64)
    rows = np.flatnonzero(wanted)
    rows = rows[np.argsort(component[rows], kind="stable")]
    if len(rows):
        opens = np.diff(component[rows], prepend=-1) != 0
        means = np.add.reduceat(vectors[rows], np.flatnonzero(opens), axis=0, dtype=np.float64)
        found[rows] = _distances(vectors, rows, means, np.cumsum(opens) - 1)
    return found


def _distances(
    vectors: NDArray[np.float32], rows: NDArray[np.int64], centres: NDArray[np.float64], nearby: NDArray[np.int64]
) -> NDArray[np.float64]:
    """(n_rows,) cosine distance of rows from the centre that ``nearby`` names for each; 1 from a centre of zero."""
    lengths = np.linalg.norm(centres, axis=1)
    found = np.empty(len(rows), np.float64)
    for start in range(0, len(rows), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        near = vectors[rows[some]]
        products = np.einsum("ij,ij->i", near.astype(np.float64), centres[nearby[some]])
        found[some] = products / np.sqrt(squared_lengths(near)) / np.maximum(lengths[nearby[some]], 1e-12)
    return np.round(1 - found, _DIGITS)
