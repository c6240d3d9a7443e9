"""Killed at random moments and repeated, a run ends with the same rows as one never killed."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.chain import command, environment, exported, leadproof, tables

SCENES = 40
CHAIN = (
    ("scenes", str(SCENES), "--size", "96"),
    ("generate",),
    ("filter",),
    ("export", "--format", "mmr", "--format", "llava"),
)


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("unharmed") / "run"
    for stage in CHAIN:
        done = leadproof(*stage, "--run", run)
        assert done.returncode == 0, done.stderr
    return run


@pytest.fixture(scope="module")
def seconds(unharmed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """How long each stage takes here, from start to end of its process."""
    run = tmp_path_factory.mktemp("timed") / "run"
    taken = {}
    for stage in CHAIN:
        start = time.monotonic()
        leadproof(*stage, "--run", run)
        taken[stage[0]] = time.monotonic() - start
    return taken


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
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return at_work


def check_kills(unharmed: Path, seconds: dict[str, float], run: Path, *, times: int, seed: int) -> None:
    chance = random.Random(seed)
    at_work = 0
    for stage in CHAIN:
        for _ in range(times):
            at_work += killed(stage, run, chance.uniform(0.2, 1.0) * seconds[stage[0]])
        done = leadproof(*stage, "--run", run)
        assert done.returncode == 0, done.stderr
    assert at_work > 0
    assert tables(run) == tables(unharmed)
    assert exported(run) == exported(unharmed)


@pytest.mark.xdist_group("killed")
def test_a_run_killed_twice_a_stage_ends_with_the_same_rows(
    unharmed: Path, seconds: dict[str, float], tmp_path: Path
) -> None:
    check_kills(unharmed, seconds, tmp_path / "run", times=2, seed=1)


@pytest.mark.slow
@pytest.mark.xdist_group("killed")
def test_a_run_killed_twenty_times_a_stage_ends_with_the_same_rows(
    unharmed: Path, seconds: dict[str, float], tmp_path: Path
) -> None:
    check_kills(unharmed, seconds, tmp_path / "run", times=20, seed=2)
