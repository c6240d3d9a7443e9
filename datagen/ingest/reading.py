"""Files of captions, read: their records, where the images lie, and a mark of it all."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from datagen.sources import SOURCES, SourceRecord, detect
from schemas.config import Split
from schemas.errors import InvalidRecord, UnreadableFile
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


@dataclass(frozen=True)
class Reading:
    """One file, read: its records and the folder of their images (None: images are only named)."""

    path: Path
    root: Path | None
    records: list[SourceRecord]

    def name(self, run: RunFolder) -> str:
        """How the run calls this source: below the run folder relative to it, else in full."""
        whole = self.path.resolve()
        return str(whole.relative_to(run.path) if whole.is_relative_to(run.path) else whole)

    def mark(self, facts: str = "") -> str:
        """A hash over the file, the facts beside it and what the images' folder says of its files."""
        digest = hashlib.sha256(self.path.read_bytes())
        for record in self.records:
            said = f"{record.image}\0{self._stat(record.image)}\0"
            digest.update(said.encode("utf-8", "surrogatepass"))
        digest.update(f"{self.root}\0{facts}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _stat(self, image: str) -> str:
        if self.root is None:
            return "named"
        try:
            found = (self.root / image).stat()
        except (OSError, ValueError):
            return "missing"
        return f"{found.st_size}:{found.st_mtime_ns}"


def read_source(path: Path, options: IngestOptions, on_invalid: Callable[[InvalidRecord], None]) -> Reading:
    """Read a file of captions.

    Raises:
        UnreadableFile: The file cannot be used, or there is no such folder of images.
        UnknownName: There is no such format.
    """
    form = detect(path) if options.format == "auto" else options.format
    records = list(SOURCES.get(form)(path, on_invalid))
    root = options.images or path.parent
    if not root.is_dir():
        raise UnreadableFile("no such folder of images", where=str(root), fix="Pass --images DIR.")
    if not records:
        raise UnreadableFile("no image in it", where=str(path), fix="Name another file.")
    return Reading(path, root.resolve(), records)
