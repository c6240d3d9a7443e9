"""The formats ``ingest`` reads, and how it tells them apart."""

import json
import re
from pathlib import Path

from datagen.sources.record import Source
from datagen.sources.walking import IMAGES, files_below
from schemas.errors import BadInput, UnreadableFile
from schemas.registry import Registry

SOURCES: Registry[Source] = Registry(
    kind="format",
    group="leadproof.sources",
    builtin={
        "coco": "datagen.sources.coco:read_coco",
        "llava": "datagen.sources.llava:read_llava",
        "jsonl": "datagen.sources.jsonl:read_jsonl",
        "json": "datagen.sources.json_list:read_json",
        "csv": "datagen.sources.delimited:read_csv",
        "parquet": "datagen.sources.parquet:read_parquet",
        "folder": "datagen.sources.folder:read_folder",
        "webdataset": "datagen.sources.webdataset:read_webdataset",
        "hf": "datagen.sources.hf:read_hf",
    },
)
WITHOUT_COLUMNS = frozenset({"coco", "llava", "jsonl", "json", "folder"})

_ENDINGS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".parquet": "parquet", ".pq": "parquet", ".tar": "webdataset", ".tgz": "webdataset",
}  # fmt: skip


def detect(path: Path) -> str:
    """The format of a file or folder, by its ending and its beginning, or by what lies in it.

    Raises:
        UnreadableFile: It is missing, empty, or of no format that is known.
    """
    form = _folder_format(path) if path.is_dir() else _file_format(path)
    if form is None:
        known = ", ".join(SOURCES.names())
        raise UnreadableFile(
            "its format cannot be told from its name and beginning", where=str(path), fix=f"Pass --format: {known}."
        )
    return form


def _file_format(path: Path) -> str | None:
    ending = path.suffix.lower()
    if path.name.endswith(".tar.gz") or ("*" in path.name and not path.exists()):
        ending = ".tar" if ".tar" in path.name else ending
    form = _ENDINGS.get(ending)
    if form not in (None, "jsonl"):
        return form
    beginning = head(path).lstrip()
    if '"conversations"' in beginning and ending in {".json", ".jsonl", ".ndjson"}:
        return "llava"
    return _json_format(beginning) if form is None and ending == ".json" else form


def _json_format(beginning: str) -> str | None:
    """A list of objects, an object whose first key is an image's name, lines of objects, or COCO's object."""
    if re.match(r"\[\s*\{", beginning) or _AN_IMAGE_FIRST.match(beginning):
        return "json"
    if not beginning.startswith("{"):
        return None
    lines = _is_one_line_of_json(beginning) and '"annotations"' not in beginning and '"info"' not in beginning
    return "jsonl" if lines else "coco"


def _folder_format(path: Path) -> str | None:
    """What a saved dataset, shards, or a folder of images look like."""
    names = {entry.name for entry in path.iterdir()}
    if names & {"state.json", "dataset_dict.json"}:
        return "hf"
    if any(name.endswith((".tar", ".tar.gz", ".tgz")) for name in names):
        return "webdataset"
    found = {
        "parquet": next(files_below(path, {".parquet"}), None),
        "folder": next(files_below(path, IMAGES), None),
    }
    fit = [form for form, file in found.items() if file is not None]
    return fit[0] if len(fit) == 1 else None


def head(path: Path, size: int = 4_096) -> str:
    """The beginning of a text file.

    Raises:
        UnreadableFile: It is missing, a folder, empty, or not UTF-8.
    """
    refuse_special(path)
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


def refuse_special(path: Path) -> None:
    """Refuse what is no ordinary file before it is opened: at a pipe one would wait for ever.

    Raises:
        UnreadableFile: A pipe, a device or a socket.
    """
    if path.exists() and not path.is_dir() and not path.is_file():
        raise UnreadableFile("not an ordinary file", where=str(path), fix="Save what it holds to a file first.")


def unreadable(path: Path, error: OSError) -> BadInput:
    """The error for a file the system would not open."""
    return UnreadableFile(error.strerror or str(error), where=str(path), fix="Name another, or mend its rights.")


_AN_IMAGE_FIRST = re.compile(
    rf"""\{{\s*"[^"]{{1,1000}}(?:{"|".join(map(re.escape, sorted(IMAGES)))})"\s*:\s*["\[]""", re.IGNORECASE
)


def _is_one_line_of_json(beginning: str) -> bool:
    first = beginning.lstrip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
