"""Showing a board on a terminal: who stands where; the rest is in the files."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from app.console import say, show_table
from evaluation.board.row import Rate, Row
from evaluation.board.sections import Board, Section
from evaluation.board.sheets import headline
from schemas.text import plain

_WIDTH = 78
_LONGEST = 30
_STANDING = {"best": "best", "not told apart": "~"}


def show_board(board: Board, files: Sequence[Path]) -> None:
    """Every section in 80 columns, and where the files are."""
    for section in board.sections:
        _show_section(section)
        say()
    say(f"Written: {', '.join(plain(path.name) for path in files)} in {plain(str(files[0].parent))}")


def _show_section(section: Section) -> None:
    say(f"{section.title}: {headline(section)}")
    shown = [(row, row.ra, row.mr) for row in section.rows if row.ra is not None]
    if shown:
        rows = [(_name(row), _share(ra), _interval(ra), _share(mr), _standing(row)) for row, ra, mr in shown]
        show_table("", ("model", "RA", "95 %", "MR", ""), rows)
    contrast = [(_name(row), row.contrast) for row in section.rows if row.contrast is not None]
    if contrast:
        both = [(name, one.pairs, _share(Rate(one.both)), _share(Rate(one.right))) for name, one in contrast]
        show_table("", ("model", "contrast pairs", "both right", "questions right"), both)
    if any(row.standing == "not told apart" for row in section.rows):
        say("~ not told apart from the best: the intervals overlap; compare tests it.")
    for row in section.rows:
        for flag in row.flags:
            for line in textwrap.wrap(f"{plain(row.model)}: {flag}", _WIDTH):
                say(line)


def _name(row: Row) -> str:
    usual = row.source == "published" or row.asked == "plain"
    return plain(row.model if usual else f"{row.model} ({row.asked})", limit=_LONGEST)


def _standing(row: Row) -> str:
    return _STANDING.get(row.standing, "")


def _share(rate: Rate | None) -> str:
    return f"{'-' if rate is None else rate.shown:>5}"


def _interval(rate: Rate) -> str:
    interval = rate.interval
    return "" if interval is None else f"[{100 * interval.low:5.1f}, {100 * interval.high:5.1f}]"
