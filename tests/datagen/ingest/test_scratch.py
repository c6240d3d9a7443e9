import errno
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from datagen.ingest.ahead import ahead
from datagen.ingest.reading import Reading
from datagen.ingest.scratch import note, scratch
from datagen.sources import SourceRecord


def captions(db: sqlite3.Connection) -> list[str]:
    return [text for (text,) in db.execute("SELECT text FROM caption ORDER BY record, at")]


def test_further_records_of_an_image_join_its_first() -> None:
    with scratch() as db:
        note(db, 0, SourceRecord("a.png", ("One.", "Two."), 1, drawn=True))
        note(db, 0, SourceRecord("b.png", ("One.",), 2))
        note(db, 0, SourceRecord("a.png", ("Three.", "One."), 3, "CC0", may_leave=False, drawn=False))
        note(db, 1, SourceRecord("a.png", ("Four.",), 1))
        rows = db.execute("SELECT name, row, license, may_leave, drawn FROM record ORDER BY id").fetchall()
        assert rows == [("a.png", 1, "CC0", 0, 0), ("b.png", 2, None, 1, 0), ("a.png", 1, None, 1, 0)]
        assert captions(db) == ["One.", "Two.", "Three.", "One.", "Four."]


def test_images_that_came_as_bytes_are_never_joined() -> None:
    with scratch() as db:
        for row in (1, 2):
            note(db, 0, SourceRecord("a.png", ("One.",), row), "shelved")
        assert len(list(Reading(Path("x"), None, 0, 2).records(db))) == 2


def test_captions_with_a_nul_stay_whole() -> None:
    with scratch() as db:
        note(db, 0, SourceRecord("a.png", ("One\0two", "One\0three"), 1))
        assert captions(db) == ["One\0two", "One\0three"]


def test_a_full_disk_is_an_error_of_the_system() -> None:
    def fill() -> None:
        with scratch() as db:
            db.execute("PRAGMA max_page_count = 20")
            note(db, 0, SourceRecord("a.png", tuple(f"{n} {'x' * 5_000}" for n in range(100)), 1))

    with pytest.raises(OSError, match="temporary files") as raised:
        fill()
    assert raised.value.errno == errno.ENOSPC


def test_work_ahead_comes_in_order_and_no_further_than_asked() -> None:
    drawn = list[int]()

    def numbers() -> Iterator[int]:
        for n in range(20):
            drawn.append(n)
            yield n

    with ThreadPoolExecutor(2) as pool:
        results = ahead(pool, lambda n: n * n, numbers(), most=4)
        assert next(results) == 0
        assert len(drawn) == 4
        assert list(results) == [n * n for n in range(1, 20)]
