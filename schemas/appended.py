"""Appended files: JSON lines beside the stages that only ever grow, and survive whatever kills a command."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from schemas.durable import sync_folder
from schemas.errors import BadRunFolder
from schemas.text import plain

Record = TypeVar("Record", bound=BaseModel)


def read_appended(path: Path, model: type[Record]) -> list[Record]:
    """All records of a file, in the order they were appended; none where there is no file.

    A last line without its end was torn by a kill in mid-write, and was never committed: it is passed over.

    Raises:
        BadRunFolder: A whole line is no such record: the file was edited by hand.
    """
    content = _content(path)
    records = []
    for number, line in enumerate(content[: content.rfind(b"\n") + 1].split(b"\n")[:-1], 1):
        try:
            records.append(model.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            what = f"not a line that leadproof wrote: {plain(first['msg'])}"
            fix = "It was edited by hand: put the line back as it was."
            raise BadRunFolder(what, where=f"{path}:{number}", fix=fix) from error
    return records


def content_mark(path: Path) -> str | None:
    """The SHA-256 of a file's content; None where there is no file.

    Raises:
        BadRunFolder: Something else stands at that path.
    """
    return hashlib.sha256(_content(path)).hexdigest() if _is_there(path) else None


def append(path: Path, records: Sequence[BaseModel]) -> None:
    """Append records, and return once they are on disk; what a kill left of a torn line goes first.

    The caller holds the run folder's lock.

    Raises:
        BadRunFolder: Something else stands at that path.
    """
    if not records:
        return
    fresh = not _is_there(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        _drop_torn(file)
        file.write("".join(f"{one.model_dump_json()}\n" for one in records).encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        sync_folder(path.parent)


def _content(path: Path) -> bytes:
    return path.read_bytes() if _is_there(path) else b""


def _is_there(path: Path) -> bool:
    if not os.path.lexists(path):
        return False
    if path.is_symlink() or not path.is_file():
        raise BadRunFolder("not an ordinary file", where=str(path), fix="Put back the file that was there.")
    return True


def _drop_torn(file: BinaryIO) -> None:
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 1))
    if file.read(1) not in (b"", b"\n"):
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)
