"""Choosing among the pairs that filters left: debiased, ranked, so many of them, or a coreset."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datagen.dedup import losses, recall_on_sample, semdedup
from datagen.filters.at_hand import NO_EXTRA, Space
from datagen.filters.choices import Choices, Thinning
from datagen.filters.progress import Watching
from datagen.select import (
    Coreset,
    QualityScores,
    QualitySettings,
    Selection,
    SelectSettings,
    dataset_pruning,
    pool_of,
    quality,
    random_sample,
    select,
)
from evaluation.leaks import Audit
from schemas.config import checked
from schemas.errors import BadConfig
from schemas.ledger import Drop
from schemas.run import RunFolder

Orders = Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]
"""By pair: the orders of its options, of the positive and the negative half."""


@dataclass(frozen=True)
class Ranking:
    """How pairs are scored and chosen: the ``[quality]`` and ``[select]`` tables."""

    quality: QualitySettings
    select: SelectSettings
    seed: int

    def told(self) -> dict[str, Any]:
        """As the stage's config says it."""
        return {"quality": self.quality.model_dump(), "select": self.select.model_dump()}


@dataclass
class Chosen:
    """The pairs that are kept, and why the others are not."""

    ids: list[str]  # by rank
    score: dict[str, float]  # of those that have one
    drops: list[Drop] = field(default_factory=list)
    orders: Orders = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)


def chosen_ranking(run: RunFolder) -> Ranking:
    """The run's settings of ranking.

    Raises:
        BadConfig: A table of leadproof.toml is wrong.
    """
    settings = run.settings
    return Ranking(
        checked(QualitySettings, settings.quality, where="leadproof.toml [quality]"),
        checked(SelectSettings, settings.select, where="leadproof.toml [select]"),
        settings.run.seed,
    )


def scored(pairs: pa.Table, scores: pa.Table, ranking: Ranking) -> QualityScores:
    """The quality of pairs, from their texts and what filters measured of them, row for row."""
    table = pairs
    for name in scores.column_names[1:]:
        table = table.append_column(name, scores[name])
    return quality(table, ranking.quality)


def choose(
    pairs: pa.Table, scores: pa.Table, space: Space, choices: Choices, ranking: Ranking, watching: Watching
) -> Chosen:
    """Choose among pairs.

    Args:
        pairs: What filters left.
        scores: Of the same pairs, row for row.
        space: The pairs' vectors.
        choices: What the user wants.
        ranking: How pairs are scored.
        watching: Who is told how it goes.

    Raises:
        BadConfig: A coreset goes by vectors, and there is no model to compute them.
    """
    found = Chosen([], {})
    if choices.debias:
        pairs, scores = _debiased(pairs, scores, found, ranking, watching)
    ids: list[str] = pairs["pair_id"].to_pylist()
    rated = scored(pairs, scores, ranking)
    found.score = {one: value for one, value in zip(ids, rated.score.tolist(), strict=True) if not np.isnan(value)}
    found.notes["quality"] = {"weights": ranking.quality.weights, "measured": rated.measured}
    found.ids = sorted(ids, key=lambda one: (-found.score.get(one, 0.0), one))
    if choices.target is not None:
        vectors = space.of(ids) if space.there else None
        with watching("Choosing"):
            selection = select(pool_of(pairs, rated.score, vectors), choices.target, ranking.select)
        found.ids = list(selection.chosen)
        found.drops += selection.drops
        found.notes["target"] = _told(selection)
    if choices.thinning:
        core = _thinned(pairs, scores, rated, space, choices.thinning, found, ranking)
        left = set(core.kept)
        found.ids = [one for one in found.ids if one in left]
        found.drops += core.drops
    return found


def _debiased(
    pairs: pa.Table, scores: pa.Table, found: Chosen, ranking: Ranking, watching: Watching
) -> tuple[pa.Table, pa.Table]:
    from datagen.debias import debias

    with watching("Debiasing") as (_, more):
        done = debias(pairs, seed=ranking.seed, on_progress=lambda _: more(1))
    found.drops += done.drops
    found.orders = {one: (orders.positive, orders.negative) for one, orders in done.orders.items()}
    gone = {drop.pair_id for drop in done.drops}
    by_category = zip(pairs["category"].to_pylist(), pairs["pair_id"].to_pylist(), strict=True)
    lost = Counter(category for category, one in by_category if one in gone)
    supply = Counter(pairs["category"].to_pylist())
    found.notes["debias"] = {
        **done.notes,
        "before": blind_rates(done.before),
        "after": blind_rates(done.after),
        "dropped by category": {name: [lost[name], supply[name]] for name in sorted(supply)},
    }
    left = pa.array([one not in gone for one in pairs["pair_id"].to_pylist()], pa.bool_())
    return pairs.filter(left), scores.filter(left)


def blind_rates(audit: Audit) -> dict[str, list[dict[str, Any]]]:
    """What blind strategies get of plain and of leading questions, by group: strategy, rate, interval and chance."""
    return {
        group.name: [
            {"strategy": one.strategy, "rate": one.accuracy, "low": one.interval.low, "high": one.interval.high,
             "chance": one.chance}
            for one in group.rates
        ]
        for group in (audit.positive, audit.leading)
    }  # fmt: skip


def _thinned(
    pairs: pa.Table,
    scores: pa.Table,
    rated: QualityScores,
    space: Space,
    wanted: Thinning,
    found: Chosen,
    ranking: Ranking,
) -> Coreset:
    """A coreset of the pairs that are chosen so far."""
    places = {one: place for place, one in enumerate(pairs["pair_id"].to_pylist())}
    ids = sorted(found.ids)
    rows = np.array([places[one] for one in ids], np.int64)
    if wanted.coreset == "random":
        categories = pairs["category"].take(rows).to_pylist()
        return random_sample(ids, categories, wanted.fraction or 0.0, seed=ranking.seed)
    if not space.there:
        raise BadConfig(f"{wanted.coreset} {NO_EXTRA}", where="--coreset", fix="Install it, or take --coreset random.")
    if wanted.coreset == "semdedup":
        return _by_cells(ids, space.of(ids), wanted.threshold, found, seed=ranking.seed)
    quality_of, grounded = rated.score[rows], _column(scores, "grounding.fact")[rows]
    by_image = not np.isnan(grounded).all()
    core = dataset_pruning(
        ids,
        space.of(ids),
        grounded if by_image else quality_of,
        strategy=wanted.strategy,
        threshold=wanted.threshold,
        quality=quality_of,
        score_band=wanted.score_band,
        centroid_band=wanted.centroid_band,
    )
    found.notes["coreset"] = {
        "ranked by": "image-text score" if by_image else "quality, for no image model has scored them",
        "without a score": core.unscored,
    }
    return core


def _by_cells(
    ids: Sequence[str], vectors: NDArray[np.float32], threshold: float, found: Chosen, *, seed: int
) -> Coreset:
    """SemDeDup as published: duplicates within k-means cells, kept by order; how many it finds is noted."""
    cells = semdedup(vectors, ids, threshold, seed=seed)
    recall = recall_on_sample(vectors, cells.edges, threshold, seed=seed)
    lost = losses(vectors, cells.survivor)
    drops = tuple(
        Drop("duplicate-in-cell", pair_id=ids[row], score=cosine, threshold=threshold, lost_to=ids[survivor])
        for row, survivor, cosine in zip(
            lost.row.tolist(), lost.survivor.tolist(), lost.similarity.tolist(), strict=True
        )
    )
    found.notes["coreset"] = {
        "cells": int(cells.cell.max(initial=-1)) + 1,
        "recall on a sample": [recall.found, recall.there],
    }
    return Coreset(tuple(ids[row] for row in np.flatnonzero(cells.survivor == np.arange(len(ids)))), drops)


def _column(scores: pa.Table, name: str) -> NDArray[np.float64]:
    if name not in scores.column_names:
        return np.full(len(scores), np.nan)
    return np.asarray(scores[name].to_numpy(zero_copy_only=False), dtype=np.float64)


def _told(selection: Selection) -> dict[str, Any]:
    return {
        "wanted": selection.target,
        "missing": selection.missing,
        "diversity by": selection.diversity,
        "split": [", ".join(cell) for cell in selection.split],
        "quotas": {f"{one.category}, {one.kind}": [one.wanted, one.supply] for one in selection.quotas},
    }
