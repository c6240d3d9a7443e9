"""What an ingest has read and found so far, in a database without a name, so that memory does not grow with it.

SQLite keeps it in a temporary file (in ``SQLITE_TMPDIR``, ``TMPDIR`` or ``/var/tmp``) that is gone when the
ingest ends, however it ends; of it, a few megabytes are in memory.
"""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pyarrow as pa

from datagen.sources import SourceRecord
from schemas.tables import TABLES

ROWS = 2**15  # of a table in memory at once
_AS_OBJECTS = 2**10  # of these, as Python's objects
_CACHE_KIB = 8_192

# ``record`` holds an image of a source once, in the sources' order; ``named`` is null where it came as bytes.
# ``stored`` is its name on the shelf, ``reason`` why it could not be had. ``looked`` holds what its file turned
# out to be, ``images`` and ``held`` the run's rows: first those of before.
_TABLES = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -{_CACHE_KIB};
CREATE TABLE record (
    id INTEGER PRIMARY KEY, source INTEGER, name, named, row INTEGER, license, may_leave, drawn,
    stored, reason, detail, UNIQUE (source, named)
);
CREATE TABLE caption (
    record INTEGER, at INTEGER, text TEXT, PRIMARY KEY (record, at), UNIQUE (record, text)
) WITHOUT ROWID;
CREATE TABLE looked (record INTEGER PRIMARY KEY, source, image, format, width, height, bytes, phash);
CREATE TABLE placed (image PRIMARY KEY, cluster, split) WITHOUT ROWID;
CREATE TABLE images ({", ".join(TABLES["images"].names)}, PRIMARY KEY (image)) WITHOUT ROWID;
CREATE TABLE held ({", ".join(TABLES["captions"].names)});
BEGIN;
"""


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """An empty database of an ingest's tables.

    Raises:
        OSError: The disk that holds it is full.
    """
    db = sqlite3.connect("", isolation_level=None)
    try:
        db.executescript(_TABLES)
        yield db
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            where = "the folder for temporary files (TMPDIR says which)"
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), where) from error
        raise
    finally:
        db.close()


def note(db: sqlite3.Connection, source: int, record: SourceRecord, stored: str | None = None) -> None:
    """Take a record in; further ones of the same image of a source join the first."""
    named = None if stored else record.image
    said = (source, record.image, named, record.row, record.license, record.may_leave, record.drawn, stored)
    (number,) = db.execute(_NOTE, said).fetchone()
    if record.captions:
        db.executemany(_CAPTION, [(number, text) for text in record.captions])


def batches(found: sqlite3.Cursor, name: str) -> Iterator[pa.RecordBatch]:
    """Rows as batches of the named table, whose columns they begin with."""
    while pieces := list(islice(_pieces(found, TABLES[name]), ROWS // _AS_OBJECTS)):
        yield pa.concat_batches(pieces)


def _pieces(found: sqlite3.Cursor, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while rows := found.fetchmany(_AS_OBJECTS):
        columns = zip(*rows, strict=True)
        yield pa.RecordBatch.from_arrays(list(map(_array, columns, schema.types)), schema=schema)


def rows_of(found: Iterable[pa.RecordBatch]) -> Iterator[tuple[Any, ...]]:
    """The rows of batches."""
    for batch in found:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _array(column: tuple[object, ...], kind: pa.DataType) -> pa.Array:
    return pa.array(column, pa.int8()).cast(kind) if pa.types.is_boolean(kind) else pa.array(column, kind)


_NOTE = """
INSERT INTO record (source, name, named, row, license, may_leave, drawn, stored) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, named) DO UPDATE SET
    license = CASE WHEN license <> '' THEN license ELSE nullif(excluded.license, '') END,
    may_leave = may_leave AND excluded.may_leave, drawn = drawn AND excluded.drawn
RETURNING id
"""
_CAPTION = """
INSERT OR IGNORE INTO caption (record, at, text)
VALUES (?1, (SELECT coalesce(max(at), 0) + 1 FROM caption WHERE record = ?1), ?2)
"""
