"""A benchmark from wherever it lies: a file, an export, a run folder."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from evaluation.benchmarks.contract import Benchmark, BenchmarkReader
from evaluation.benchmarks.finding import find_images
from evaluation.benchmarks.naming import name_of
from evaluation.benchmarks.peeking import first_keys
from evaluation.item import Item
from schemas.config import CONFIG_FILE
from schemas.errors import InvalidRecord, MissingStage, UnreadableFile
from schemas.mmr import read_json_rows
from schemas.registry import Registry
from schemas.run import RunFolder
from schemas.text import LONE_SURROGATE, plain

BENCHMARKS: Registry[BenchmarkReader] = Registry(
    kind="benchmark format",
    group="leadproof.benchmarks",
    builtin={
        "mmr": "evaluation.benchmarks.mmr:MMR",
        "pope": "evaluation.benchmarks.pope:POPE",
        "naturalbench": "evaluation.benchmarks.naturalbench:NATURALBENCH",
    },
)
AUTO = "auto"
_FILE, _PREMISES = "benchmark.json", "true_premise.json"
_SHOWN = 8  # names that a message lists


def open_benchmark(
    path: Path,
    *,
    images: Path | None = None,
    true_premise: Path | None = None,
    format: str = AUTO,  # noqa: A002
) -> Benchmark:
    """Read a benchmark and find the folder of its images.

    Args:
        path: A file of rows; an export's folder, with true premises where it holds some; ``export/mmr``, whose newest
            number is taken; or a run folder, for its newest ``export/mmr``.
        images: The folder of its images; not said, they are looked for beside it.
        true_premise: Rows of pairs whose leading question is true; not said, the export's own.
        format: A name in ``BENCHMARKS``, or ``auto`` for the first that recognises it.

    Raises:
        UnknownName: There is no such format.
        MissingStage: The run folder has no export in MMR's shape.
        BadInput: It is no benchmark, or it, its true premises or the folder of images cannot be read.
    """
    place, premises = _place(path, true_premise)
    reader = BENCHMARKS.get(format) if format != AUTO else _recognised(place)
    items, left_out = reader.read(place, true_premise=premises)
    if not items:
        raise UnreadableFile("holds no question", where=str(place), fix="Give a benchmark with at least one pair.")
    _refuse_half_characters(place, items)
    told = [one for one in items if one.kind == "true-premise"]
    digest = digest_of([one for one in items if one.kind != "true-premise"])
    named = list(dict.fromkeys(item.image for item in items))
    return Benchmark(
        name=name_of(place, digest),
        digest=digest,
        items=tuple(items),
        images=find_images(named, given=images, beside=place if place.is_dir() else place.parent),
        sources=(place,) if premises is None else (place, premises),
        premises=digest_of(told) if told else "",
        left_out=tuple(left_out),
    )


def digest_of(items: Sequence[Item]) -> str:
    """16 hex digits over all that decides what is asked and what is right, in its order; images count by name."""
    found = hashlib.sha256()
    for one in items:
        asked = [one.id, one.question_type, one.kind, one.category, one.image, one.text, one.stem]
        judged = [list(one.options.items()), one.gold, one.style, one.group]
        found.update(json.dumps([*asked, *judged]).encode() + b"\n")
    return found.hexdigest()[:16]


def _place(path: Path, true_premise: Path | None) -> tuple[Path, Path | None]:
    """The file to read (a folder where a reader takes it whole), and the file of true premises."""
    if not path.exists():
        raise UnreadableFile("no such file or folder", where=str(path), fix="Check the path.")
    if not path.is_dir():
        return path, true_premise
    folder = _export(path)
    if (folder / _FILE).is_file():
        beside = folder / _PREMISES
        return folder / _FILE, true_premise or (beside if beside.is_file() else None)
    if _reader_of(folder) is not None:
        return folder, true_premise
    held = sorted(one.name for one in folder.iterdir() if one.suffix.lower() in (".json", ".jsonl"))
    held = [name for name in held if name != "manifest.json"]
    if not held:
        raise UnreadableFile(
            "holds no benchmark", where=str(folder), fix="Name a benchmark's file, an export's folder or a run folder."
        )
    more = f" and {len(held) - _SHOWN} more" if len(held) > _SHOWN else ""
    what = f"has no {_FILE}; it holds {', '.join(plain(name, limit=60) for name in held[:_SHOWN])}{more}"
    raise UnreadableFile(what, where=str(folder), fix=f"Name one of them, as in {folder / held[0]}.")


def _export(folder: Path) -> Path:
    """The export meant by a folder: a run's newest, a format's newest, or the folder itself."""
    if (folder / CONFIG_FILE).is_file():
        stage = RunFolder.open(folder).current("export/mmr")
        if stage is None:
            fix = f"Run `leadproof export --run {folder} --format mmr` first."
            raise MissingStage("nothing in export/mmr/ yet", where=str(folder), fix=fix)
        return stage.path
    here = folder.resolve()
    run = here.parent.parent
    if here.parent.name == "export" and (run / CONFIG_FILE).is_file():
        stage = RunFolder.open(run).current(f"export/{here.name}")
        if stage is not None:
            return stage.path
    return folder


def _reader_of(path: Path) -> BenchmarkReader | None:
    readers = (BENCHMARKS.get(name) for name in BENCHMARKS.names())
    return next((reader for reader in readers if reader.recognises(path)), None)


def _recognised(path: Path) -> BenchmarkReader:
    found = _reader_of(path)
    if found is not None:
        return found
    known = f"Known formats: {', '.join(BENCHMARKS.names())}; --format says which."
    if path.suffix.lower() == ".parquet":
        fix = "Save its images as files, and its rows as JSON lines with their names."
        raise UnreadableFile("Parquet is not read as a benchmark", where=str(path), fix=fix)
    read_json_rows(path)  # says so where it is no JSON at all
    keys = sorted(first_keys(path))
    if "conversations" in keys:
        fix = "Export it with `leadproof export --format mmr`."
        raise UnreadableFile("holds training samples, not a benchmark", where=str(path), fix=fix)
    listed = ", ".join(plain(key, limit=40) for key in keys[:_SHOWN])
    what = f"its rows have {listed}" if keys else "its first row is not an object"
    raise UnreadableFile(f"not a benchmark of a known format: {what}", where=str(path), fix=known)


def _refuse_half_characters(path: Path, items: Sequence[Item]) -> None:
    """JSON can hold half of a character that UTF-8 cannot: it could neither be sent nor written."""
    for one in items:
        if any(LONE_SURROGATE.search(text) for text in (one.id, one.image, one.text, one.gold, one.question_type)):
            raise InvalidRecord(
                "half of a character (a lone surrogate) is in it", where=f"{path} (row {one.row})", fix="Mend the row."
            )
