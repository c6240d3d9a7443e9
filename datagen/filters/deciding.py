"""Deciding: filters drop one after the other, each from what the ones before it left."""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from datagen.filters.contract import Filter
from datagen.filters.scoring import columns_of
from schemas.ledger import Drop

NOT_SCORED = "not-scored"


@dataclass
class Decisions:
    """What filters dropped in order, how many each dropped there, would drop alone, and reports only."""

    spared: frozenset[str]  # pairs that filters of content only report
    drops: list[Drop] = field(default_factory=list)
    in_order: dict[str, int] = field(default_factory=dict)
    alone: dict[str, int] = field(default_factory=dict)
    reported: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, unscored: frozenset[str]) -> None:
        """Drop pairs that came after the scores: nothing can be decided on them."""
        self.drops += [Drop(NOT_SCORED, pair_id=one) for one in sorted(unscored)]

    def take(self, one: Filter, scores: pa.Table) -> None:
        """Let a filter decide, on all pairs' scores."""
        self.alone[one.name] = len(one.decide(columns_of(one, scores)))
        found = one.decide(columns_of(one, self.left(scores)))
        if one.judges_content:
            kept = sorted(drop.pair_id for drop in found if drop.pair_id in self.spared)
            self.reported.update({one.name: kept} if kept else {})
            found = [drop for drop in found if drop.pair_id not in self.spared]
        self.in_order[one.name] = len(found)
        self.drops.extend(found)

    def left(self, table: pa.Table) -> pa.Table:
        """The rows of a table with ``pair_id`` whose pairs are not dropped."""
        gone = pa.array([drop.pair_id for drop in self.drops], pa.string())
        return table.filter(pc.invert(pc.is_in(table["pair_id"], value_set=gone)))


def imported(pairs: pa.Table) -> frozenset[str]:
    """The pairs that came in from a file."""
    generator = pc.struct_field(pairs["provenance"], "generator")
    return frozenset(pairs.filter(pc.equal(generator, "import"))["pair_id"].to_pylist())
