"""The filters that people's corrections pass: structure and duplicates, as all pairs do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa

from annotation.at_hand import AtHand
from annotation.verifying import Check
from datagen.filters.choices import chosen_filters
from datagen.filters.contract import Filter
from datagen.filters.duplicates import Duplicates
from datagen.filters.structure import Structure
from schemas.pair import Pair
from schemas.tables import pair_row, to_table


def correction_check(hand: AtHand) -> Check:
    """What refuses a correction: a malformed pair, one that says what another says already, or of no known category.

    It may say what the pair says that it was made of, which is given up for it: often only its category or an option
    that nobody should choose is another. Pairs that the filters keep have passed them.
    """

    def check(made: Sequence[Pair]) -> Mapping[str, str]:
        fresh = [pair for pair in made if pair.pair_id not in hand.kept]
        if not fresh:
            return {}
        batch = _table(fresh)
        structure = next(one for one in chosen_filters(hand.run) if one.name == Structure.name)
        refused = {str(drop.pair_id): drop.reason for drop in structure.decide(_scored(structure, batch))}
        categories = {*hand.run.settings.run.taxonomy.categories, *(pair.category for pair in hand.kept.values())}
        refused |= {pair.pair_id: "unknown-category" for pair in fresh if pair.category not in categories}
        said: dict[str, set[str]] = defaultdict(set)
        for pair_id, text in _texts(_table(list(hand.kept.values()))).items():
            said[text].add(pair_id)
        sources = {pair.pair_id: pair.corrected_from for pair in fresh}
        for pair_id, text in _texts(batch).items():
            if pair_id not in refused:
                if said[text] - _made_of(pair_id, sources):
                    refused[pair_id] = "duplicate"
                else:
                    said[text].add(pair_id)
        return refused

    return check


def _made_of(pair_id: str, sources: Mapping[str, str | None]) -> set[str]:
    """The pairs that a correction was made of, one after the other."""
    found: set[str] = set()
    one = sources.get(pair_id)
    while one is not None and one not in found:
        found.add(one)
        one = sources.get(one)
    return found


def _table(pairs: Sequence[Pair]) -> pa.Table:
    return to_table("pairs", [pair_row(pair) for pair in pairs])


def _scored(one: Filter, batch: pa.Table) -> pa.Table:
    return one.score(batch).add_column(0, "pair_id", batch["pair_id"])


def _texts(batch: pa.Table) -> dict[str, str]:
    """What each pair asks, once texts are normalised; corrections of one pair say what it said in other words."""
    scores = _scored(Duplicates(), batch)
    return dict(zip(scores["pair_id"].to_pylist(), scores["normalised"].to_pylist(), strict=True))
