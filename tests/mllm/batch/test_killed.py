"""Killed at its worst moments, a command that is repeated pays for nothing twice."""

import signal
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from schemas.run import RunFolder
from tests.e2e.chain import ROOT, environment
from tests.mllm.batch.conftest import SCENES, batches_of, lines_of, once, pairs_of, said_by, to_the_end, until_ended
from tests.model_server import ModelServer


def killed(run: RunFolder, server: ModelServer, moment: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "tests.mllm.batch.dying", str(run.path), server.base_url, moment],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert process.returncode == -signal.SIGKILL, process.stderr


def check_nothing_twice(run: RunFolder, server: ModelServer, live_pairs: list[dict[str, Any]]) -> None:
    asked = Counter(entry.body_sha256 for entry in lines_of(server))
    assert set(asked.values()) == {1}
    assert sum(asked.values()) == 2 * SCENES
    marks = [batch.metadata["leadproof"] for batch in batches_of(server)]
    assert len(set(marks)) == len(marks)
    assert said_by(pairs_of(run)) == said_by(live_pairs)


@pytest.mark.parametrize("moment", ["uploaded", "noted", "created"])
def test_killed_while_sending(run: RunFolder, live_pairs: list[dict[str, Any]], moment: str) -> None:
    with ModelServer(run=run.path) as server:
        killed(run, server, moment)
        assert len(batches_of(server)) == (moment == "created")
        done = to_the_end(run, server)
        assert len(batches_of(server)) == 2
        assert not list(run.path.glob("*draft*"))
        assert done.spent == pytest.approx(server.counts.batch.usd + server.counts.sent.usd)
        check_nothing_twice(run, server, live_pairs)


@pytest.mark.parametrize("moment", ["collecting", "collected"])
def test_killed_while_collecting(run: RunFolder, live_pairs: list[dict[str, Any]], moment: str) -> None:
    with ModelServer(run=run.path) as server:
        once(run, server)
        until_ended(server)
        killed(run, server, moment)
        assert len(batches_of(server)) == 1
        done = to_the_end(run, server)
        assert done.spent == pytest.approx(server.counts.batch.usd + server.counts.sent.usd)
        check_nothing_twice(run, server, live_pairs)
