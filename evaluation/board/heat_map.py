"""RA and MR by category: a sheet whose cells are shaded by what they say."""

from collections.abc import Sequence
from typing import Literal

from evaluation.board.cells import NAME, NOTHING, full_name
from evaluation.board.row import Rate
from evaluation.board.sections import Section
from evaluation.board.sheet import IMPOSSIBLE, Cell, Column, Sheet

_ABOUT = "Per cent; {better} is better. Under each category, how many pairs it has; its best is in bold."


def heat_map(section: Section, which: Literal["ra", "mr"]) -> Sheet:
    """One rate of every model in every category.

    A figure that cannot be is shown as it was published and marked; it has no shade and is never the best.
    """
    columns, cells = [], []
    for name in section.categories:
        rates = [(row.ra_by_category if which == "ra" else row.mr_by_category).get(name) for row in section.rows]
        level, _, short = name.partition("/")
        columns.append(Column(short or level, below=f"{section.pairs_of.get(name, 0):,}", above=level))
        best = _best(rates, which)
        cells.append([_cell(rate, best) for rate in rates])
    named = full_name(section)
    return Sheet(
        title=f"{which.upper()} by category",
        about=_ABOUT.format(better="higher" if which == "ra" else "lower"),
        columns=(NAME, *columns),
        rows=tuple((named(row), *(column[at] for column in cells)) for at, row in enumerate(section.rows)),
        own=tuple(row.source == "own" for row in section.rows),
        heat=which,
    )


def _best(rates: Sequence[Rate | None], which: str) -> float | None:
    """The best share of a column; None where there is nothing to be better than."""
    sound = [rate.share for rate in rates if rate is not None and not rate.impossible]
    if len(set(sound)) < 2:
        return None
    return max(sound) if which == "ra" else min(sound)


def _cell(rate: Rate | None, best: float | None) -> Cell:
    if rate is None:
        return NOTHING
    if rate.impossible:
        return Cell(f"{rate.percent:.2f}", mark=IMPOSSIBLE)
    return Cell(rate.shown, share=rate.share, best=rate.share == best)
