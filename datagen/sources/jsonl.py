"""JSON lines: ``{"image": "a.jpg", "captions": ["…"]}``, one image a line.

``caption`` may stand for ``captions``, and either may be a string or a list; ``license``, ``may_leave`` and
``drawn`` are optional; other keys are ignored.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datagen.sources.described import described
from datagen.sources.record import DEFAULT, SKIP, OnInvalid, SourceOptions, SourceRecord
from datagen.sources.registry import head, unreadable
from schemas.errors import InvalidRecord


def read_jsonl(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the records of a JSON lines file.

    Raises:
        UnreadableFile: The file is missing, empty, or cannot be opened.
    """
    for where, row, record in json_objects(path, on_invalid):
        try:
            yield described(record, row, where)
        except InvalidRecord as error:
            on_invalid(error)


def json_objects(path: Path, on_invalid: OnInvalid) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The objects of a JSON lines file as (file:line, line, object); blank lines are passed over.

    Raises:
        UnreadableFile: The file is missing, empty, or cannot be opened.
    """
    head(path)
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    with file:
        for row, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            where = f"{path.name}:{row}"
            try:
                found = json.loads(raw.decode("utf-8-sig" if row == 1 else "utf-8"))
                if not isinstance(found, dict):
                    raise ValueError("not an object")
            except (ValueError, RecursionError) as error:
                on_invalid(InvalidRecord(f"not a line of JSON ({_first_line(error)})", where=where, fix=SKIP))
                continue
            yield where, row, found


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:120] or type(error).__name__
