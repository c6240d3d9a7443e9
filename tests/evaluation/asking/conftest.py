"""A benchmark, and asking it of a model that is a function in a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.asking import Evaluated, Way, evaluate, images_of
from evaluation.benchmarks import open_benchmark
from mllm import Ways
from mllm.patience import Tries
from schemas.run import RunFolder
from tests.app.conftest import leadproof  # noqa: F401 - a fixture
from tests.evaluation.asking.made import write_benchmark, write_model

QUICK = Tries(failed=2, first_wait=0.01, longest_wait=0.02)
Evaluate = Callable[..., Evaluated]


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    return write_benchmark(tmp_path / "bench")


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


@pytest.fixture
def ask(benchmark: Path, run: RunFolder) -> Evaluate:
    """Asks the benchmark of a model that replies as its body says; further names are fields of :class:`Way`."""

    def call(reply: str = "return right", *, name: str = "model", file: Path | None = None, **said: Any) -> Evaluated:
        ways = {key: said.pop(key) for key in ("ask_again", "budget", "concurrency") if key in said}
        asked = {key: said.pop(key) for key in ("guard", "guard_images", "incomplete") if key in said}
        opened = open_benchmark(file or benchmark)
        model = write_model(benchmark, name, reply)
        with run.writing():
            return evaluate(run, opened, images_of(opened), Ways(str(model), tries=QUICK, **ways), Way(**said), **asked)

    return call
