"""The board as one HTML page that needs nothing else: no network, no script, no font."""

from pathlib import Path

from evaluation.board.ramp import HUES, Shade, ramp, step_of
from evaluation.board.sections import Board, Section
from evaluation.board.sheet import Sheet
from evaluation.board.sheets import headline, notes, sheets

MARK = '<meta name="generator" content="leadproof board">'
_WIDTH = 120  # pixels of a drawn interval, for shares of 0 to 1


def as_html(board: Board) -> str:
    """The page. Whatever is put into it is escaped by the template engine."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(Path(__file__).parent)
    made = Environment(loader=folder, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(step=step_of, px=lambda share: f"{_WIDTH * share:.1f}")
    made.globals.update(width=_WIDTH)
    return made.get_template("board.html.jinja").render(
        sections=[
            {
                "section": section,
                "headline": headline(section),
                "sheets": [
                    {"sheet": sheet, "levels": _levels(sheet), "floor": _floor(section)} for sheet in sheets(section)
                ],
                "notes": notes(section),
            }
            for section in board.sections
        ],
        light=_shades(dark=False),
        dark=_shades(dark=True),
    )


def _shades(*, dark: bool) -> dict[str, list[Shade]]:
    return {heat: ramp(heat, dark=dark) for heat in HUES}


def _levels(sheet: Sheet) -> list[tuple[str, int]]:
    """Headings above the columns, each with how many columns it spans; empty where there are none."""
    spans: list[tuple[str, int]] = []
    for column in sheet.columns:
        if spans and spans[-1][0] == column.above:
            spans[-1] = (column.above, spans[-1][1] + 1)
        else:
            spans.append((column.above, 1))
    return spans if any(name for name, _ in spans) else []


def _floor(section: Section) -> float | None:
    """Where the best's interval of RA begins: what reaches it is not told apart."""
    lows = [row.ra.interval.low for row in section.rows if row.standing == "best" and row.ra and row.ra.interval]
    return min(lows, default=None)
