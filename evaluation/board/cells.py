"""Rates as cells, and columns of cells as sheets."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from evaluation.board.row import Rate, Row
from evaluation.board.sections import Section
from evaluation.board.sheet import DASH, IMPOSSIBLE, NEAR, Cell, Column, Sheet

NOTHING = Cell(DASH)
NAME = Column("Model", is_number=False)


class Shown(NamedTuple):
    """A column, and what it says of a row. One that is not ``always`` is left out where no row has it."""

    column: Column
    cell: Callable[[Row], Cell]
    always: bool = False


def sheet_of(section: Section, title: str, about: str, shown: Iterable[Shown], *, name: Callable[[Row], Cell]) -> Sheet:
    """A sheet of a section: the names, then the columns that some row fills."""
    made = []
    for one in shown:
        cells = [one.cell(row) for row in section.rows]
        if one.always or any(cell != NOTHING for cell in cells):
            made.append((one.column, cells))
    return Sheet(
        title=title,
        about=about,
        columns=(NAME, *(column for column, _ in made)),
        rows=tuple((name(row), *(cells[at] for _, cells in made)) for at, row in enumerate(section.rows)),
        own=tuple(row.source == "own" for row in section.rows),
    )


def name_alone(row: Row) -> Cell:
    """The model's name, where a column beside it says how it was asked."""
    return Cell(row.model)


def full_name(section: Section) -> Callable[[Row], Cell]:
    """The model's name, with how it was asked where the section holds the name more than once."""
    times = Counter(row.model for row in section.rows)
    return lambda row: Cell(row.model, aside=row.asked if times[row.model] > 1 else "")


def rate(found: Rate | None) -> Cell:
    """A rate alone."""
    return NOTHING if found is None else Cell(found.shown)


def with_interval(found: Rate | None, *, best: bool = False, near: bool = False, drawn: bool = False) -> Cell:
    """A rate and its interval; ``near`` is not told apart from the best."""
    if found is None:
        return NOTHING
    mark = IMPOSSIBLE if found.impossible else NEAR if near else ""
    if found.interval is None:
        return Cell(found.shown, mark=mark, best=best)
    low, high = found.interval.low, found.interval.high
    span = (low, found.share, high) if drawn else None
    return Cell(found.shown, f"{100 * low:.1f}–{100 * high:.1f}", mark, best=best, span=span)
