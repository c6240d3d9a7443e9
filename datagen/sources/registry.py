"""The formats ``ingest`` reads, and how it tells them apart."""

import json
from pathlib import Path

from datagen.sources.record import Source
from schemas.errors import BadInput, UnreadableFile
from schemas.registry import Registry

SOURCES: Registry[Source] = Registry(
    kind="format",
    group="leadproof.sources",
    builtin={
        "coco": "datagen.sources.coco:read_coco",
        "jsonl": "datagen.sources.jsonl:read_jsonl",
    },
)


def detect(path: Path) -> str:
    """The format of a file, by its ending and its beginning.

    Raises:
        UnreadableFile: It is missing, empty, or of no format that is known.
    """
    beginning = head(path)
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        return "jsonl"
    if path.suffix.lower() == ".json":
        if beginning.lstrip().startswith("{") and not _is_one_line_of_json(beginning):
            return "coco"
        if beginning.lstrip().startswith("{"):
            return "jsonl" if '"annotations"' not in beginning and '"info"' not in beginning else "coco"
    known = ", ".join(SOURCES.names())
    raise UnreadableFile(
        "its format cannot be told from its name and beginning", where=str(path), fix=f"Pass --format: {known}."
    )


def head(path: Path, size: int = 4_096) -> str:
    """The beginning of a text file.

    Raises:
        UnreadableFile: It is missing, a folder, empty, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(size)
    except OSError as error:
        raise unreadable(path, error) from error
    if not raw.strip():
        raise UnreadableFile("the file is empty", where=str(path), fix="Name another.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        raise UnreadableFile("not UTF-8 text", where=str(path), fix="Save it as UTF-8, or name another file.")
    return raw.decode("utf-8-sig", "replace")


def unreadable(path: Path, error: OSError) -> BadInput:
    """The error for a file the system would not open."""
    return UnreadableFile(error.strerror or str(error), where=str(path), fix="Name another, or mend its rights.")


def _is_one_line_of_json(beginning: str) -> bool:
    first = beginning.lstrip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False
