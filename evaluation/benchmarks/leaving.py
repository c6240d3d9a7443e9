"""Whether an export's images may be sent outside: as the run they come from marked them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evaluation.benchmarks.naming import run_of
from schemas.identity import short
from schemas.manifest import MANIFEST, STAYING, read_manifest
from schemas.run import RunFolder

_FOLDER = "images"  # of an export


@dataclass(frozen=True)
class Marks:
    """What a run's ``images`` table says of images, by the name they have in its exports and by reference."""

    leaving: frozenset[str]
    staying: frozenset[str]
    others: bool = False  # whether images that it does not know may leave

    def __call__(self, name: str, ref: str) -> bool:
        """Whether an image may leave: only one that the table knows, and knows nothing against.

        An export strips metadata, so its files may have other hashes than the run's; their names stay.
        """
        known = {PurePosixPath(name).with_suffix("").as_posix(), name, ref}
        return not known & self.staying and (self.others or bool(known & self.leaving))


def marks_of(sources: Sequence[Path]) -> Marks | None:
    """The marks of the run in whose export a benchmark's file lies, or of an export that was copied out of it.

    None where it lies in no export.

    Raises:
        BadRunFolder: The run's table of images is gone or damaged: then nothing is known to be free to leave.
        MissingStage: It has no images at all.
    """
    run = next((found for found in (run_of(path.parent) for path in sources) if found is not None), None)
    if run is None:
        return next((found for found in (_of_copy(path.parent) for path in sources) if found is not None), None)
    rows = RunFolder.open(run).require("ingest").table("images", ["image", "path", "name", "may_leave"]).to_pylist()
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for row in rows:
        in_export = f"{_FOLDER}/{short(row['image'])}" if row["path"] is not None else row["name"]
        names[row["may_leave"] is True] |= {row["image"], in_export}
    return Marks(frozenset(names[True]), frozenset(names[False]))


def _of_copy(folder: Path) -> Marks | None:
    """What the manifest of an export says of its images, wherever the export lies."""
    if not (folder / MANIFEST).is_file():
        return None
    manifest = read_manifest(folder)
    if not manifest.stage.startswith("export/"):
        return None
    return Marks(frozenset(), frozenset(map(str, manifest.notes.get(STAYING, []))), others=True)
