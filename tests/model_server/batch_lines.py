"""The lines of a batch's input file, and what is wrong with them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MOST_LINES = 50_000


@dataclass(frozen=True)
class Line:
    """One line; a value that is absent or of the wrong type is None."""

    number: int
    json: bool
    custom_id: str | None = None
    method: str | None = None
    url: str | None = None
    body: dict[str, Any] | None = None


def read_lines(content: bytes) -> list[Line]:
    """The lines that hold something, in order."""
    lines = content.decode("utf-8", "replace").split("\n")
    return [_read(number, text) for number, text in enumerate(lines, 1) if text.strip()]


def errors_of(lines: Sequence[Line], endpoint: str) -> list[dict[str, Any]]:
    """Why a batch of these lines fails; empty where it does not."""
    return [
        {"code": code, "line": line, "message": message, "param": param}
        for code, line, message, param in _errors(lines, endpoint)
    ]


def _errors(lines: Sequence[Line], endpoint: str) -> Iterator[tuple[str, int | None, str, str | None]]:
    if not lines:
        yield "empty_file", None, "The input file is empty. Please ensure that the batch contains a request.", None
    if len(lines) > MOST_LINES:
        yield "too_many_tasks", None, f"The batch input file has more than {MOST_LINES} requests.", None
    seen: set[str] = set()
    for line in lines:
        if not line.json:
            yield "invalid_json_line", line.number, "This line is not parseable as valid JSON.", None
        elif line.custom_id is None:
            yield "missing_required_parameter", line.number, "Missing required parameter: 'custom_id'.", "custom_id"
        elif line.custom_id in seen:
            yield "duplicate_custom_id", line.number, "The custom_id of this request is used twice.", "custom_id"
        elif line.method != "POST":
            yield "invalid_method", line.number, "Only 'POST' is supported.", "method"
        elif line.url != endpoint:
            yield "mismatched_endpoint", line.number, "The url is not the batch's endpoint.", "url"
        elif line.body is None:
            yield "missing_required_parameter", line.number, "Missing required parameter: 'body'.", "body"
        seen.add(line.custom_id or "")


def _read(number: int, text: str) -> Line:
    try:
        row = json.loads(text)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        return Line(number, json=False)
    said = {key: row[key] for key in ("custom_id", "method", "url") if isinstance(row.get(key), str)}
    return Line(number, json=True, **said, body=row["body"] if isinstance(row.get("body"), dict) else None)
