"""The board as Markdown, in the tables that GitHub shows."""

import re

from evaluation.board.sections import Board, Section
from evaluation.board.sheet import Cell, Sheet
from evaluation.board.sheets import headline, notes, sheets

MARK = "<!-- made by leadproof board -->"
_SPECIAL = re.compile(r"[\\`*_\[\]#|~$]")
_ADDRESS = re.compile(r"\b(?:https?|ftp):|\bwww\.|@", re.IGNORECASE)  # GitHub makes links of these by itself
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def as_markdown(board: Board) -> str:
    """A heading a section, a table a sheet, the notes below. Whatever was not written here is escaped."""
    return "\n\n".join([MARK, "# Leadproof board", *(_section(section) for section in board.sections)]) + "\n"


def _section(section: Section) -> str:
    said = [f"## {_plain(section.title)}", f"{_plain(headline(section))}."]
    for sheet in sheets(section):
        said += [f"### {sheet.title}", sheet.about, _table(sheet)]
    found = notes(section)
    return "\n\n".join([*said, *(["### Notes", "\n".join(f"- {_plain(one)}" for one in found)] if found else [])])


def _table(sheet: Sheet) -> str:
    heads = [" ".join(filter(None, (_plain(one.name), f"({one.below})" if one.below else ""))) for one in sheet.columns]
    lines = [heads, ["---:" if one.is_number else "---" for one in sheet.columns]]
    lines += [[_cell(cell) for cell in row] for row in sheet.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Cell) -> str:
    text = f"**{_plain(cell.text)}**" if cell.best else _plain(cell.text)
    aside = f" ({_plain(cell.aside)})" if cell.aside else ""
    return f"{text}{aside}{f' {cell.mark}' if cell.mark else ''}"


def _plain(text: str) -> str:
    """Text that no reader of Markdown takes for anything else, on one line."""
    one_line = " ".join(text.split())
    escaped = _SPECIAL.sub(lambda found: f"\\{found.group()}", one_line)
    escaped = re.sub("[&<>]", lambda found: _ENTITIES[found.group()], escaped)
    return _ADDRESS.sub(lambda found: f"{found.group()[:-1]}&#{ord(found.group()[-1])};", escaped)
