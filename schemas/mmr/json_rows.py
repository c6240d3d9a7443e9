"""A file of JSON rows: one array, or one value a line (JSONL)."""

import json
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import UnreadableFile


@dataclass(frozen=True)
class JsonRow:
    """One value of the file. ``row`` is its place in the array, or its line where ``is_line``, from 1."""

    row: int
    value: object
    is_line: bool = False


def read_json_rows(path: Path) -> list[JsonRow]:
    """Read all rows of a JSON array or a JSONL file in UTF-8, with or without a byte order mark.

    A file that holds a single value which is not an array is one row.

    Raises:
        UnreadableFile: It cannot be opened, is empty, is not UTF-8 or not JSON.
    """
    text = _text(path)
    try:
        whole = _parsed(text)
    except ValueError as error:
        lines = _lines(text)
        if len(lines) == 1 or not _is_json(lines[0].text):
            raise _broken(path, error) from error
        return [JsonRow(line.number, _line_value(path, line), is_line=True) for line in lines]
    if isinstance(whole, list):
        return [JsonRow(place, value) for place, value in enumerate(whole, 1)]
    return [JsonRow(1, whole)]


def place_in(file: str | Path, row: int, *, is_line: bool, known: str = "") -> str:
    """Where a row stands, for messages: ``file.jsonl:17 (id x)`` for a line, else ``file.json (row 17, id x)``.

    A row of an array is not a line: editors that follow ``file:17`` would lead astray.
    """
    named = f"id {known}" if known else ""
    if is_line:
        return f"{file}:{row} ({named})" if named else f"{file}:{row}"
    return f"{file} (row {row}, {named})" if named else f"{file} (row {row})"


@dataclass(frozen=True)
class _Line:
    number: int
    text: str


def _text(path: Path) -> str:
    if path.exists() and not path.is_dir() and not path.is_file():
        raise UnreadableFile("is not an ordinary file", where=str(path), fix="Save what it holds to a file first.")
    try:
        content = path.read_bytes()
    except OSError as error:
        what = "is a folder, not a file" if path.is_dir() else f"cannot be read ({error.strerror or error})"
        raise UnreadableFile(what, where=str(path), fix="Check the path.") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"is not UTF-8 (byte {error.start})", where=str(path), fix="Save it as UTF-8 text."
        ) from error
    if not text.strip():
        raise UnreadableFile("is empty", where=str(path), fix="Give a file with a JSON array or JSON lines.")
    return text


def _lines(text: str) -> list[_Line]:
    # Not splitlines: JSON strings may hold U+2028 and the like as they are.
    return [_Line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _parsed(text: str) -> object:
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return value


def _is_json(text: str) -> bool:
    try:
        _parsed(text)
    except ValueError:
        return False
    return True


def _line_value(path: Path, line: _Line) -> object:
    try:
        return _parsed(line.text)
    except ValueError as error:
        raise _broken(path, error, line.number) from error


def _broken(path: Path, error: ValueError, line: int | None = None) -> UnreadableFile:
    place, why = line, str(error)
    if isinstance(error, json.JSONDecodeError):
        place, why = line or error.lineno, f"{error.msg}, column {error.colno}"
    return UnreadableFile(
        f"is not JSON ({why})",
        where=str(path) if place is None else f"{path}:{place}",
        fix="Mend that line, or write the file anew: a JSON array of rows, or one row a line.",
    )
