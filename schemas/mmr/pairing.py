"""Which rows belong together: by id, one positive and one negative."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from schemas.mmr.rows import MmrRow


class Half(Protocol):
    """What is half of a pair: a row, or what was read of its reply."""

    @property
    def id(self) -> str:
        """The pair's id."""

    @property
    def question_type(self) -> str:
        """POS or NEG."""


AnyHalf = TypeVar("AnyHalf", bound=Half)


@dataclass(frozen=True)
class RowPair:
    """The two rows of a pair."""

    positive: MmrRow
    negative: MmrRow

    @property
    def category(self) -> str:
        """The category that the pair's id begins with."""
        return category_of(self.positive.id)


@dataclass(frozen=True)
class Orphan:
    """Rows of one id that are not one positive and one negative."""

    rows: tuple[MmrRow, ...]

    @property
    def what(self) -> str:
        """What is wrong, in words."""
        return why_no_pair(self.rows)


def category_of(row_id: str) -> str:
    """The category in a row's id: ``attribute/number/03`` is of ``attribute/number``."""
    return "/".join(row_id.split("/")[:2])


def pair_by_id(rows: Sequence[MmrRow]) -> tuple[list[RowPair], list[Orphan]]:
    """Put rows into pairs by their id; where an id stands more than twice, its k-th POS and k-th NEG.

    Returns:
        Pairs, and what is left over, both in the order of their first row.
    """
    pairs, left = halves_by_id(rows)
    ordered = sorted(pairs, key=lambda halves: min(half.row for half in halves))
    return [RowPair(*halves) for halves in ordered], [Orphan(group) for group in left]


def halves_by_id(rows: Sequence[AnyHalf]) -> tuple[list[tuple[AnyHalf, AnyHalf]], list[tuple[AnyHalf, ...]]]:
    """The positive and the negative half of every pair, and what is left over of an id, as :func:`pair_by_id`.

    Returns:
        Pairs in the order of their first half, and groups of one id each.
    """
    by_id: dict[str, list[tuple[int, AnyHalf]]] = {}
    for place, row in enumerate(rows):
        by_id.setdefault(row.id, []).append((place, row))
    pairs: list[tuple[int, tuple[AnyHalf, AnyHalf]]] = []
    left: list[tuple[AnyHalf, ...]] = []
    for group in by_id.values():
        positives, negatives = ([one for one in group if one[1].question_type == kind] for kind in ("POS", "NEG"))
        whole = list(zip(positives, negatives, strict=False))
        pairs += [(min(at, beside), (positive, negative)) for (at, positive), (beside, negative) in whole]
        paired = {place for halves in whole for place, _ in halves}
        rest = tuple(row for place, row in group if place not in paired)
        left += [rest] if rest else []
    return [halves for _, halves in sorted(pairs, key=lambda one: one[0])], left


def why_no_pair(rows: Sequence[Half]) -> str:
    """What keeps rows of one id from being a pair, in words."""
    if len(rows) == 1:
        return f"the pair has its {rows[0].question_type} row only"
    kinds = " and ".join(row.question_type or "nothing" for row in rows)
    return f"the pair's rows are {kinds}, not one POS and one NEG"
