"""The run folder: numbered stage folders, committed by their manifest, under one writer's lock."""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from schemas.config import CONFIG_FILE, Settings, read_settings
from schemas.durable import write_whole
from schemas.errors import BadRunFolder, MissingStage, RunLocked
from schemas.manifest import MANIFEST, Manifest, read_manifest
from schemas.stage import DRAFT, StageWriter
from schemas.tables import read_batches, read_table

LOCK = ".lock"
_NUMBER = re.compile(r"[0-9]{3,9}")
STAGES = ("scenes", "ingest", "facts", "generate", "filter", "verify")
ACCUMULATING = ("scenes",)  # each number adds to the others: its images are the run's
_PRODUCER = {"ingest": "ingest PATH", "facts": "ingest PATH --facts FILE"}


@dataclass(frozen=True)
class Stage:
    """A committed stage folder."""

    path: Path
    manifest: Manifest

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """One of the stage's tables.

        Raises:
            BadRunFolder: It is missing, damaged or changed since the commit.
        """
        return read_table(self.file(name), name, columns)

    def batches(self, name: str, *, rows: int) -> Iterator[pa.RecordBatch]:
        """One of the stage's tables, so many rows at a time.

        Raises:
            BadRunFolder: As for :meth:`table`.
        """
        return read_batches(self.file(name), name, rows=rows)

    def file(self, name: str) -> Path:
        """The file of one of the stage's tables, which is as it was committed: its hash is checked, once a process.

        Raises:
            BadRunFolder: It is missing or has changed since.
        """
        path = self.path / f"{name}.parquet"
        entry = self.manifest.files.get(path.name)
        if entry is None:
            raise BadRunFolder(f"its manifest does not name {path.name}", where=str(self.path), fix=_EDITED)
        if not path.exists():
            raise BadRunFolder("a table of a committed stage is missing", where=str(path), fix=_EDITED)
        if not path.is_file():
            raise BadRunFolder("not an ordinary file", where=str(path), fix=_EDITED)
        found = path.stat()
        if found.st_size != entry.bytes or _digest(path, found.st_size, found.st_mtime_ns) != entry.sha256:
            raise BadRunFolder(
                "changed since its stage was committed", where=str(path),
                fix=f"Delete {self.path.name} in {self.path.parent} and run the stage again.",
            )  # fmt: skip
        return path


@dataclass(frozen=True)
class RunFolder:
    """A run folder that exists."""

    path: Path
    settings: Settings

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """Open an existing run folder for reading.

        Raises:
            BadRunFolder: There is none at that path.
            BadConfig: Its leadproof.toml is wrong.
        """
        if not path.is_dir():
            raise BadRunFolder("no such folder", where=str(path), fix=f"Start one with `leadproof init {path}`.")
        if not (path / CONFIG_FILE).is_file():
            raise BadRunFolder(
                f"not a run folder: it has no {CONFIG_FILE}", where=str(path),
                fix=f"Start one with `leadproof init {path}`, or name another with --run.",
            )  # fmt: skip
        return cls(path.resolve(), read_settings(path / CONFIG_FILE))

    @classmethod
    def create(cls, path: Path) -> "RunFolder":
        """Open a run folder, making it first where there is none or an empty folder.

        Raises:
            BadRunFolder: Something else stands at that path.
        """
        if path.exists() and not path.is_dir():
            raise BadRunFolder("not a folder", where=str(path), fix="Name another with --run.")
        held = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
        if CONFIG_FILE not in held:
            if held - {LOCK}:
                raise BadRunFolder(
                    f"not empty, and not a run folder: it has no {CONFIG_FILE}", where=str(path),
                    fix="Name a new folder.",
                )  # fmt: skip
            try:
                path.mkdir(parents=True, exist_ok=True)
                write_whole(path / CONFIG_FILE, default_config())
            except OSError as error:
                raise BadRunFolder(
                    f"cannot be made ({error.strerror})", where=str(path), fix="Name another folder."
                ) from error
        return cls.open(path)

    def current(self, stage: str) -> Stage | None:
        """The newest committed folder of a stage, or None."""
        for folder in reversed(self.numbered(stage)):
            path = folder / MANIFEST
            if not os.path.lexists(path):
                continue
            if not path.is_file():
                raise BadRunFolder("not an ordinary file", where=str(path), fix=_EDITED)
            manifest = read_manifest(folder)
            if (manifest.stage, manifest.number) != (stage, int(folder.name)):
                what = f"it is the manifest of {manifest.stage}/{manifest.number:03d}"
                raise BadRunFolder(what, where=str(path), fix=_EDITED)
            return Stage(folder, manifest)
        return None

    def require(self, stage: str) -> Stage:
        """The newest committed folder of a stage that must be there.

        Raises:
            MissingStage: It has not run yet.
        """
        found = self.current(stage)
        if found is None:
            command = _PRODUCER.get(stage, stage)
            raise MissingStage(
                f"nothing in {stage}/ yet", where=str(self.path),
                fix=f"Run `leadproof {command} --run {self.path}` first.",
            )  # fmt: skip
        return found

    def numbered(self, stage: str) -> list[Path]:
        """All numbered folders of a stage, committed or not, oldest first."""
        folder = self.path / stage
        if not folder.is_dir() or folder.is_symlink():
            return []
        found = [entry for entry in folder.iterdir() if _NUMBER.fullmatch(entry.name) and _is_folder(entry)]
        return sorted(found, key=lambda entry: int(entry.name))

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the run folder's lock, after sweeping what killed commands left behind.

        Raises:
            RunLocked: Another writing command holds it.
        """
        handle = os.open(self.path / LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise BadRunFolder("not an ordinary file", where=str(self.path / LOCK), fix="Delete it.")
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise RunLocked(
                    "another leadproof command is writing to this run folder", where=str(self.path),
                    fix="Wait for it to end, then repeat.",
                ) from error  # fmt: skip
            self._sweep()
            yield
        finally:
            os.close(handle)

    def stage(self, name: str, *, since: float | None = None) -> StageWriter:
        """A new numbered folder to write; nothing counts until its ``commit``. Needs the lock.

        Args:
            name: Of the stage.
            since: ``time.monotonic()`` when its work began, where that was before now.
        """
        folder = self.path / name
        if any(one.is_symlink() for one in (folder, folder.parent)):
            raise BadRunFolder("a link, not a folder", where=str(folder), fix="Put a folder in its place.")
        names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
        number = max((int(taken) for taken in names if _NUMBER.fullmatch(taken)), default=0) + 1
        if not _NUMBER.fullmatch(f"{number:03d}"):
            fix = "Rename the newest numbered folder to a lower number."
            raise BadRunFolder("its numbers have run out", where=str(folder), fix=fix)
        return StageWriter(
            self.path / name / f"{number:03d}", stage=name, number=number, seed=self.settings.run.seed, since=since
        )

    def all_current(self) -> dict[str, Stage]:
        """The newest committed folder of every stage, by name; ``export/<format>``, ``eval/<benchmark>/<model>``."""
        found = {name: self.current(name) for name in self._stage_names()}
        return {name: stage for name, stage in found.items() if stage is not None}

    def outdated(self) -> list[Path]:
        """Numbered folders that a newer committed one has taken the place of; drawn scenes are never outdated."""
        current = {stage.path for stage in self.all_current().values()}
        names = [name for name in self._stage_names() if name not in ACCUMULATING]
        return [folder for name in names for folder in self.numbered(name) if folder not in current]

    def remove(self, folder: Path) -> None:
        """Delete a numbered folder, its manifest first, so that a half-deleted one counts no more. Needs the lock."""
        (folder / DRAFT).touch()
        (folder / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(folder)

    def _sweep(self) -> None:
        for name in self._stage_names():
            for folder in self.numbered(name):
                if not (folder / MANIFEST).is_file() and (folder / DRAFT).is_file():
                    shutil.rmtree(folder)

    def _stage_names(self) -> list[str]:
        formats = [f"export/{name}" for name in _folders_in(self.path / "export")]
        home = self.path / "eval"
        evaluations = [f"eval/{one}/{name}" for one in _folders_in(home) for name in _folders_in(home / one)]
        return [*STAGES, *formats, *evaluations]


_EDITED = "It was edited by hand: delete that numbered folder and run the stage again."


@lru_cache(maxsize=64)
def _digest(path: Path, size: int, changed: int) -> str:
    """A file's hash, computed once as long as its size and time stay."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folders_in(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir() if _is_folder(entry)) if _is_folder(path) else []


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def default_config() -> str:
    """The commented leadproof.toml that ``init`` writes."""
    return files("schemas").joinpath("default.toml").read_text(encoding="utf-8")
