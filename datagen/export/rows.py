"""Rows as JSON files."""

import json
from collections.abc import Sequence
from pathlib import Path


def write_json(path: Path, rows: Sequence[object]) -> None:
    """Write a list as a JSON array, a row a line, so that differences can be read."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f"[\n{lines}\n]\n" if rows else "[]\n", encoding="utf-8", newline="\n")
