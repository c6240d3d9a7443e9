"""The filters that people's corrections pass: structure and duplicates, as all pairs do."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from annotation.at_hand import AtHand
from annotation.verifying import Check
from datagen.filters.duplicates import Duplicates
from datagen.filters.structure import Structure
from schemas.pair import Pair
from schemas.tables import pair_row, to_table


def correction_check(hand: AtHand) -> Check:
    """What refuses a correction: a malformed pair, or one that says what a kept pair says already."""

    def check(made: Sequence[Pair]) -> Mapping[str, str]:
        if not made:
            return {}
        batch = _table(made)
        structure = Structure()
        scores = _scored(structure, batch)
        refused = {str(drop.pair_id): drop.reason for drop in structure.decide(scores)}
        known = _texts(_table(list(hand.kept.values())))
        for pair_id, text in _texts(batch).items():
            if text in known.values() and pair_id not in known:
                refused.setdefault(pair_id, "duplicate")
        return refused

    return check


def _table(pairs: Sequence[Pair]) -> pa.Table:
    return to_table("pairs", [pair_row(pair) for pair in pairs])


def _scored(one: Structure | Duplicates, batch: pa.Table) -> pa.Table:
    return one.score(batch).add_column(0, "pair_id", batch["pair_id"])


def _texts(batch: pa.Table) -> dict[str, str]:
    """What each pair asks, once texts are normalised; corrections of one pair say what it said in other words."""
    scores = _scored(Duplicates(), batch)
    return dict(zip(scores["pair_id"].to_pylist(), scores["normalised"].to_pylist(), strict=True))
