"""A row of the benchmark: one half of a pair, its options inside the question's text."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from schemas.durable import write_whole
from schemas.errors import InvalidPair, UnreadableFile
from schemas.mmr.json_rows import JsonRow, place_in, read_json_rows
from schemas.mmr.question_text import NoOptions, QuestionText, split_question

KEYS = ("id", "image", "question", "ground_truth", "question_type")


@dataclass(frozen=True)
class MmrRow:
    """One row as it stands in its file; nothing in it is mended.

    ``row`` is its place (or line) in the file, from 1. ``premise`` is ``true`` in a file of leading
    questions whose premise is true, else None.
    """

    id: str
    image: str
    question: str
    ground_truth: str
    question_type: str
    row: int
    premise: str | None = None

    @cached_property
    def _split(self) -> QuestionText | NoOptions:
        try:
            return split_question(self.question)
        except NoOptions as reason:
            return reason

    @property
    def parsed(self) -> QuestionText | None:
        """The question's stem and options, or None where the text cannot be split."""
        return self._split if isinstance(self._split, QuestionText) else None

    @property
    def unparsed_because(self) -> str | None:
        """Why the question cannot be split, or None where it can."""
        return None if isinstance(self._split, QuestionText) else str(self._split)

    @property
    def gold(self) -> str:
        """The right option's letter, as given but for case and white space."""
        return self.ground_truth.strip().upper()

    def record(self) -> dict[str, str]:
        """The row with the keys and the order of keys of the released file."""
        known = {key: str(getattr(self, key)) for key in KEYS}
        return known if self.premise is None else {**known, "premise": self.premise}


def read_rows(path: Path) -> list[MmrRow]:
    """Read a benchmark file: a JSON array or JSONL, UTF-8; keys beyond the five are ignored.

    Rows whose content is at fault (unreadable options, half a pair, a gold letter without an option)
    are read like any other: ``lint`` names them.

    Raises:
        UnreadableFile: Not a file of JSON rows, or no rows in it.
        InvalidPair: A row is not an object, or a key is missing or not a string.
    """
    found = read_json_rows(path)
    if not found:
        raise UnreadableFile("holds no rows", where=str(path), fix="Give a benchmark file with at least one pair.")
    return [to_row(path, row) for row in found]


def to_row(path: Path, row: JsonRow) -> MmrRow:
    """A JSON value as a row.

    Raises:
        InvalidPair: It is not an object, or a key is missing or not a string.
    """
    faults = shape_faults(row.value)
    if faults or not isinstance(row.value, Mapping):
        raise InvalidPair("; ".join(faults), where=row_place(path, row), fix=_fix(row.value))
    premise = row.value.get("premise")
    known = {key: row.value[key] for key in KEYS}
    known["question_type"] = known["question_type"].strip().upper()
    return MmrRow(**known, row=row.row, premise=premise if isinstance(premise, str) else None)


def shape_faults(value: object) -> list[str]:
    """What keeps a JSON value from being a row at all; empty where nothing does."""
    if not isinstance(value, Mapping):
        return [f"is not an object with the keys {', '.join(KEYS)}"]
    return [
        f"{key} is missing" if key not in value else f"{key} is not a string"
        for key in KEYS
        if not isinstance(value.get(key), str)
    ]


def row_place(path: Path, row: JsonRow) -> str:
    """Where a row stands, for messages: ``file.json (row 17, id attribute/number/03)``."""
    known = row.value.get("id") if isinstance(row.value, Mapping) else None
    return place_in(path, row.row, is_line=row.is_line, known=known if isinstance(known, str) else "")


def _fix(value: object) -> str:
    if isinstance(value, Mapping) and "positive" in value and "negative" in value:
        return "This looks like a file of pairs: export it with `leadproof export --format mmr` first."
    return "Mend the row; `leadproof lint` lists all such rows."


def rows_to_json(rows: Iterable[MmrRow]) -> str:
    """Rows as the text of a JSON array, one key a line, as the released file has it."""
    return json.dumps([row.record() for row in rows], ensure_ascii=False, indent=1) + "\n"


def write_rows(path: Path, rows: Iterable[MmrRow]) -> None:
    """Write a benchmark file that :func:`read_rows` reads, in one step."""
    write_whole(path, rows_to_json(rows))
