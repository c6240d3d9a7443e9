"""What a filter is."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Protocol

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from schemas.ledger import Drop
from schemas.pair import Pair
from schemas.tables import pairs_of


class FilterSettings(BaseModel):
    """A filter's thresholds: the keys its ``[filter.NAME]`` table may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Filter(Protocol):
    """Measures pairs, then decides on what it measured.

    ``score`` is pure over a batch of the ``pairs`` table, so batches can be spread; thresholds play no
    part in it, so that they can move later. ``decide`` is pure over the whole set: it is given
    ``pair_id`` and this filter's columns, and names the pairs to drop, each with a reason. A score that
    was not measured is null, and null is never a reason to drop.
    """

    name: ClassVar[str]
    columns: ClassVar[Mapping[str, pa.DataType]]
    settings: FilterSettings

    def __init__(self, settings: FilterSettings | None = None) -> None:
        """A filter with its thresholds, or the default ones."""

    def score(self, batch: pa.Table) -> pa.Table:
        """The filter's columns for a batch of pairs, row for row."""

    def decide(self, scores: pa.Table) -> list[Drop]:
        """The pairs to drop, each once; ``pair_id``, ``reason`` and what else is known of it are set."""


def scored(batch: pa.Table, columns: Mapping[str, pa.DataType], rows: list[tuple[object, ...]]) -> pa.Table:
    """Scores as a table, from one tuple a pair in the order of the columns."""
    listed = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    arrays = [pa.array(values, kind) for values, kind in zip(listed, columns.values(), strict=True)]
    return pa.table(arrays, schema=pa.schema(list(columns.items())))


def pairs_in(batch: pa.Table) -> Iterator[Pair]:
    """The pairs of a batch, as records."""
    return pairs_of(batch)
