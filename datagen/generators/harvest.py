"""What generators made of some images, taken in as tables as it comes."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from schemas.ledger import DROP_ORDER, Drop, drops_table
from schemas.tables import to_table


class Chunk(NamedTuple):
    """What came of some images, in a form that is quick to hand from process to process."""

    images: int
    pairs: pa.Table
    facts: list[dict[str, Any]]
    drops: list[Drop]
    refused: Counter[str]  # how often, by reason


class Harvest:
    """Everything made in one command; records do not pile up."""

    def __init__(self, wanted: Sequence[str]) -> None:
        """Only pairs of these categories are taken in; none means all."""
        self._wanted = pa.array(sorted(wanted), pa.string())
        self._pairs: list[pa.Table] = []
        self.facts: list[dict[str, Any]] = []
        self.drops: list[Drop] = []
        self.refused: Counter[str] = Counter()

    def add(self, chunk: Chunk) -> None:
        """Take in a chunk's results."""
        in_it = pc.is_in(chunk.pairs["category"], self._wanted) if len(self._wanted) else None
        self._pairs.append(chunk.pairs if in_it is None else chunk.pairs.filter(in_it))
        self.facts += chunk.facts
        self.drops += chunk.drops
        self.refused += chunk.refused

    def pairs_table(self) -> pa.Table:
        """All pairs, each id once, by id."""
        table = pa.concat_tables([to_table("pairs", []), *self._pairs]).sort_by("pair_id")
        ids = table["pair_id"].combine_chunks()
        if len(ids) < 2:
            return table
        first = pa.concat_arrays([pa.array([True]), pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))])
        return table.filter(first)


def union(before: pa.Table | None, fresh: pa.Table) -> pa.Table:
    """Pairs that were there and pairs that are new, by id; what was there stays as it is."""
    if before is not None:
        fresh = fresh.filter(pc.invert(pc.is_in(fresh["pair_id"], value_set=before["pair_id"].combine_chunks())))
        fresh = pa.concat_tables([before, fresh])
    return fresh.sort_by("pair_id")


def with_earlier(
    before: pa.Table | None, drops: Iterable[Drop], *, generator: str, images: Collection[str] | None = None
) -> pa.Table:
    """A generator's drops, and those that stood there before: other generators', and of images it left alone.

    Args:
        before: The ``drops`` of the stage that this one takes the place of.
        drops: Of this command.
        generator: Whose they are.
        images: Those it was given; None means all.
    """
    table = drops_table([replace(drop, generator=generator) for drop in drops])
    if before is None:
        return table
    others = pc.fill_null(pc.not_equal(before["generator"], generator), True)
    if images is not None:
        given = pa.array(sorted(images), pa.string())
        left_alone = pc.and_(pc.is_valid(before["image"]), pc.invert(pc.is_in(before["image"], value_set=given)))
        others = pc.or_(others, left_alone)
    kept = before.filter(others)
    return pa.concat_tables([table, kept]).sort_by([(name, "ascending") for name in ("generator", *DROP_ORDER)])


def refusals(image: str, refused: Iterable[tuple[tuple[str, str], int]]) -> list[Drop]:
    """Ledger rows of what a generator refused of an image: (category, reason) and how often."""
    return [
        Drop(reason, image=image, category=category or None, detail=f"{times} times")
        for (category, reason), times in sorted(refused)
    ]
