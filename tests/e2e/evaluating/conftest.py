"""A run of drawn scenes whose export is the benchmark, for a server that knows what is right."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from datagen.export import export
from datagen.filters import filter_pairs
from datagen.generators import generate
from datagen.scenes.stage import draw_into
from schemas.run import RunFolder
from tests.app.conftest import leadproof  # noqa: F401 - a fixture


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A run folder with so many scenes, up to the export, made once a session."""
    known: dict[int, Path] = {}

    def make(count: int) -> Path:
        if count not in known:
            path = tmp_path_factory.mktemp("benchmarks") / "run"
            run = RunFolder.create(path)
            with run.writing():
                draw_into(run, count, size=128)
                generate(run)
                filter_pairs(run)
                list(export(run, ["mmr"]))
            known[count] = path
        return known[count]

    return make


@pytest.fixture
def scenes(exported: Callable[[int], Path], tmp_path: Path) -> Callable[[int], Path]:
    """A run of its own with so many scenes and their export."""

    def copy(count: int) -> Path:
        shutil.copytree(exported(count), tmp_path / "run")
        return tmp_path / "run"

    return copy
