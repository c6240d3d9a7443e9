"""The pairs that may be judged, and all that tasks show of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from annotation.assigning.assign import Candidate, Group
from annotation.gold.record import GoldPair, read_gold
from schemas.errors import WorkFailed
from schemas.kept import kept_pairs
from schemas.pair import Pair
from schemas.run import RunFolder
from schemas.tables import pairs_of


@dataclass(frozen=True)
class AtHand:
    """What a run holds for people to judge."""

    run: RunFolder
    kept: Mapping[str, Pair] = field(repr=False)
    """What ``filter/`` keeps, lettered as it left them, in the order of their ranks."""
    corrections: Mapping[str, Pair] = field(repr=False)
    """What people have made of others, from ``verify/``."""
    gold: tuple[GoldPair, ...] = field(repr=False)

    @cached_property
    def images(self) -> dict[str, dict[str, Any]]:
        """The rows of the run's images, by reference."""
        return {row["image"]: row for row in self.run.require("ingest").table("images").to_pylist()}

    @cached_property
    def captions(self) -> dict[str, list[str]]:
        """The captions of each image."""
        found: dict[str, list[str]] = {}
        for row in self.run.require("ingest").table("captions", ["image", "text"]).to_pylist():
            found.setdefault(row["image"], []).append(row["text"])
        return found

    def group(self, pair: Pair) -> Group:
        """Whether a pair belongs to the benchmark split, or to another."""
        return "benchmark" if self.images[pair.positive.image]["split"] == "benchmark" else "train"

    def may_leave(self, pair: Pair) -> bool:
        """Whether all its images may be sent to other hosts."""
        return all(self.images[ref]["may_leave"] is not False for ref in pair.images)

    def shown(self, pair: Pair) -> bool:
        """Whether its images can be shown: one that was only named cannot."""
        return all(ref in self.images and self.images[ref]["path"] is not None for ref in pair.images)

    def by_id(self, wanted: Collection[str]) -> dict[str, Pair]:
        """Pairs by id: kept, corrected, gold, and those that a later filter would drop."""
        known = {**{one.pair_id: one.pair for one in self.gold}, **self.corrections, **self.kept}
        missing = [one for one in wanted if one not in known]
        found = {one: known[one] for one in wanted if one in known}
        if missing:
            table = self.run.require("generate").table("pairs")
            rows = table.filter(pc.is_in(table["pair_id"], value_set=pa.array(missing, pa.string())))
            found |= {pair.pair_id: pair for pair in pairs_of(rows)}
        return found

    def candidates(self, authors: Mapping[str, Collection[str]], doubt: Mapping[str, float]) -> list[Candidate]:
        """Corrections, then kept pairs by rank, whose images can be shown.

        Args:
            authors: By correction: who made it, and so must not judge it.
            doubt: By pair: how prone it is to disagreement; 0 where nothing is known.
        """
        both = {**self.corrections, **self.kept}
        return [
            Candidate(pair, self.group(pair), doubt.get(one, 0.0), frozenset(authors.get(one, ())))
            for one, pair in both.items()
            if self.shown(pair)
        ]


def at_hand(run: RunFolder, *, some_kept: bool = True) -> AtHand:
    """What a run holds for people to judge.

    Args:
        run: The run.
        some_kept: Whether there must be pairs that the filters keep.

    Raises:
        MissingStage: Pairs were not filtered yet.
        WorkFailed: No pair was kept.
    """
    generated, filtered = run.require("generate"), run.require("filter")
    kept = {pair.pair_id: pair for pair in pairs_of(kept_pairs(generated, filtered))}
    if some_kept and not kept:
        raise WorkFailed("no pair was kept by the filters", where=str(filtered.path), fix="See `leadproof status`.")
    verified = run.current("verify")
    corrections = {pair.pair_id: pair for pair in pairs_of(verified.table("pairs"))} if verified else {}
    return AtHand(run, kept, corrections, tuple(read_gold(run)))


def measured_doubt(run: RunFolder) -> dict[str, float]:
    """How prone pairs are to disagreement, in [0, 1], by what verifying models made of them; empty without any.

    It is greatest where half of the models' answers to the leading question are wrong.
    """
    filtered = run.current("filter")
    column = "difficulty.difficulty"
    if filtered is None:
        return {}
    path = filtered.file("scores")
    if column not in pq.read_schema(path).names:
        return {}
    rows = pq.read_table(path, columns=["pair_id", column]).to_pylist()
    return {row["pair_id"]: 1 - abs(2 * row[column] - 1) for row in rows if row[column] is not None}
