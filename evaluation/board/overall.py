"""The first sheet of a section: each model's rates over all pairs, and how they were come by."""

from evaluation.board.cells import NOTHING, Shown, name_alone, rate, sheet_of, with_interval
from evaluation.board.row import Row
from evaluation.board.sections import Section
from evaluation.board.sheet import Cell, Column, Sheet

_ABOUT = (
    "RA: share of pairs with both questions right. MR: of the pairs whose plain question was right, the share whose "
    "leading question was wrong. Per cent, with 95 % intervals."
)


def overall(section: Section) -> Sheet:
    """RA and MR with their intervals; what else was measured has a column where some row has it."""
    other = "strict" if section.reader == "official" else "official"
    return sheet_of(
        section,
        "Robustness",
        _ABOUT,
        [
            *asked_and_read(),
            Shown(Column("Pairs"), lambda row: Cell(f"{row.pairs:,}")),
            Shown(Column("RA"), _ra),
            Shown(Column("MR"), lambda row: with_interval(row.mr)),
            Shown(Column("True premise"), lambda row: with_interval(row.true_premise)),
            Shown(Column("Circular RA"), lambda row: rate(row.circular)),
            Shown(Column("Kept"), lambda row: rate(row.kept)),
            Shown(Column("Blind RA"), lambda row: rate(row.blind)),
            Shown(Column(f"RA, {other}"), lambda row: rate(row.other_ra)),
            Shown(Column("Unread"), _unread),
        ],
        name=name_alone,
    )


def asked_and_read() -> tuple[Shown, Shown]:
    """How a model was asked, and which reader read its replies."""
    return (
        Shown(Column("Asked", is_number=False), lambda row: Cell(row.asked), always=True),
        Shown(Column("Read by", is_number=False), lambda row: Cell(row.reader), always=True),
    )


def _ra(row: Row) -> Cell:
    return with_interval(row.ra, best=row.standing == "best", near=row.standing == "not told apart", drawn=True)


def _unread(row: Row) -> Cell:
    return NOTHING if row.unread is None else Cell(f"{row.unread:,}", aside=f"of {row.questions:,}")
