"""The board as one HTML page that needs nothing else: no network, no script, no font."""

import math
from dataclasses import dataclass
from pathlib import Path

from evaluation.board.ramp import HUES, ramp, step_of
from evaluation.board.sections import Board, Section
from evaluation.board.sheet import Sheet
from evaluation.board.sheets import headline, notes, sheets

MARK = '<meta name="generator" content="leadproof board">'
_WIDTH = 150  # pixels


@dataclass(frozen=True)
class Axis:
    """Where intervals are drawn: from ``low`` to ``high`` per cent. ``floor`` is where the best's interval begins."""

    low: int
    high: int
    floor: float | None
    width: int = _WIDTH

    def px(self, share: float) -> str:
        """How far from the left a share in [0, 1] stands."""
        return f"{self.width * (100 * share - self.low) / (self.high - self.low):.1f}"


def as_html(board: Board) -> str:
    """The page. Whatever is put into it is escaped by the template engine."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(Path(__file__).parent)
    made = Environment(loader=folder, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters["step"] = step_of
    return made.get_template("board.html.jinja").render(
        sections=[
            {
                "section": section,
                "headline": headline(section),
                "sheets": [
                    {"sheet": one, "levels": _levels(one), "drawn": _drawn(one), "axis": _axis(section)}
                    for one in sheets(section)
                ],
                "notes": notes(section),
            }
            for section in board.sections
        ],
        light={heat: ramp(heat, dark=False) for heat in HUES},
        dark={heat: ramp(heat, dark=True) for heat in HUES},
    )


def _levels(sheet: Sheet) -> list[tuple[str, int]]:
    """Headings above the columns, each with how many columns it spans; empty where there are none."""
    spans: list[tuple[str, int]] = []
    for column in sheet.columns:
        if spans and spans[-1][0] == column.above:
            spans[-1] = (column.above, spans[-1][1] + 1)
        else:
            spans.append((column.above, 1))
    return spans if any(name for name, _ in spans) else []


def _drawn(sheet: Sheet) -> int | None:
    """The column whose intervals are drawn beside it."""
    places = {at for row in sheet.rows for at, cell in enumerate(row) if cell.span}
    return min(places, default=None)


def _axis(section: Section) -> Axis:
    """Whole tens around all intervals of the section: place is compared, not length, so it need not begin at 0."""
    intervals = [row.ra.interval for row in section.rows if row.ra and row.ra.interval]
    low = 10 * math.floor(10 * min((one.low for one in intervals), default=0.0))
    high = 10 * math.ceil(10 * max((one.high for one in intervals), default=1.0))
    best = [row.ra.interval.low for row in section.rows if row.standing == "best" and row.ra and row.ra.interval]
    return Axis(low, max(high, low + 10), min(best, default=None))
