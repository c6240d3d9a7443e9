import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from datagen.embedding import EmbeddingCache
from schemas.errors import BadRunFolder

UNIT = np.array([0.6, 0.8], np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "embeddings.sqlite"


def test_gives_back_the_bits_it_was_given(path: Path) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((1_200, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keys = [str(number).encode() for number in range(1_200)]
    with EmbeddingCache(path) as cache:
        cache.add(dict(zip(keys[:-1], vectors, strict=False)))
    with EmbeddingCache(path) as cache:
        found = cache.find(keys)
    assert list(found) != []
    assert set(found) == set(keys[:-1])
    assert all(np.array_equal(found[key], vectors[number]) for number, key in enumerate(keys[:-1]))


def test_a_known_key_keeps_its_first_vector(path: Path) -> None:
    with EmbeddingCache(path) as cache:
        cache.add({b"a": UNIT})
        cache.add({b"a": UNIT[::-1].copy(), b"b": UNIT})
        assert np.array_equal(cache.find([b"a"])[b"a"], UNIT)


def test_what_was_added_survives_a_kill(path: Path) -> None:
    code = (
        "import os, signal, sys, numpy as np; from pathlib import Path; from datagen.embedding import EmbeddingCache\n"
        "cache = EmbeddingCache(Path(sys.argv[1])); cache.add({b'a': np.array([0.6, 0.8], np.float32)})\n"
        "cache._database.execute('BEGIN'); cache._database.execute(\"INSERT INTO embeddings VALUES (x'62', x'00')\")\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[3], check=False)
    assert ended.returncode == -signal.SIGKILL
    with EmbeddingCache(path) as cache:
        assert list(cache.find([b"a", b"b"])) == [b"a"]


class TestDamage:
    def test_a_file_that_is_no_database(self, path: Path) -> None:
        path.write_bytes(b"not a database, but long enough to be looked at" * 50)
        with pytest.raises(BadRunFolder, match="Delete it"):
            EmbeddingCache(path)

    def test_a_database_of_something_else(self, path: Path) -> None:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE notes (text TEXT)")
        other.close()
        with pytest.raises(BadRunFolder, match="not a cache of this version"):
            EmbeddingCache(path)

    def test_pages_overwritten(self, path: Path) -> None:
        with EmbeddingCache(path) as cache:
            cache.add({bytes([number]) * 32: UNIT for number in range(200)})
        content = bytearray(path.read_bytes())
        content[4_096:] = b"\xff" * (len(content) - 4_096)
        path.write_bytes(content)
        with (
            pytest.raises(BadRunFolder, match="holds nothing that cannot be computed again"),
            EmbeddingCache(path) as cache,
        ):
            cache.find([bytes([7]) * 32])

    @pytest.mark.parametrize("blob", [b"", b"\x00" * 7, b"\x00" * 8, np.array([np.nan, 1], "<f4").tobytes()])
    def test_a_vector_that_is_none(self, path: Path, blob: bytes) -> None:
        with EmbeddingCache(path) as cache:
            cache._database.execute("INSERT INTO embeddings VALUES (?, ?)", (b"a", blob))
            with pytest.raises(BadRunFolder, match="Delete it"):
                cache.find([b"a"])

    def test_a_folder_in_its_place(self, path: Path) -> None:
        path.mkdir()
        with pytest.raises(BadRunFolder, match="cannot be used"):
            EmbeddingCache(path)
