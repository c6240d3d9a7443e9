"""The union of what a run holds and what was found, in the scratch database.

Images that are there keep their rows; captions of a source that is read again are replaced, and one that an
image has already is not repeated.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pyarrow as pa

from datagen.ingest.incoming import take
from datagen.ingest.reading import IngestOptions, Reading
from datagen.ingest.scratch import ROWS, batches, rows_of
from schemas.identity import short
from schemas.run import RunFolder, Stage
from schemas.tables import TABLES


def hold(db: Connection, before: Stage) -> None:
    """Take in the rows of before, but for the captions of sources that were read again."""
    db.executemany(_into("images"), rows_of(before.batches("images", rows=ROWS)))
    again = {source for (source,) in db.execute("SELECT DISTINCT source FROM looked")}
    at = TABLES["captions"].get_field_index("source")
    stay = (row for row in rows_of(before.batches("captions", rows=ROWS)) if row[at] not in again)
    db.executemany(_into("held"), stay)


def add_images(run: RunFolder, db: Connection, readings: Sequence[Reading], options: IngestOptions) -> None:
    """Add the images that were placed, each as the first record of it says; files are brought along that must be."""
    db.executemany(_into("images"), _new_images(run, db, readings, options))
    stay = "JOIN record ON id = record WHERE NOT may_leave" if options.may_leave else ""
    db.execute(f"UPDATE images SET may_leave = 0 WHERE image IN (SELECT image FROM looked {stay})")


def all_images(db: Connection) -> Iterator[pa.RecordBatch]:
    """The images of the union, in order."""
    return batches(db.execute("SELECT * FROM images ORDER BY image"), "images")


def all_captions(db: Connection) -> Iterator[pa.RecordBatch]:
    """The captions of the union, in order."""
    return batches(db.execute(_CAPTIONS), "captions")


def counted(db: Connection) -> dict[str, int]:
    """Clusters, and images by split."""
    (clusters,) = db.execute("SELECT count(DISTINCT cluster) FROM images").fetchone()
    return {
        "clusters": clusters,
        **dict(db.execute("SELECT split, count(*) FROM images GROUP BY split ORDER BY split")),
    }


def _into(table: str) -> str:
    columns = TABLES["captions" if table == "held" else table].names
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"


def _new_images(
    run: RunFolder, db: Connection, readings: Sequence[Reading], options: IngestOptions
) -> Iterator[tuple[Any, ...]]:
    by_number = {reading.number: reading for reading in readings}
    said = {"license": options.license or None, "may_leave": options.may_leave}
    for number, stored, image, name, form, *more in db.execute(_PLACED, said):
        file = by_number[number].place(name, stored)
        yield (image, None if file is None else _brought(run, file, image, form, options), name, form, *more)


def _brought(run: RunFolder, file: Path, image: str, form: str, options: IngestOptions) -> str:
    """The image's path, relative where it lies in the run folder; brought there first if it must be."""
    to = run.path / "images" / f"{short(image)}.{form.lower()}"
    path = take(run, file.resolve(), to, copy=options.copy)
    return str(path.relative_to(run.path) if path.is_relative_to(run.path) else path)


_PLACED = """
SELECT record.source, stored, placed.image, name, format, width, height, bytes, phash,
    coalesce(:license, license), may_leave AND :may_leave, drawn, cluster, split, looked.source
FROM placed
JOIN looked ON record = (SELECT min(record) FROM looked AS one WHERE one.image = placed.image)
JOIN record ON id = record
ORDER BY placed.image
"""
_CAPTIONS = """
SELECT image, text, language, source, row, min(nth) FROM (
    SELECT image, text, language, source, row, 0 AS nth FROM held
    UNION ALL
    SELECT image, text, 'en', looked.source, row, id
    FROM caption JOIN record ON id = caption.record JOIN looked ON looked.record = id
    WHERE image IN (SELECT image FROM images)
)
GROUP BY image, text ORDER BY image, source, row, text
"""
