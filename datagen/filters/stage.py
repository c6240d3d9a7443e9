"""``filter``: every filter scores all pairs, then they decide in order; what is left is kept."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from datagen.filters.contract import Filter, FilterSettings
from datagen.filters.registry import FILTERS
from datagen.workers import cores, packed, unpacked, worker_pool
from schemas.config import checked
from schemas.errors import BadConfig
from schemas.ledger import Drop, drops_table
from schemas.manifest import Manifest
from schemas.run import RunFolder
from schemas.tables import to_table

BATCH = 2_000
WORTH_IT = 4  # batches; below, starting processes takes longer than it saves


@dataclass(frozen=True)
class Filtered:
    """What ``filter`` did; ``changed`` is False where the same was done before."""

    manifest: Manifest
    changed: bool


def filter_pairs(
    run: RunFolder,
    *,
    without: Sequence[str] = (),
    apply: bool = False,
    on_pairs: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Filtered:
    """Score and decide on all pairs of a run; the caller holds the run folder's lock.

    Args:
        run: The run.
        without: Names of filters to leave out.
        apply: Whether filters of content drop imported pairs too; else they only report these.
        on_pairs: Called once with the number of pairs.
        on_progress: Called with how many more are scored.

    Raises:
        MissingStage: There are no pairs yet.
        UnknownName: ``without`` or leadproof.toml names a filter that does not exist.
        BadConfig: A filter's table in leadproof.toml is wrong.
    """
    began = time.monotonic()
    filters = chosen_filters(run, without)
    generated = run.require("generate")
    config: dict[str, Any] = {one.name: one.settings.model_dump() for one in filters} | {"apply": apply}
    inputs = {"generate": generated.manifest.ref}
    before = run.current("filter")
    if before and before.manifest.made_from(inputs=inputs, sources={}, config=config):
        return Filtered(before.manifest, changed=False)

    pairs = generated.table("pairs")
    on_pairs(len(pairs))
    scores = _scores(pairs, filters, on_progress)
    spared = frozenset() if apply else _imported(pairs)
    drops, in_order, alone, reported = _decisions(scores, filters, spared)
    dropped = pa.array([drop.pair_id for drop in drops], pa.string())
    ids = scores["pair_id"].filter(pc.invert(pc.is_in(scores["pair_id"], value_set=dropped))).to_pylist()
    kept = [{"rank": rank, "pair_id": pair_id} for rank, pair_id in enumerate(ids, 1)]
    with run.stage("filter", since=began) as stage:
        path = stage.path / "scores.parquet"
        pq.write_table(scores, path, compression="zstd")
        stage.add(path, rows=len(scores))
        stage.table("drops", drops_table(drops))
        stage.table("edges", to_table("edges", []))
        stage.table("kept", to_table("kept", kept))
        manifest = stage.commit(
            inputs=inputs,
            config=config,
            counts={"pairs": len(pairs), "kept": len(kept)},
            drops=dict(sorted(Counter(drop.reason for drop in drops).items())),
            notes={
                "dropped in order": in_order,
                "dropped alone": alone,
                "reported on imported pairs": reported,
                "without": sorted(without),
            },
        )
    return Filtered(manifest, changed=True)


def chosen_filters(run: RunFolder, without: Sequence[str] = ()) -> list[Filter]:
    """The run's filters with their settings, in the order they decide."""
    for name in (*without, *run.settings.filter):
        FILTERS.get(name)
    filters: list[Filter] = []
    for name in FILTERS.names():
        if name not in without:
            kind = FILTERS.get(name)
            given = run.settings.filter.get(name, {})
            settings = checked(type(kind().settings), given, where=f"leadproof.toml [filter.{name}]")
            filters.append(kind(settings))
    if not filters:
        raise BadConfig("every filter was left out", fix="Leave one in.")
    return filters


def _scores(pairs: pa.Table, filters: Sequence[Filter], on_progress: Callable[[int], None]) -> pa.Table:
    """``pair_id`` and ``filter.column`` for every column of every filter, in the pairs' order."""
    batches = [pairs.slice(start, BATCH) for start in range(0, len(pairs), BATCH)] or [pairs]
    named = [(one.name, one.settings) for one in filters]
    parts = []
    for part in _scored_batches(batches, named):
        parts.append(part)
        on_progress(len(part))
    return pa.concat_tables(parts)


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


def _imported(pairs: pa.Table) -> frozenset[str]:
    generator = pc.struct_field(pairs["provenance"], "generator")
    return frozenset(pairs.filter(pc.equal(generator, "import"))["pair_id"].to_pylist())


class _Decisions(NamedTuple):
    """Drops of all filters in order, how many each dropped there, would drop alone, and reports only."""

    drops: list[Drop]
    in_order: dict[str, int]
    alone: dict[str, int]
    reported: dict[str, list[str]]


def _decisions(scores: pa.Table, filters: Sequence[Filter], spared: frozenset[str]) -> _Decisions:
    made = _Decisions([], {}, {}, {})
    left = scores
    for one in filters:
        made.alone[one.name] = len(one.decide(_columns_of(one, scores)))
        found = one.decide(_columns_of(one, left))
        if one.judges_content:
            kept = sorted(drop.pair_id for drop in found if drop.pair_id in spared)
            made.reported.update({one.name: kept} if kept else {})
            found = [drop for drop in found if drop.pair_id not in spared]
        made.in_order[one.name] = len(found)
        made.drops.extend(found)
        gone = pa.array([drop.pair_id for drop in found], pa.string())
        left = left.filter(pc.invert(pc.is_in(left["pair_id"], value_set=gone)))
    return made


def _columns_of(one: Filter, scores: pa.Table) -> pa.Table:
    return pa.table({"pair_id": scores["pair_id"]} | {name: scores[f"{one.name}.{name}"] for name in one.columns})
