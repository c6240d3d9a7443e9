"""A source, read: where its images lie, and a mark of it all; its records stand in the scratch database."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from datagen.ingest.probe import SkippedImage
from datagen.sources.record import ANY_COLUMNS, Columns
from schemas.config import Split
from schemas.run import RunFolder


@dataclass(frozen=True)
class IngestOptions:
    """How sources are read; see ``leadproof ingest --help``."""

    format: str = "auto"
    images: Path | None = None
    facts: Path | None = None
    copy: bool = False
    license: str | None = None
    may_leave: bool = True
    strict: bool = False
    skip_invalid: bool = False
    split: Split | None = None
    columns: Columns = ANY_COLUMNS
    download: bool = False
    allow_private_hosts: bool = False


class Noted(NamedTuple):
    """A record of the scratch database, without its captions; ``stored`` and ``reason`` as there."""

    number: int
    name: str
    drawn: bool
    stored: str | None
    reason: str | None
    detail: str | None

    @property
    def missed(self) -> SkippedImage | None:
        """Why its image could not be had, if it could not."""
        return None if self.reason is None else SkippedImage(self.name, self.reason, self.detail or "")


@dataclass(frozen=True)
class Reading:
    """One source, read.

    Args:
        path: The file or folder, or the dataset's name.
        root: The folder of its images; None where images are only named.
        number: Which of the sources it is, in the scratch database.
        images: How many records it has; an image is in one of them.
        shelf: The folder of images that came as bytes.
    """

    path: Path
    root: Path | None
    number: int
    images: int
    shelf: Path = Path()

    def name(self, run: RunFolder) -> str:
        """How the run calls this source: below the run folder relative to it, else in full."""
        whole = self.path.resolve()
        return str(whole.relative_to(run.path) if whole.is_relative_to(run.path) else whole)

    def place(self, name: str, stored: str | None) -> Path | None:
        """Where the file of an image lies; None where it is only named."""
        if stored is not None:
            return self.shelf / stored
        return None if self.root is None else self.root / name

    def records(self, db: Connection) -> Iterator[Noted]:
        """Its records in the source's order."""
        said = "SELECT id, name, drawn, stored, reason, detail FROM record WHERE source = ? ORDER BY id"
        return map(Noted._make, db.execute(said, [self.number]))

    def mark(self, db: Connection, facts: str = "") -> str:
        """A hash over the file, the facts beside it, what was read and what is said of the images' files."""
        digest = hashlib.sha256()
        if self.path.is_file():
            with self.path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        for (_, name, stored, reason), said in groupby(db.execute(_SAID, [self.number]), itemgetter(0, 1, 2, 3)):
            digest.update(f"{name}\0{stored or reason or self._stat(name)}\0".encode("utf-8", "surrogatepass"))
            for *_, text in said:
                if text is not None:
                    digest.update(f"{text}\0".encode("utf-8", "surrogatepass"))
        digest.update(f"{self.root}\0{facts}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _stat(self, name: str) -> str:
        if self.root is None:
            return "named"
        try:
            found = (self.root / name).stat()
        except (OSError, ValueError):
            return "missing"
        return f"{found.st_size}:{found.st_mtime_ns}"


_SAID = """
SELECT id, name, stored, reason, text FROM record LEFT JOIN caption ON caption.record = id
WHERE source = ? ORDER BY id, at
"""
