"""A source, read: its records, where the images lie, and a mark of it all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from datagen.ingest.probe import SkippedImage
from datagen.sources import SourceRecord
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


@dataclass(frozen=True)
class Reading:
    """One source, read.

    Args:
        path: The file or folder, or the dataset's name.
        root: The folder of its images; None where images are only named.
        records: In the source's order, an image once.
        stored: By place in ``records``, images that came as bytes, or why one could not be had.
    """

    path: Path
    root: Path | None
    records: list[SourceRecord]
    stored: Mapping[int, Path | SkippedImage] = field(default_factory=dict)

    def name(self, run: RunFolder) -> str:
        """How the run calls this source: below the run folder relative to it, else in full."""
        whole = self.path.resolve()
        return str(whole.relative_to(run.path) if whole.is_relative_to(run.path) else whole)

    def mark(self, facts: str = "") -> str:
        """A hash over the file, the facts beside it, what was read and what is said of the images' files."""
        digest = hashlib.sha256()
        if self.path.is_file():
            with self.path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        for at, record in enumerate(self.records):
            said = "\0".join((record.image, self._stat(at), *record.captions, ""))
            digest.update(said.encode("utf-8", "surrogatepass"))
        digest.update(f"{self.root}\0{facts}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _stat(self, at: int) -> str:
        place = self.stored.get(at)
        if place is not None:
            return place.name if isinstance(place, Path) else place.reason
        if self.root is None:
            return "named"
        try:
            found = (self.root / self.records[at].image).stat()
        except (OSError, ValueError):
            return "missing"
        return f"{found.st_size}:{found.st_mtime_ns}"
