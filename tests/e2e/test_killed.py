"""Killed at random moments and repeated, a run ends with the same rows as one never killed."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.chain import command, environment, exported, leadproof, tables

SCENES = 40
CHAIN = (
    ("scenes", str(SCENES), "--size", "96"),
    ("generate",),
    ("filter",),
    ("export", "--format", "mmr", "--format", "llava"),
)


class Unharmed(NamedTuple):
    """A run that was never killed, and how long each stage took from start to end of its process."""

    run: Path
    seconds: dict[str, float]


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory: pytest.TempPathFactory) -> Unharmed:
    run = tmp_path_factory.mktemp("unharmed") / "run"
    seconds = {}
    for stage in CHAIN:
        start = time.monotonic()
        done = leadproof(*stage, "--run", run)
        seconds[stage[0]] = time.monotonic() - start
        assert done.returncode == 0, done.stderr
    return Unharmed(run, seconds)


def killed(stage: tuple[str, ...], run: Path, after: float) -> bool:
    """Start a command and kill it with all its workers; whether it was still at work."""
    process = subprocess.Popen(
        command(*stage, "--run", run),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    at_work = process.poll() is None
    if at_work:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return at_work


def check_kills(unharmed: Unharmed, run: Path, *, times: int, seed: int) -> None:
    chance = random.Random(seed)
    at_work = 0
    for stage in CHAIN:
        for _ in range(times):
            at_work += killed(stage, run, chance.uniform(0.3, 1.0) * unharmed.seconds[stage[0]])
        done = leadproof(*stage, "--run", run)
        assert done.returncode == 0, done.stderr
    assert at_work > 0
    assert tables(run) == tables(unharmed.run)
    assert exported(run) == exported(unharmed.run)


@pytest.mark.xdist_group("killed")
def test_a_run_killed_twice_a_stage_ends_with_the_same_rows(unharmed: Unharmed, tmp_path: Path) -> None:
    check_kills(unharmed, tmp_path / "run", times=2, seed=1)


@pytest.mark.slow
@pytest.mark.xdist_group("killed")
def test_a_run_killed_twenty_times_a_stage_ends_with_the_same_rows(unharmed: Unharmed, tmp_path: Path) -> None:
    check_kills(unharmed, tmp_path / "run", times=20, seed=2)
