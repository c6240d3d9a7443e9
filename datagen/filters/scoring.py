"""Scoring: every filter measures every pair, in batches, in worker processes where there are many."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datagen.filters.captions import Captions
from datagen.filters.contract import Filter, FilterSettings
from datagen.filters.registry import FILTERS
from datagen.workers import cores, packed, unpacked, worker_pool

BATCH = 2_000
WORTH_IT = 4  # batches; below, starting processes takes longer than it saves


def scores_of(
    pairs: pa.Table, filters: Sequence[Filter], on_progress: Callable[[int], None], *, captions: Captions | None = None
) -> pa.Table:
    """``pair_id`` and ``filter.column`` for every column of every filter, in the pairs' order.

    Args:
        pairs: The pairs.
        filters: Who measures them.
        on_progress: Called with how many more are scored.
        captions: Joined to each batch; filters that want them have none to compare with otherwise.
    """
    parts = []
    named = [(one.name, one.settings) for one in filters]
    order = _alike_together(pairs)
    for part in _scored_batches(list(_batches(pairs.take(order))), named, captions):
        parts.append(part)
        on_progress(len(part))
    return pa.concat_tables(parts).take(np.argsort(order))


def columns_of(one: Filter, scores: pa.Table) -> pa.Table:
    """``pair_id`` and one filter's columns, by the names it knows them by."""
    return pa.table({"pair_id": scores["pair_id"]} | {name: scores[f"{one.name}.{name}"] for name in one.columns})


def with_columns(one: Filter, scores: pa.Table, found: pa.Table) -> pa.Table:
    """Scores with one filter's columns in place of what it had, row for row."""
    for name in one.columns:
        place = scores.schema.get_field_index(f"{one.name}.{name}")
        scores = scores.set_column(place, f"{one.name}.{name}", found[name])
    return scores


def _alike_together(pairs: pa.Table) -> NDArray[np.int64]:
    """The order in which pairs of like texts share a batch: what a worker has read once it need not read again."""
    keys = [(name, "ascending") for name in ("category", "fact")]
    return np.asarray(pc.sort_indices(pairs, sort_keys=keys), dtype=np.int64)


def _batches(pairs: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, max(len(pairs), 1), BATCH):
        yield pairs.slice(start, BATCH)


def _scored_batches(
    batches: list[pa.Table], named: list[tuple[str, FilterSettings]], captions: Captions | None
) -> Iterator[pa.Table]:
    ready = map(captions.joined, batches) if captions else iter(batches)
    if cores() == 1 or len(batches) < WORTH_IT:
        yield from (_score_batch(batch, named) for batch in ready)
        return
    with worker_pool() as pool:
        yield from pool.map(_score_packed, map(packed, ready), [named] * len(batches))


def _score_packed(batch: bytes, named: list[tuple[str, FilterSettings]]) -> pa.Table:
    return _score_batch(unpacked(batch), named)


def _score_batch(batch: pa.Table, named: list[tuple[str, FilterSettings]]) -> pa.Table:
    columns = {"pair_id": batch["pair_id"]}
    for name, settings in named:
        found = FILTERS.get(name)(settings).score(batch)
        columns |= {f"{name}.{column}": found[column] for column in found.column_names}
    return pa.table(columns)
