"""Deciding which of several near-duplicates stays, from edges that were measured before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datagen.dedup import Edges, components, survivors
from datagen.filters.contract import FilterSettings, Joined
from datagen.filters.near_duplicates.measuring import COLUMNS, NAME
from datagen.filters.near_duplicates.settings import NearDuplicatesSettings
from schemas.errors import BadConfig
from schemas.ledger import Drop
from schemas.tables import to_table

RowsOf = Callable[[Sequence[str]], NDArray[np.float32]]
"""Vectors of pairs by id: (n, dim) float32, L2-normalised."""
REASON = "near-duplicate"
_BELOW_ALL = -2.0  # edges that have passed thresholds of their own


class Known(NamedTuple):
    """What is known of pairs beside the filter's own columns."""

    edges: pa.Table  # of the ``edges`` table; rows of other filters play no part
    quality: Mapping[str, float] = {}  # by pair; for the strategy ``best``
    image_text: Mapping[str, float] = {}  # by pair; for ``score-max``
    vectors: RowsOf | None = None  # for ``far``, ``middle`` and ``inner-middle``


class NearDuplicates:
    """Keeps one of each group of pairs that say the same in other words.

    Groups are the connected components of the graph of pairs more alike than a threshold, as in SemDeDup's variant of
    BAAI's Dataset-Pruning; the edges are measured by the stage (:func:`.measure`), since no batch by itself shows them.
    """

    name: ClassVar[str] = NAME
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = COLUMNS

    def __init__(self, settings: NearDuplicatesSettings | FilterSettings | None = None) -> None:
        """With these settings, or the default ones; it knows of no edges yet."""
        given = settings or NearDuplicatesSettings()
        self.settings = NearDuplicatesSettings.model_validate(given.model_dump())
        self._known = Known(to_table("edges", []))

    def knowing(self, known: Known) -> Self:
        """The same filter, which decides by what is known."""
        other = type(self)(self.settings)
        other._known = known
        return other

    def score(self, batch: pa.Table) -> pa.Table:
        """Nulls: a batch by itself is not measured, for pairs are compared by the stage."""
        return pa.table({name: pa.nulls(len(batch), kind) for name, kind in COLUMNS.items()})

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop all of a group but its survivor; a pair that was not measured is in no group.

        Each drop has the survivor, the likeness to it and the threshold that it is held against. Where others link the
        two, the likeness may be below; the detail then names the pair it is joined by. It is null where it was not
        measured, in very large groups.

        Raises:
            BadInput: The strategy goes by vectors, and none are known.
        """
        graph = self._graph(scores)
        if not len(graph.edges):
            return []
        labels = components(len(graph.ids), graph.edges, _BELOW_ALL)
        by_vectors = self.settings.strategy in ("far", "middle", "inner-middle")
        staying = survivors(
            labels,
            graph.ids,
            self.settings.strategy,
            vectors=self._known.vectors(graph.ids) if self._known.vectors and by_vectors else None,
            quality=_looked_up(self._known.quality, graph.ids),
            image_text=_looked_up(self._known.image_text, graph.ids),
        )
        lost = np.flatnonzero(staying != np.arange(len(staying))).tolist()
        return [self._drop(graph, row, int(staying[row])) for row in lost]

    def _graph(self, scores: pa.Table) -> "_Graph":
        rows = [row for row in scores.to_pylist() if row["cluster"] is not None]
        ids = [str(row["pair_id"]) for row in rows]
        place = {pair_id: number for number, pair_id in enumerate(ids)}
        likeness = {}
        for edge in self._known.edges.to_pylist():
            if edge["filter"] == self.name and edge["a"] in place and edge["b"] in place:
                likeness[_ordered(place[edge["a"]], place[edge["b"]])] = edge["similarity"]
        thresholds = {ends: self._threshold(rows[ends[0]], rows[ends[1]]) for ends in likeness}
        joined = sorted(ends for ends, value in likeness.items() if value > thresholds[ends])
        ends = np.array(joined, np.int64).reshape(-1, 2)
        values = np.array([likeness[one] for one in joined], np.float64)
        return _Graph(ids, rows, Edges(ends[:, 0], ends[:, 1], values, _BELOW_ALL), likeness)

    def _threshold(self, one: Mapping[str, object], other: Mapping[str, object]) -> float:
        same = one["cluster"] == other["cluster"]
        return self.settings.threshold(same_image=same, english=bool(one["english"] and other["english"]))

    def _drop(self, graph: "_Graph", row: int, survivor: int) -> Drop:
        likeness = graph.likeness.get(_ordered(row, survivor))
        threshold = self._threshold(graph.rows[row], graph.rows[survivor])
        link = None if likeness is not None and likeness > threshold else graph.nearest(row)
        return Drop(
            REASON,
            pair_id=graph.ids[row],
            detail=None if link is None else f"by way of {graph.ids[link]}",
            score=likeness,
            threshold=threshold,
            lost_to=graph.ids[survivor],
        )


@dataclass(frozen=True)
class _Graph:
    """Pairs that were measured, and what joins them."""

    ids: list[str]
    rows: list[dict[str, object]]
    edges: Edges  # above their thresholds
    likeness: dict[tuple[int, int], float]  # whatever was measured of two of them

    def nearest(self, row: int) -> int:
        """Of those that a row is joined to, the one most like it; of equals, the one whose id comes first."""
        found = (self.edges.a == row) | (self.edges.b == row)
        ends: list[int] = (self.edges.a + self.edges.b - row)[found].tolist()
        ranked = zip((-self.edges.similarity[found]).tolist(), [self.ids[end] for end in ends], ends, strict=True)
        return min(ranked)[2]


def check_known(measured: NearDuplicatesSettings, wanted: NearDuplicatesSettings) -> None:
    """See that edges that were measured under some settings are enough to decide under others.

    Raises:
        BadConfig: They are not: a threshold is below what edges were kept down to.
    """
    for key in ("within", "within_other_languages", "across"):
        threshold, floor = getattr(wanted, key), getattr(measured, key) - measured.floor
        off = key == "across" and measured.across >= 1
        if threshold < (1.0 if off else floor):
            known = "pairs of different images were not compared" if off else f"edges are kept down to {floor:g}"
            raise BadConfig(
                f"{key} = {threshold:g} cannot be decided from what is stored: {known}",
                where=f"leadproof.toml [filter.{NAME}]",
                fix="Run filter without --rethreshold.",
            )
    if wanted.across < 1 and wanted.image_weight != measured.image_weight:
        raise BadConfig(
            "image_weight is part of what was measured",
            where=f"leadproof.toml [filter.{NAME}]",
            fix="Run filter without --rethreshold.",
        )


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _looked_up(values: Mapping[str, float], ids: Sequence[str]) -> NDArray[np.float64]:
    return np.array([values.get(one, np.nan) for one in ids], np.float64)
