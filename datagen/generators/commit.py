"""Committing what was generated: the union with the pairs a run holds, and the facts they rest on."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from datagen.generators.harvest import Harvest, union, with_earlier
from datagen.ingest.facts import write_facts
from schemas.ledger import Drop
from schemas.manifest import Manifest, StageRef
from schemas.run import RunFolder


def commit_generated(
    run: RunFolder,
    harvest: Harvest,
    *,
    config: dict[str, Any],
    generator: str,
    since: float,
    model: str | None = None,
    tokens: int = 0,
    usd: float = 0.0,
    notes: Mapping[str, Any] | None = None,
    images: Collection[str] | None = None,
) -> Manifest:
    """Commit ``generate/``, and before it ``facts/`` where there are new ones; the run is locked.

    Args:
        run: The run.
        harvest: What was made.
        config: What decides it.
        generator: The backend's name.
        since: When the work began, as ``time.monotonic()`` said.
        model: The model that was asked, if any.
        tokens: Spent by this command.
        usd: Spent by this command.
        notes: For the manifest.
        images: Those that were looked at; None means all.
    """
    _add_facts(run, harvest.facts)
    before = run.current("generate")
    splits = run.require("ingest").table("images", ["image", "split"]).to_pylist()
    fresh = harvest.pairs_table()
    across = _across_splits(fresh, {row["image"]: row["split"] for row in splits})
    table = union(before.table("pairs") if before else None, fresh.filter(pc.invert(across)))
    drops = [*harvest.drops, *(Drop("two-splits", pair_id=one) for one in fresh.filter(across)["pair_id"].to_pylist())]
    with run.stage("generate", since=since) as stage:
        stage.table("pairs", table)
        whose = f"{generator}:{model}" if model else generator
        earlier = before.table("drops") if before else None
        stage.table("drops", with_earlier(earlier, drops, generator=whose, images=images))
        return stage.commit(
            inputs=generate_inputs(run),
            config=config,
            generator=generator,
            model=model,
            counts=_counts(table, before.manifest.counts.get("pairs", 0) if before else 0),
            drops=dict(sorted(harvest.refused.items())),
            tokens=tokens,
            usd=usd,
            notes=dict(notes or {}),
        )


def generate_inputs(run: RunFolder) -> dict[str, StageRef]:
    """The stages that pairs are made from."""
    found = {name: run.current(name) for name in ("ingest", "facts")}
    return {name: stage.manifest.ref for name, stage in found.items() if stage}


def _add_facts(run: RunFolder, facts: list[dict[str, Any]]) -> None:
    """Add the facts that pairs rest on to ``facts/``, unless they stand there already."""
    before = run.current("facts")
    kept = before.table("facts").to_pylist() if before else []
    known = {row["fact_id"] for row in kept}
    fresh = [row for row in facts if row["fact_id"] not in known]
    if fresh:
        boxes = before.table("boxes").to_pylist() if before else []
        write_facts(run, boxes, [*kept, *fresh], sources=before.manifest.sources if before else {})


def _across_splits(table: pa.Table, splits: Mapping[str, str]) -> pa.Array:
    """Which pairs are over two images of two splits: nobody may meet half a pair in another split."""
    positive = pc.struct_field(table["positive"], "image").to_pylist()
    negative = pc.struct_field(table["negative"], "image").to_pylist()
    return pa.array(
        [splits.get(one) != splits.get(two) for one, two in zip(positive, negative, strict=True)], pa.bool_()
    )


def _counts(table: pa.Table, before: int) -> dict[str, int]:
    kinds = Counter(table["kind"].to_pylist())
    categories = Counter(table["category"].to_pylist())
    return {
        "pairs": len(table),
        "new pairs": len(table) - before,
        **dict(sorted(kinds.items())),
        **dict(sorted(categories.items())),
    }
