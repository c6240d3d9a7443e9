"""CSV and its kin (tab, semicolon, bar): one row an image or one row a caption, in UTF-8, header or not.

The columns are asked for, by name or, without a header, by number from 1; else they are guessed. A cell may
hold a JSON list of captions. Rows are named by the line they begin on; quoted cells may hold line breaks.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO, Any

from datagen.sources.columns import cell_captions, choose_columns
from datagen.sources.headerless import guess_numbers, is_headerless, numbered
from datagen.sources.record import DEFAULT, SKIP, OnInvalid, SourceOptions, SourceRecord, image_place
from datagen.sources.registry import refuse_special, unreadable
from schemas.errors import InvalidRecord, UnreadableFile

_DELIMITERS = ",;\t|"
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_FIX = "Save it as UTF-8, or name another file."


def read_csv(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the rows of a delimited text file in their order.

    Raises:
        UnreadableFile: Missing, empty, not UTF-8 text, or without the columns needed.
        BadConfig: A column that was asked for is not there.
    """
    _refuse_other_encodings(path)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline=None) as file:
        lines = csv.reader(file, delimiter=_delimiter(path, file), strict=True)
        begins, header = _header(lines, path)
        rows = _rows(lines, len(header), path, on_invalid)
        if is_headerless(header, options.columns):
            rows = chain([(begins, header)], rows)
            options = replace(options, columns=guess_numbers(header, options.columns))
            columns = choose_columns(numbered(header), options, where=f"{path.name}, which has no header")
            header = numbered(header)
        else:
            columns = choose_columns(header, options, where=path.name)
        image = header.index(columns.image or "")
        captions = [at for at, name in enumerate(header) if name in columns.captions]
        for row, cells in rows:
            where = f"{path.name}:{row}"
            try:
                name = image_place(cells[image].strip(), where=where)
                yield SourceRecord(name, cell_captions([cells[at] for at in captions], where=where), row)
            except InvalidRecord as error:
                on_invalid(error)


def _refuse_other_encodings(path: Path) -> None:
    """Two bytes a character are no UTF-8; a stray NUL is the fault of its row alone."""
    refuse_special(path)
    try:
        with path.open("rb") as file:
            beginning = file.read(4_096)
    except OSError as error:
        raise unreadable(path, error) from error
    if not beginning.strip():
        raise UnreadableFile("the file is empty", where=str(path), fix="Name another.")
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")) or beginning.count(0) * 5 > len(beginning):
        raise UnreadableFile("not UTF-8 text", where=str(path), fix=_FIX)


def _delimiter(path: Path, file: IO[str]) -> str:
    """The ending decides, else what the first line holds most of; the file is wound back."""
    if path.suffix.lower() in {".tsv", ".tab"}:
        return "\t"
    first = file.readline()
    file.seek(0)
    return max(_DELIMITERS, key=first.count)


def _header(lines: Any, path: Path) -> tuple[int, list[str]]:
    """The first line that is not blank, as (the line it begins on, cells)."""
    begins, found = 1, list[str]()
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                found = cells
                break
            begins = lines.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(f"its header is not one ({error})", where=str(path), fix="Mend it.") from error
    if any(_NOT_UTF8.search(name) or "\0" in name for name in found):
        raise UnreadableFile("its header is not UTF-8 text", where=str(path), fix=_FIX)
    return begins, [name.strip() for name in found]


def _rows(lines: Any, width: int, path: Path, on_invalid: OnInvalid) -> Iterator[tuple[int, list[str]]]:
    """Rows as (line, cells); blank lines are passed over."""
    while True:
        row = lines.line_num + 1
        try:
            cells = next(lines, None)
            fault = _fault(cells, width) if cells else None
        except csv.Error as error:
            cells, fault = [], f"not a row ({error})"
        if cells is None:
            return
        if fault:
            fix = _FIX if fault.startswith("not UTF-8") else SKIP
            on_invalid(InvalidRecord(fault, where=f"{path.name}:{row}", fix=fix))
        elif cells:
            yield row, cells


def _fault(cells: list[str], width: int) -> str | None:
    whole = "".join(cells)
    if found := _NOT_UTF8.search(whole):
        return f"not UTF-8 (byte 0x{ord(found.group()) - 0xDC00:02x})"
    if "\0" in whole:
        return "a NUL byte in it"
    return None if len(cells) == width else f"{len(cells)} cells where the first line has {width}"
