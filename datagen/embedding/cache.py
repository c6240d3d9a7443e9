"""Vectors that were computed before: one SQLite file in the run folder, only ever added to."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from schemas.errors import BadRunFolder

CACHE_FILE = "embeddings.sqlite"
_VERSION = 1
_APPLICATION = 0x1EADE3BD  # marks the file as ours
_TABLE = "CREATE TABLE embeddings (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;"
_AT_ONCE = 500


class EmbeddingCache:
    """Vectors by key, a hash of content and model; used by one thread.

    WAL with ``synchronous=NORMAL``: whatever kills the process, what was committed is there and the file is whole;
    losing power may cost the last of it, which is then computed again.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            BadRunFolder: It is damaged or not such a cache.
        """
        self.path = path
        with self._told():
            self._database = sqlite3.connect(path, isolation_level=None, timeout=30)
            try:
                self._prepare()
            except BaseException:
                self._database.close()
                raise

    def __enter__(self) -> Self:
        """The cache, closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def find(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """Those of the keys that are known, each with its vector, (dim,) float32.

        Raises:
            BadRunFolder: The file is damaged.
        """
        found = {}
        with self._told():
            for start in range(0, len(keys), _AT_ONCE):
                some = keys[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                # Only marks are put in: the keys are bound.
                rows = self._database.execute(f"SELECT key, vector FROM embeddings WHERE key IN ({marks})", some)
                for key, blob in rows:
                    if not isinstance(blob, bytes) or not blob or len(blob) % 4:
                        raise self._damaged("a vector is cut")
                    vector = np.frombuffer(blob, "<f4").astype(np.float32)
                    if not abs(float(vector @ vector) - 1) < 1e-3:  # NaN is not either
                        raise self._damaged("a vector is not of length 1")
                    found[key] = vector
        return found

    def add(self, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Keep vectors; they are committed when this returns. A key that is known keeps its first vector.

        Raises:
            BadRunFolder: The file is damaged, or cannot be written.
        """
        rows = [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
        with self._told():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                self._database.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?)", rows)
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def _prepare(self) -> None:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        (mark,) = self._database.execute("PRAGMA application_id").fetchone()
        (tables,) = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if (mark, version, tables) == (0, 0, 0):
            self._database.execute("PRAGMA journal_mode=WAL")
            marks = f"PRAGMA application_id={_APPLICATION}; PRAGMA user_version={_VERSION};"
            self._database.executescript(f"BEGIN; {_TABLE} {marks} COMMIT;")
        elif (mark, version) != (_APPLICATION, _VERSION):
            raise self._damaged("not a cache of this version")
        self._database.execute("PRAGMA synchronous=NORMAL")

    def _damaged(self, what: str) -> BadRunFolder:
        return BadRunFolder(
            f"the cache of embeddings cannot be used ({what})",
            where=str(self.path),
            fix="Delete it, and its -wal and -shm if there: it holds nothing that cannot be computed again.",
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise self._damaged(str(error)) from error
