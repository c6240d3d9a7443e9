"""The file of a batch while it is written: on disk, in the run folder, gone once it is sent."""

import secrets
from collections.abc import Iterator
from pathlib import Path

from mllm.batch.limits import Limits
from mllm.journal.batches import HeldLine

_NAME = "batch-{}.draft.jsonl"


class Draft:
    """Lines that go out together; only what the journal will note of them is held in memory."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.id = secrets.token_hex(16)
        self.path = folder / _NAME.format(self.id)
        self.lines: list[HeldLine] = []
        self.keys: set[str] = set()
        self._limits, self._size = limits, 0
        self._file = self.path.open("wb")

    def has_room(self, size: int) -> bool:
        """Whether a line of so many bytes fits in; an empty draft takes any."""
        return not self.lines or (len(self.lines) < self._limits.lines and self._size + size <= self._limits.size)

    def add(self, line: HeldLine, content: bytes) -> None:
        """One more line."""
        self._file.write(content)
        self._size += len(content)
        self.lines.append(line)
        self.keys.add(line.key)

    def finish(self) -> None:
        """All lines are written."""
        self._file.close()

    def delete(self) -> None:
        """Take the file away."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def drafts_in(folder: Path) -> Iterator[Path]:
    """Drafts that a killed command left behind."""
    yield from folder.glob(_NAME.format("*"))


def line_name(key: str, attempt: int) -> str:
    """What a line is called: its request's key and the number of the attempt."""
    return f"{key}.{attempt}"


def attempt_in(name: str) -> tuple[str, int] | None:
    """Key and attempt of a line; None where the name is not one of ours."""
    key, _, number = name.rpartition(".")
    return (key, int(number)) if key and number.isascii() and number.isdigit() and len(number) < 19 else None
