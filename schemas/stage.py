"""Writing a stage: into a numbered folder, committed by its manifest as the last write."""

import contextlib
import hashlib
import json
import os
import platform
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from schemas.durable import sync_file, sync_folder, write_whole
from schemas.manifest import MANIFEST, FileEntry, Manifest
from schemas.tables import write_batches, write_table

DRAFT = ".draft"


@dataclass
class StageWriter:
    """A stage folder being written. As a context manager it leaves nothing behind unless committed."""

    path: Path
    stage: str
    number: int
    seed: int
    since: float | None = None
    files: dict[str, FileEntry] = field(default_factory=dict)
    _committed: bool = False
    _clock: float = field(default_factory=time.monotonic)
    _started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    def __enter__(self) -> "StageWriter":
        """Make the folder, marked as a draft: only what bears this mark is ever swept."""
        self.path.mkdir(parents=True)
        (self.path / DRAFT).touch()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the folder unless it was committed."""
        if not self._committed:
            shutil.rmtree(self.path, ignore_errors=True)
            with contextlib.suppress(OSError):  # something is in them
                for folder in list(self.path.parents)[: self.stage.count("/") + 1]:
                    folder.rmdir()

    def table(self, name: str, table: pa.Table) -> None:
        """Write one of the stage's tables."""
        path = self.path / f"{name}.parquet"
        write_table(path, name, table)
        self.add(path, rows=len(table))

    def stream(self, name: str, batches: Iterable[pa.RecordBatch]) -> int:
        """Write one of the stage's tables as its rows come, one batch at a time; returns how many they were."""
        path = self.path / f"{name}.parquet"
        rows = write_batches(path, name, batches)
        self.add(path, rows=rows)
        return rows

    def add(self, path: Path, *, rows: int | None = None) -> None:
        """Enter a file that was written into the stage's folder."""
        sync_file(path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        name = path.relative_to(self.path).as_posix()
        self.files[name] = FileEntry(bytes=path.stat().st_size, sha256=digest, rows=rows)

    def add_folder(self, path: Path) -> None:
        """Enter a folder of files that are named after their content, as one: its hash is over names and sizes.

        They are made durable by one ``sync`` of the system: one by one, thousands take minutes.
        """
        os.sync()
        found = sorted((entry.name, entry.stat().st_size) for entry in os.scandir(path))
        digest = hashlib.sha256(json.dumps(found).encode()).hexdigest()
        name = f"{path.relative_to(self.path).as_posix()}/"
        self.files[name] = FileEntry(bytes=sum(size for _, size in found), sha256=digest, rows=len(found))

    def commit(self, **said: Any) -> Manifest:
        """Write the manifest: from here on the stage counts.

        Args:
            **said: Fields of :class:`Manifest` that the stage itself knows.
        """
        whole = json.dumps({name: entry.sha256 for name, entry in sorted(self.files.items())})
        said.setdefault("seed", self.seed)
        manifest = Manifest(
            stage=self.stage,
            number=self.number,
            hash=hashlib.sha256(whole.encode()).hexdigest(),
            files=dict(sorted(self.files.items())),
            started=self._started,
            seconds=round(time.monotonic() - (self.since or self._clock), 3),
            versions=_versions(),
            **said,
        )
        for folder in {path.parent for path in self.path.rglob("*")} | {self.path}:
            sync_folder(folder)
        sync_folder(self.path.parent)
        write_whole(self.path / MANIFEST, manifest.model_dump_json(indent=2) + "\n")
        self._committed = True
        (self.path / DRAFT).unlink()
        return manifest


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in ("leadproof", "pyarrow", "pillow", "imagehash", "numpy"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
