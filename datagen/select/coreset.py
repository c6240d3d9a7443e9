"""The Dataset-Pruning coreset: one pair of each component of near-duplicates, then two bands of ranks.

Source: BAAI-DCAI/Dataset-Pruning, its LAION-2B recipe, from which Bunny's pre-training data were sampled (arXiv
2402.11530): the graph of cosines above 0.86, one survivor of each component (best: ``middle``), those that rank at
40-60 % by image-text score, and of these the ones that rank at 15-35 % by similarity to the centroid. The highest
scores are left out because there the image often has its text written in it. Each step ranks what the one before it
left, the highest first, so both bands together leave a twenty-fifth of the components. As published the centroid is
that of a k-means cell, one in 100,000; here, with pairs in thousands, it is that of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.dedup import Strategy, components, edges_above, forest, losses, survivors
from schemas.errors import BadConfig, BadInput
from schemas.ledger import Drop

Band = tuple[float, float]
SCORE_BAND: Band = (0.4, 0.6)
CENTROID_BAND: Band = (0.15, 0.35)
THRESHOLD = 0.86
_BLOCK = 8_192

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Coreset:
    """What a coreset keeps.

    Attributes:
        kept: Pair ids, ascending.
        drops: Why each of the others is not in it, by pair id.
        unscored: How many of the survivors had no score; these pass the score band, and take no rank in it.
    """

    kept: tuple[str, ...]
    drops: tuple[Drop, ...]
    unscored: int = 0


def dataset_pruning(
    ids: Sequence[str],
    vectors: NDArray[np.float32],
    score: Floats,
    *,
    strategy: Strategy = "middle",
    threshold: float = THRESHOLD,
    quality: Floats | None = None,
    score_band: Band = SCORE_BAND,
    centroid_band: Band = CENTROID_BAND,
) -> Coreset:
    """Keep one of each component of near-duplicates, then those within both bands; see :func:`within_bands`.

    Args:
        ids: Pair ids, each once. None give an empty coreset.
        vectors: (n, dim) float32, L2-normalised, row for row.
        score: (n,) image-text score, or quality where no image model is at hand; NaN where not measured.
        strategy: Which one of a component stays; ``score-max`` goes by ``score``.
        threshold: Cosine above which two pairs are joined.
        quality: (n,); for the strategy ``best``.
        score_band: Shares of the ranks by score, from the highest.
        centroid_band: Shares of the ranks by cosine with the mean of all vectors, from the highest.

    Raises:
        BadConfig: A band is not two numbers with 0 <= a < b <= 1.
        BadInput: The vectors are not L2-normalised, what the strategy goes by is missing, or no survivor has a score
            while a score band is asked for.
    """
    refuse_empty_bands(score_band, centroid_band)  # before the work
    count = len(ids)
    edges = edges_above(vectors, threshold, fold=lambda found: forest(count, found))
    staying = survivors(
        components(count, edges, threshold), ids, strategy, vectors=vectors, quality=quality, image_text=score
    )
    return within_bands(
        ids, vectors, staying, score, threshold=threshold, score_band=score_band, centroid_band=centroid_band
    )


def within_bands(
    ids: Sequence[str],
    vectors: NDArray[np.float32],
    staying: Places,
    score: Floats,
    *,
    threshold: float = THRESHOLD,
    score_band: Band = SCORE_BAND,
    centroid_band: Band = CENTROID_BAND,
) -> Coreset:
    """Keep the survivors within a band of score, and of these the ones within a band of similarity to the centroid.

    A pair is within a band (a, b) if a <= (its rank - 1/2) / (pairs ranked) < b, ranks counted from 1 for the
    highest; equal values rank by id. So bands that adjoin share out all pairs, and (0, 1) keeps every one.

    Args:
        ids: Pair ids, each once. None give an empty coreset.
        vectors: (n, dim) float32, L2-normalised, row for row.
        staying: (n,) row of the survivor of each pair's component, its own where it survives.
        score: (n,) image-text score or quality; NaN where not measured.
        threshold: The cosine above which the components were joined, for the drops to name.
        score_band: Shares of the ranks by score, from the highest.
        centroid_band: Shares of the ranks by cosine with the mean of all vectors, from the highest.

    Raises:
        BadConfig: A band is not two numbers with 0 <= a < b <= 1.
        BadInput: No survivor has a score, while a score band is asked for.
    """
    refuse_empty_bands(score_band, centroid_band)
    order = np.argsort(np.array(ids, dtype=object), kind="stable")
    lost = losses(vectors, staying)
    drops = [
        Drop("duplicate-component", pair_id=ids[row], score=cosine, threshold=threshold, lost_to=ids[survivor])
        for row, survivor, cosine in zip(
            lost.row.tolist(), lost.survivor.tolist(), lost.similarity.tolist(), strict=True
        )
    ]
    left = order[staying[order] == order]
    scored = ~np.isnan(score[left])
    if len(left) and not scored.any() and score_band != (0, 1):
        raise BadInput(
            "no pair has a score to rank by", fix="Run filter with an image model, or give --score-band 0 1."
        )
    inside = ~scored
    inside[scored] = _within(score[left[scored]], score_band)
    drops += _outside("score", ids, left[~inside], score, score_band)
    left, unscored = left[inside], int(np.count_nonzero(~scored))
    central = _to_centroid(vectors, order)
    inside = _within(central[left], centroid_band)
    drops += _outside("centroid", ids, left[~inside], central, centroid_band)
    return Coreset(
        tuple(ids[row] for row in left[inside]), tuple(sorted(drops, key=lambda drop: drop.pair_id or "")), unscored
    )


def refuse_empty_bands(score_band: Band, centroid_band: Band) -> None:
    """Refuse bands that are not two numbers with 0 <= a < b <= 1.

    Raises:
        BadConfig: One is not, named by its flag.
    """
    for name, (low, high) in (("score-band", score_band), ("centroid-band", centroid_band)):
        if not 0 <= low < high <= 1:
            raise BadConfig(
                f"a band from {low:g} to {high:g} holds nothing",
                where=f"--{name}",
                fix="Give two shares of the ranks from the highest, the lower first: 0.4 0.6.",
            )


def _within(values: Floats, band: Band) -> NDArray[np.bool_]:
    """Which values rank within a band, from the highest; of equals the earlier first."""
    share = np.empty(len(values))
    share[np.argsort(-values, kind="stable")] = (np.arange(len(values)) + 0.5) / max(len(values), 1)
    return (band[0] <= share) & (share < band[1])


def _outside(step: str, ids: Sequence[str], rows: Places, values: Floats, band: Band) -> list[Drop]:
    detail = f"ranks outside {band[0]:.0%} to {band[1]:.0%} from the highest"
    return [
        Drop(f"outside-{step}-band", pair_id=ids[row], detail=detail, score=float(values[row])) for row in rows.tolist()
    ]


def _to_centroid(vectors: NDArray[np.float32], order: Places) -> Floats:
    """Cosine of each vector with the mean of all, summed row by row so that equal vectors get equal cosines."""
    mean = np.zeros(vectors.shape[1])
    for start in range(0, len(order), _BLOCK):
        mean += vectors[order[start : start + _BLOCK]].sum(axis=0, dtype=np.float64)
    mean /= max(float(np.linalg.norm(mean)), 1e-30)
    found = np.zeros(len(vectors))
    for start in range(0, len(vectors), _BLOCK):
        found[start : start + _BLOCK] = (vectors[start : start + _BLOCK] * mean).sum(axis=1)
    return found
