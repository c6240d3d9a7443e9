"""The tables of a run folder: one Arrow schema each, carried with its version in the Parquet file.

Rows are plain dicts on the way in and out; ``pairs`` also come as records.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from schemas.errors import BadRunFolder
from schemas.fact import Fact
from schemas.pair import Pair

SCHEMA_VERSION = 1
_LATER_VERSIONS = {"kept": 2}  # of tables that have changed since
_VERSION_KEY = b"leadproof"

_OPTION = pa.struct([("text", pa.string()), ("role", pa.string())])
_QUESTION = pa.struct([
    ("text", pa.string()),
    ("image", pa.string()),
    ("options", pa.list_(_OPTION)),
    ("answer", pa.int8()),
    ("order", pa.list_(pa.int8())),
    ("language", pa.string()),
])  # fmt: skip
_PROVENANCE = pa.struct([
    ("generator", pa.string()),
    ("model", pa.string()),
    ("prompt_version", pa.string()),
    ("request_key", pa.string()),
    ("facts", pa.list_(pa.string())),
    ("source", pa.string()),
    ("source_id", pa.string()),
])  # fmt: skip

TABLES: dict[str, pa.Schema] = {
    "images": pa.schema([
        ("image", pa.string()),  # reference: sha256:<64 hex> or path:<as given>
        ("path", pa.string()),  # absolute, or relative to the run folder; null where not at hand
        ("name", pa.string()),  # as its source calls it
        ("format", pa.string()),
        ("width", pa.int32()),
        ("height", pa.int32()),
        ("bytes", pa.int64()),
        ("phash", pa.string()),  # 16 hex digits
        ("license", pa.string()),
        ("may_leave", pa.bool_()),
        ("drawn", pa.bool_()),
        ("cluster", pa.string()),  # the image that founded it
        ("split", pa.string()),
        ("source", pa.string()),
    ]),
    "captions": pa.schema([
        ("image", pa.string()),
        ("text", pa.string()),
        ("language", pa.string()),
        ("source", pa.string()),
        ("row", pa.int64()),  # its place in the source, from 1
    ]),
    "facts": pa.schema([
        ("fact_id", pa.string()),
        ("image", pa.string()),
        ("slot", pa.string()),
        ("subject", pa.string()),
        ("value", pa.string()),
        ("other", pa.string()),
        ("plural", pa.bool_()),
        ("source", pa.string()),
        ("evidence", pa.string()),
        ("confidence", pa.float64()),
    ]),
    "boxes": pa.schema([
        ("image", pa.string()),
        ("label", pa.string()),
        ("x", pa.float64()),  # of the upper left corner, in pixels
        ("y", pa.float64()),
        ("width", pa.float64()),
        ("height", pa.float64()),
        ("crowd", pa.bool_()),
    ]),
    "pairs": pa.schema([
        ("pair_id", pa.string()),
        ("kind", pa.string()),
        ("category", pa.string()),
        ("positive", _QUESTION),
        ("negative", _QUESTION),
        ("fact", pa.string()),
        ("premise", pa.string()),
        ("provenance", _PROVENANCE),
        ("verification", pa.string()),
        ("corrected_from", pa.string()),
    ]),
    "drops": pa.schema([
        ("pair_id", pa.string()),  # null where no pair came to be
        ("image", pa.string()),
        ("category", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("score", pa.float64()),
        ("threshold", pa.float64()),
        ("lost_to", pa.string()),  # for a duplicate: the pair that stays
        ("generator", pa.string()),  # in generate/: whose drop it is, "openai:MODEL" of a model's
    ]),
    "edges": pa.schema([
        ("filter", pa.string()),
        ("a", pa.string()),
        ("b", pa.string()),
        ("similarity", pa.float64()),
    ]),
    "kept": pa.schema([
        ("rank", pa.int64()),
        ("pair_id", pa.string()),
        ("score", pa.float64()),
        ("verification", pa.string()),  # what the filters found out of it; null where the pair's own state stands
        ("positive_order", pa.list_(pa.int8())),  # how options are lettered; null where the pair's own order stands
        ("negative_order", pa.list_(pa.int8())),
    ]),
    "verified": pa.schema([
        ("pair_id", pa.string()),
        ("verification", pa.string()),  # human-verified, or sampled: its category's sample was judged, not it
        ("confidence", pa.float64()),  # that it is right, in [0, 1]; null for sampled
        ("votes", pa.int64()),  # of annotators; a trusted one's counts as one
        ("unanimous", pa.bool_()),
        ("by", pa.string()),  # consensus, owner or sample
    ]),
}  # fmt: skip


def to_table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of the named schema; absent keys become null."""
    return pa.Table.from_pylist(list(rows), schema=TABLES[name])


def write_table(path: Path, name: str, table: pa.Table) -> None:
    """Write a table as Parquet, marked with its name and schema version."""
    pq.write_table(table.replace_schema_metadata(_mark(name)), path, compression="zstd")


def write_batches(path: Path, name: str, batches: Iterable[pa.RecordBatch]) -> int:
    """Write a table that comes in batches, holding one at a time; returns its number of rows.

    One batch gives the same file as :func:`write_table`, several give a file of as many row groups.
    """
    schema, rows = TABLES[name].with_metadata(_mark(name)), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).replace_schema_metadata(schema.metadata))
            rows += len(batch)
        if not rows:
            writer.write_table(schema.empty_table())
    return rows


def read_table(path: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a table that :func:`write_table` wrote.

    Raises:
        BadRunFolder: The file is missing, damaged, of another table or of another schema version.
    """
    with _checked(path, name):
        table = pq.read_table(path, columns=list(columns) if columns is not None else None)
    _refuse_nulls(path, name, table)
    return table


def read_batches(path: Path, name: str, *, rows: int) -> Iterator[pa.RecordBatch]:
    """Read a table as :func:`read_table` does, so many rows at a time."""
    with (
        _checked(path, name),
        path.open("rb") as raw,
        pq.ParquetFile(raw, pre_buffer=False, buffer_size=2**20) as file,
    ):
        for batch in file.iter_batches(rows):
            _refuse_nulls(path, name, batch)
            yield batch


def _mark(name: str) -> dict[bytes, bytes]:
    return {_VERSION_KEY: _version(name).encode()}


def _version(name: str) -> str:
    return f"{name}/{_LATER_VERSIONS.get(name, SCHEMA_VERSION)}"


@contextmanager
def _checked(path: Path, name: str) -> Iterator[None]:
    try:
        schema = pq.read_schema(path)
        mark = (schema.metadata or {}).get(_VERSION_KEY, b"").decode("utf-8", "replace")
        if mark != _version(name) or not schema.equals(TABLES[name]):
            raise unknown_version(str(path), found=mark or "no mark", expected=_version(name))
        yield
    except FileNotFoundError as error:
        raise BadRunFolder("a table of a committed stage is missing", where=str(path), fix=_REDO) from error
    except (pa.ArrowException, OSError) as error:
        raise BadRunFolder(f"cannot be read as Parquet ({error})", where=str(path), fix=_REDO) from error


def _refuse_nulls(path: Path, name: str, rows: pa.Table | pa.RecordBatch) -> None:
    for column in set(_NEVER_NULL.get(name, ())) & set(rows.schema.names):
        if rows.column(column).null_count:
            raise BadRunFolder(f"{column} is missing in some of its rows", where=str(path), fix=_REDO)


_NEVER_NULL = {
    "images": ("image", "name", "cluster", "split"),
    "captions": ("image", "text"),
    "facts": ("fact_id", "image", "slot", "subject", "source"),
    "boxes": ("image", "label"),
    "pairs": ("pair_id", "kind", "category", "positive", "negative", "provenance", "verification"),
    "drops": ("reason",),
    "kept": ("rank", "pair_id"),
    "verified": ("pair_id", "verification"),
}
_REDO = "Delete that stage's numbered folder and run the stage again."


def unknown_version(where: str, *, found: str, expected: str) -> BadRunFolder:
    """The error for a file of a schema that this version of leadproof does not know."""
    return BadRunFolder(
        f"its schema is {found}, this leadproof reads {expected}",
        where=where,
        fix="Use the version of leadproof that wrote it, or delete that numbered folder and run the stage again.",
    )


def pair_row(pair: Pair) -> dict[str, Any]:
    """A pair as a row of the ``pairs`` table."""
    return {"pair_id": pair.pair_id, **pair.model_dump()}


def pairs_of(table: pa.Table) -> Iterator[Pair]:
    """The rows of a ``pairs`` table as records, in order."""
    for batch in table.to_batches(max_chunksize=2_000):
        for row in batch.to_pylist():
            pair_id = row.pop("pair_id")
            try:
                pair = Pair.model_validate(row)
            except ValidationError as error:
                first = error.errors()[0]
                what = f"not a pair: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
                raise BadRunFolder(what, where=f"pair {pair_id} in pairs.parquet", fix=_REDO) from error
            pair.__dict__["pair_id"] = pair_id  # where cached_property keeps it: no need to hash again
            yield pair


def fact_rows(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Facts as rows of the ``facts`` table."""
    return [{"fact_id": fact.fact_id, **fact.model_dump()} for fact in facts]
