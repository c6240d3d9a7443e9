"""Scoring: every filter measures every pair, in batches, in worker processes where there are many."""

from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa

from datagen.filters.contract import Filter, FilterSettings
from datagen.filters.registry import FILTERS
from datagen.workers import cores, packed, unpacked, worker_pool

BATCH = 2_000
WORTH_IT = 4  # batches; below, starting processes takes longer than it saves


def scores_of(pairs: pa.Table, filters: Sequence[Filter], on_progress: Callable[[int], None]) -> pa.Table:
    """``pair_id`` and ``filter.column`` for every column of every filter, in the pairs' order."""
    batches = [pairs.slice(start, BATCH) for start in range(0, len(pairs), BATCH)] or [pairs]
    named = [(one.name, one.settings) for one in filters]
    parts = []
    for part in _scored_batches(batches, named):
        parts.append(part)
        on_progress(len(part))
    return pa.concat_tables(parts)


def columns_of(one: Filter, scores: pa.Table) -> pa.Table:
    """``pair_id`` and one filter's columns, by the names it knows them by."""
    return pa.table({"pair_id": scores["pair_id"]} | {name: scores[f"{one.name}.{name}"] for name in one.columns})


def with_columns(one: Filter, scores: pa.Table, found: pa.Table) -> pa.Table:
    """Scores with a filter's columns added, row for row."""
    for name in one.columns:
        scores = scores.append_column(f"{one.name}.{name}", found[name])
    return scores


def _scored_batches(batches: list[pa.Table], named: list[tuple[str, FilterSettings]]) -> Iterator[pa.Table]:
    if cores() == 1 or len(batches) < WORTH_IT:
        yield from (_score_batch(batch, named) for batch in batches)
        return
    with worker_pool() as pool:
        yield from pool.map(_score_packed, map(packed, batches), [named] * len(batches))


def _score_packed(batch: bytes, named: list[tuple[str, FilterSettings]]) -> pa.Table:
    return _score_batch(unpacked(batch), named)


def _score_batch(batch: pa.Table, named: list[tuple[str, FilterSettings]]) -> pa.Table:
    columns = {"pair_id": batch["pair_id"]}
    for name, settings in named:
        found = FILTERS.get(name)(settings).score(batch)
        columns |= {f"{name}.{column}": found[column] for column in found.column_names}
    return pa.table(columns)
