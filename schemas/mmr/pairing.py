"""Which rows belong together: by id, one positive and one negative."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.mmr.rows import MmrRow


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
        if len(self.rows) == 1:
            return f"the pair has its {self.rows[0].question_type} row only"
        kinds = " and ".join(row.question_type or "nothing" for row in self.rows)
        return f"the pair's rows are {kinds}, not one POS and one NEG"


def category_of(row_id: str) -> str:
    """The category in a row's id: ``attribute/number/03`` is of ``attribute/number``."""
    return "/".join(row_id.split("/")[:2])


def pair_by_id(rows: Sequence[MmrRow]) -> tuple[list[RowPair], list[Orphan]]:
    """Put rows into pairs by their id; where an id stands more than twice, its k-th POS and k-th NEG.

    Returns:
        Pairs, and what is left over, both in the order of their first row.
    """
    by_id: dict[str, list[MmrRow]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row)
    pairs: list[RowPair] = []
    orphans: list[Orphan] = []
    for group in by_id.values():
        positives = [row for row in group if row.question_type == "POS"]
        negatives = [row for row in group if row.question_type == "NEG"]
        whole = min(len(positives), len(negatives))
        pairs += [RowPair(*halves) for halves in zip(positives, negatives, strict=False)]
        paired = {row.row for row in (*positives[:whole], *negatives[:whole])}
        rest = tuple(row for row in group if row.row not in paired)
        if rest:
            orphans.append(Orphan(rest))
    return sorted(pairs, key=lambda pair: min(pair.positive.row, pair.negative.row)), orphans
