"""A Hugging Face dataset: a folder that ``save_to_disk`` wrote, or one on the Hub by its name.

A folder is read with Arrow alone. A name, taken only where no such path exists, needs the extra ``hub``;
all its splits are read, and its cache serves when offline.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from datagen.sources.arrow_rows import FEW, ArrowRows, arrow_error
from datagen.sources.record import DEFAULT, OnInvalid, SourceOptions, SourceRecord
from datagen.sources.registry import refuse_special, unreadable
from schemas.errors import MissingExtra, UnreadableFile

STATE, SPLITS = "state.json", "dataset_dict.json"
_END = b"\xff\xff\xff\xff\0\0\0\0"
_FIX = "Write it anew with save_to_disk, or name another."


def read_hf(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the rows of a dataset, split by split.

    Raises:
        UnreadableFile: Neither such a folder nor a dataset that can be had, or without the columns needed.
        MissingExtra: A name was given and the package datasets is not installed.
    """
    batches = _on_disk(path) if path.exists() else _by_name(path.as_posix())
    rows: ArrowRows | None = None
    for schema, batch in batches:
        if rows is None or schema != rows.schema:
            rows = ArrowRows(path.name, schema, options, row=rows.row if rows else 0)
        for start in range(0, batch.num_rows, FEW):
            yield from rows.records(batch.slice(start, FEW), on_invalid)


def _on_disk(path: Path) -> Iterator[tuple[pa.Schema, pa.RecordBatch]]:
    for split in _splits(path):
        for name in _names(_json(split / STATE).get("_data_files"), split / STATE):
            file = split / name
            refuse_special(file)
            try:
                # Not mapped into memory: a file cut while it is read would end the process.
                with pa.OSFile(str(file)) as source, pa.ipc.open_stream(source) as stream:
                    _refuse_damaged(file, stream.schema)
                    for batch in stream:
                        batch.validate(full=True)  # a damaged offset would lead out of the batch's memory
                        yield stream.schema, batch
            except (OSError, ValueError, KeyError, OverflowError, MemoryError, pa.ArrowException) as error:
                raise arrow_error(file, error) from error


def _refuse_damaged(file: Path, schema: pa.Schema) -> None:
    """A stream that was cut between two batches looks whole but for the mark of its end."""
    if not schema.names:  # read here, where names that are no text are met
        raise pa.ArrowInvalid("no columns")
    with file.open("rb") as raw:
        raw.seek(-len(_END), os.SEEK_END)
        if raw.read() != _END:
            raise pa.ArrowInvalid("no mark of its end")


def _splits(path: Path) -> list[Path]:
    if (path / SPLITS).is_file():
        named = _json(path / SPLITS).get("splits")
        return [path / name for name in _names(named, path / SPLITS)]
    if not (path / STATE).is_file():
        raise UnreadableFile(f"not a saved dataset: it has neither {STATE} nor {SPLITS}", where=str(path), fix=_FIX)
    return [path]


def _names(found: object, where: Path) -> list[str]:
    """Names of files or splits in the folder itself."""
    listed = [one.get("filename") if isinstance(one, dict) else one for one in found] if isinstance(found, list) else []
    names = [name for name in listed if isinstance(name, str) and Path(name).name == name != ".." and "\0" not in name]
    if not names or len(names) != len(listed):
        raise UnreadableFile("it does not name files of its folder", where=str(where), fix=_FIX)
    return names


def _json(path: Path) -> dict[str, Any]:
    refuse_special(path)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("not JSON", where=str(path), fix=_FIX) from error
    return found if isinstance(found, dict) else {}


def _by_name(name: str) -> Iterator[tuple[pa.Schema, pa.RecordBatch]]:
    try:
        import datasets
    except ImportError as error:
        what = f"{name}: no such path, and reading it as a dataset's name"
        raise MissingExtra("datasets", "hub", what=what) from error
    try:
        loaded = datasets.load_dataset(name)
        for split in loaded.values():
            for table in split.with_format("arrow").iter(batch_size=FEW):
                for batch in table.to_batches():
                    yield table.schema, batch
    except (OSError, ValueError, RuntimeError) as error:
        said = str(error).split("\n", 1)[0][:300]
        fix = "Check its name and the network, or name a folder."
        raise UnreadableFile(f"no such path, and as a dataset's name: {said}", where=name, fix=fix) from error
