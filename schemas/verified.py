"""The pairs that people have verified, and what is exported once they have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from schemas.broken import broken_pairs
from schemas.errors import BadRunFolder
from schemas.kept import kept_pairs
from schemas.run import RunFolder, Stage

REJECTED = "rejected-by-people"
CORRECTED = "corrected-by-people"
REJECTIONS = (REJECTED, CORRECTED)
"""Reasons of drops in ``verify/`` for which a pair is in no export; the others are of corrections not made."""


@dataclass(frozen=True)
class Exportable:
    """Pairs to export.

    Attributes:
        pairs: A ``pairs`` table: kept pairs by rank, then verified ones that a later filter would drop, then
            corrections; letters and verification states are set.
        inputs: The stages they come from.
        dropped_later: Ids of the verified pairs that ``filter/`` does not keep any more.
        left_out: How many kept pairs nobody has verified, and are not among them.
        broken: Ids of kept or verified pairs that are not among them, for just they were broken on purpose.
    """

    pairs: pa.Table
    inputs: Mapping[str, Stage]
    dropped_later: tuple[str, ...] = ()
    left_out: int = 0
    broken: tuple[str, ...] = ()


def exportable_pairs(run: RunFolder, *, unverified: bool = False) -> Exportable:
    """What a run has to export: once people have verified pairs these alone, before that all that filters keep.

    Pairs that people rejected, or corrected, never are, and neither are those that were broken on purpose. A pair that
    only a sample stands for is, as long as filters keep it.

    Args:
        run: The run.
        unverified: Whether pairs that nobody has verified are exported too.

    Raises:
        MissingStage: Pairs were not filtered yet.
        BadRunFolder: A stage names pairs that are not there.
    """
    stages = {name: run.require(name) for name in ("ingest", "generate", "filter")}
    broken = broken_pairs(run)
    kept = kept_pairs(stages["generate"], stages["filter"])
    verified = run.current("verify")
    if verified is None:
        return Exportable(_without(kept, broken), stages, broken=_among(broken, kept))
    stages["verify"] = verified
    told = verified.table("verified")
    found = Exportable(kept, stages, broken=_among(broken, kept, told))
    told = _without(told, broken)
    kept = _without(kept, _rejected(verified) | broken)
    if not len(told):
        return replace(found, pairs=kept)
    by_people = pc.is_in(kept["pair_id"], value_set=_set(told["pair_id"]))
    chosen = kept if unverified else kept.filter(by_people)
    later = _beyond(told.filter(pc.equal(told["verification"], "human-verified")), kept)
    corrections = _found(later, verified.table("pairs"))
    others = _without(_found(later, stages["generate"].table("pairs")), set(corrections["pair_id"].to_pylist()))
    missing = len(later) - len(others) - len(corrections)
    if missing:
        fix = "Delete that numbered folder and run `leadproof annotate verified` again."
        raise BadRunFolder(f"{missing:,} of its pairs are not there", where=str(verified.path), fix=fix)
    return replace(
        found,
        pairs=_stated(pa.concat_tables([chosen, others, corrections]), told),
        dropped_later=tuple(sorted(others["pair_id"].to_pylist())),
        left_out=0 if unverified else len(kept) - len(chosen),
    )


def _rejected(verified: Stage) -> set[str]:
    drops = verified.table("drops", ["pair_id", "reason"])
    chosen = drops.filter(pc.is_in(drops["reason"], value_set=pa.array(REJECTIONS)))
    return set(chosen["pair_id"].drop_null().to_pylist())


def _without(pairs: pa.Table, ids: Collection[str]) -> pa.Table:
    return pairs.filter(pc.invert(pc.is_in(pairs["pair_id"], value_set=pa.array(sorted(ids), pa.string()))))


def _among(ids: Collection[str], *tables: pa.Table) -> tuple[str, ...]:
    """Those of the ids that stand in one of the tables."""
    if not ids:
        return ()
    return tuple(sorted(set(ids) & {one for table in tables for one in table["pair_id"].to_pylist()}))


def _set(ids: pa.ChunkedArray) -> pa.Array:
    return ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids


def _beyond(told: pa.Table, kept: pa.Table) -> pa.Array:
    """Ids that people have verified and filters do not keep."""
    there = pc.is_in(told["pair_id"], value_set=_set(kept["pair_id"]))
    return _set(told.filter(pc.invert(there))["pair_id"])


def _found(ids: pa.Array, pairs: pa.Table) -> pa.Table:
    return pairs.filter(pc.is_in(pairs["pair_id"], value_set=ids))


def _stated(pairs: pa.Table, told: pa.Table) -> pa.Table:
    """Pairs with the state that people gave them."""
    places = pc.index_in(pairs["pair_id"], value_set=_set(told["pair_id"]))
    state = pc.coalesce(told["verification"].take(places), pairs["verification"])
    return pairs.set_column(pairs.schema.get_field_index("verification"), "verification", state)
