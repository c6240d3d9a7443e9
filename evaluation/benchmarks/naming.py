"""What a benchmark is called: a name fit for a folder, from where it lies."""

import re
import unicodedata
from pathlib import Path

from schemas.config import CONFIG_FILE

LONGEST = 60
# Names that say nothing without their folder's.
_VAGUE = frozenset({"data", "test", "train", "val", "validation", "sample", "questions", "rows", "index"})


def name_of(path: Path, digest: str) -> str:
    """A name for the benchmark in a file or folder.

    Of an export it is run, format and number, of a file its name without the ending, with its folder's where it says
    nothing by itself. ASCII letters, digits, ``.``, ``_`` and ``-``; 1 to ``LONGEST`` characters, the first a letter
    or digit; made of the digest where nothing of the name is left.
    """
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    stem = path.stem if folder != path and path.stem != "benchmark" else ""
    run = run_of(folder)
    if run is not None:
        parts = [run.name, folder.parent.name, folder.name, stem]
    elif not stem:
        parts = [folder.parent.name, folder.name] if folder.name.isdigit() else [folder.name]
    else:
        parts = [folder.name, stem] if stem.lower() in _VAGUE else [stem]
    return fit("-".join(part for part in parts if part)) or f"benchmark-{digest[:8]}"


def run_of(folder: Path) -> Path | None:
    """The run folder of which this is an export, ``<run>/export/<format>/<number>``; None where it is none."""
    exports = folder.resolve().parent.parent
    run = exports.parent
    return run if exports.name == "export" and (run / CONFIG_FILE).is_file() else None


def fit(name: str, *, longest: int = LONGEST) -> str:
    """What of a text may be part of a folder's name, as :func:`name_of` says; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9._]+", "-", plain)
    return re.sub(r"^[^A-Za-z0-9]+", "", kept)[:longest].rstrip(".-_")
