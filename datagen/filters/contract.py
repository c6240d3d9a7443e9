"""What a filter is."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from schemas.ledger import Drop

Joined = Literal["captions"]  # list of strings: the captions of the pair's images


class FilterSettings(BaseModel):
    """A filter's thresholds: the keys its ``[filter.NAME]`` table may hold.

    A value of another type is an error, not converted: ``"3"`` and ``true`` are no numbers, and a list is no tuple.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Filter(Protocol):
    """Measures pairs, then decides on what it measured.

    ``score`` is pure over a batch of the ``pairs`` table, so batches can be spread; thresholds play no
    part in it, so that they can move later. ``decide`` is pure over the whole set: it is given
    ``pair_id`` and this filter's columns, and names the pairs to drop, each with a reason. A score that
    was not measured is null, and null is never a reason to drop.
    """

    name: ClassVar[str]
    judges_content: ClassVar[bool]  # of imported pairs it reports only, unless told to apply
    columns: ClassVar[Mapping[str, pa.DataType]]
    wants: ClassVar[frozenset[Joined]]  # columns that its batches bear beside those of ``pairs``

    def __init__(self, settings: FilterSettings | None = None) -> None:
        """A filter with its thresholds, or the default ones."""

    @property
    def settings(self) -> FilterSettings:
        """Its thresholds."""

    def score(self, batch: pa.Table) -> pa.Table:
        """The filter's columns for a batch of pairs, row for row."""

    def decide(self, scores: pa.Table) -> list[Drop]:
        """The pairs to drop, each once; ``pair_id``, ``reason`` and what else is known of it are set."""


def scored(batch: pa.Table, columns: Mapping[str, pa.DataType], rows: list[tuple[object, ...]]) -> pa.Table:
    """Scores as a table, from one tuple a pair in the order of the columns."""
    listed = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    arrays = [pa.array(values, kind) for values, kind in zip(listed, columns.values(), strict=True)]
    return pa.table(arrays, schema=pa.schema(list(columns.items())))


class Half(NamedTuple):
    """What a reader meets of one half of a pair; a record would be checked again, which takes ten times as long."""

    image: str
    text: str
    options: list[str]
    answer: int
    language: str

    @property
    def right(self) -> str:
        """The right option's text."""
        return self.options[self.answer]

    @property
    def wrong(self) -> list[str]:
        """The other options' texts."""
        return [text for place, text in enumerate(self.options) if place != self.answer]


def halves_in(batch: pa.Table) -> Iterator[tuple[Half, Half]]:
    """Positive and negative of each pair of a batch, in order."""
    return ((said.positive, said.negative) for said in said_in(batch))


class Said(NamedTuple):
    """A pair as filters of content read it: what it claims, its halves and, where they were wanted, its captions."""

    kind: str
    category: str
    fact: str
    premise: str
    positive: Half
    negative: Half
    captions: list[str]

    @property
    def english(self) -> bool:
        """Whether both halves are in English: what knows one language alone leaves others unmeasured."""
        return all(half.language.split("-")[0] == "en" for half in (self.positive, self.negative))


def said_in(batch: pa.Table) -> Iterator[Said]:
    """What each pair of a batch says, in order."""
    return iter(_Latest.said_in(batch))


class _Latest:
    """The batch that was read last and what its pairs say: the filters score one after the other, from one reading."""

    _known: ClassVar[tuple[pa.Table | None, tuple[Said, ...]]] = (None, ())

    @classmethod
    def said_in(cls, batch: pa.Table) -> tuple[Said, ...]:
        known, said = cls._known
        if known is not batch:
            said = tuple(_read(batch))
            cls._known = (batch, said)
        return said


def _read(batch: pa.Table) -> Iterator[Said]:
    columns = ["kind", "category", "fact", "premise", "positive", "negative"]
    for row in batch.select([*columns, *(["captions"] if "captions" in batch.column_names else [])]).to_pylist():
        yield Said(
            row["kind"], row["category"], row["fact"] or "", row["premise"] or "",
            _half(row["positive"]), _half(row["negative"]), row.get("captions") or [],
        )  # fmt: skip


def _half(question: dict[str, Any]) -> Half:
    options = [option["text"] for option in question["options"]]
    return Half(question["image"], question["text"], options, question["answer"], question["language"])
