"""Sheets beside the pairs of plain and leading questions: contrast pairs, and what a model costs to run."""

from collections.abc import Callable
from dataclasses import replace

from evaluation.board.cells import NOTHING, Shown, full_name, name_alone, rate, sheet_of, with_interval
from evaluation.board.efficiency import FIGURES, Figure, shown
from evaluation.board.overall import asked_and_read
from evaluation.board.row import Rate, Row
from evaluation.board.sections import Section
from evaluation.board.sheet import DASH, Cell, Column, Sheet
from evaluation.scores import ContrastScores


def contrast(section: Section) -> Sheet:
    """Pairs of questions, or of images, with opposite answers."""
    columns = [
        *asked_and_read(),
        Shown(Column("Pairs"), lambda row: Cell(f"{row.contrast.pairs:,}") if row.contrast else NOTHING),
        Shown(Column("Both right"), _both),
        Shown(Column("Questions right"), _of(lambda one: one.right)),
        Shown(Column("Images right"), _of(lambda one: one.images)),
        Shown(Column("Groups right"), _of(lambda one: one.groups)),
        Shown(Column("F1 of yes"), _of(lambda one: one.f1)),
        Shown(Column("Said yes"), _of(lambda one: one.yes)),
    ]
    about = "Two questions, or two images, with opposite answers. Per cent; of both, with 95 % intervals."
    return _kept(sheet_of(section, "Contrast pairs", about, columns, name=name_alone), section, _has_contrast)


def efficiency(section: Section) -> Sheet:
    """What was measured of the models themselves; rows of which nothing was are left out."""
    columns = [Shown(Column(figure.heading), _measured(figure)) for figure in FIGURES]
    about = f"Measured where the model ran; {DASH} where it was not."
    sheet = sheet_of(section, "Efficiency", about, columns, name=full_name(section))
    return _kept(sheet, section, lambda row: bool(row.efficiency))


def _kept(sheet: Sheet, section: Section, keep: Callable[[Row], bool]) -> Sheet:
    places = [at for at, row in enumerate(section.rows) if keep(row)]
    return replace(sheet, rows=tuple(sheet.rows[at] for at in places), own=tuple(sheet.own[at] for at in places))


def _has_contrast(row: Row) -> bool:
    return row.contrast is not None


def _both(row: Row) -> Cell:
    return with_interval(Rate(row.contrast.both, row.contrast.both_ci)) if row.contrast else NOTHING


def _of(share: Callable[[ContrastScores], float | None]) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        found = share(row.contrast) if row.contrast else None
        return rate(None if found is None else Rate(found))

    return cell


def _measured(figure: Figure) -> Callable[[Row], Cell]:
    return lambda row: Cell(shown(figure, row.efficiency) or DASH)
