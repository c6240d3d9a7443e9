"""SIGKILL at random moments of a run that pays: what was committed is never asked again, and nothing stands twice."""

import contextlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.run import RunFolder
from tests.e2e.by_model.conftest import FAULTS, rows_of
from tests.e2e.chain import command, environment, leadproof
from tests.model_server import Entry, ModelServer

CONCURRENCY = 16
Scenes = Callable[[int], RunFolder]


@pytest.mark.parametrize(("count", "kills"), [(60, 3), pytest.param(300, 20, marks=pytest.mark.slow)])
def test_no_key_is_asked_again_whose_reply_was_committed(scenes: Scenes, count: int, kills: int) -> None:
    run, chance = scenes(count), random.Random(7)
    with ModelServer(run=run.path, faults=FAULTS, latency=0.1, jitter=0.1) as server:
        flags = ("--backend", "openai", "--model", "gpt-4o", "--base-url", server.base_url)
        line = ("generate", "--run", run.path, *flags, "--concurrency", CONCURRENCY)
        died = 0
        for _ in range(kills):
            committed, seen = committed_keys(run), len(server.log)
            died += killed_after(line, chance.uniform(0.0, 0.6), run.path, len(committed))
            assert not committed & {key_of(entry) for entry in server.log[seen:]}
        committed, seen = committed_keys(run), len(server.log)
        ended = leadproof(*line)
        assert ended.returncode == 0, ended.stderr
        assert not committed & {key_of(entry) for entry in server.log[seen:]}
        in_form = Counter(key_of(entry) for entry in server.log if entry.whole and entry.fault is None)
    assert died > kills / 2, "most kills met a run at work"
    twice = sum(times - 1 for times in in_form.values())
    assert twice <= CONCURRENCY * died, "only what was in flight is paid for twice"
    replies = [key for (key,) in rows_of(run, "SELECT key FROM replies WHERE status = 'ok'")]
    assert len(replies) == len(set(replies))
    assert set(replies) == set(in_form), "what came in the form is kept, and nothing else"
    pairs = run.require("generate").table("pairs", ["pair_id"])["pair_id"].to_pylist()
    assert len(pairs) == len(set(pairs)) > 4 * count


def key_of(entry: Entry) -> str:
    """The journal's key of a request; a turn of repair is numbered behind it."""
    return (entry.idempotency_key or "").partition("-")[0]


def committed_keys(run: RunFolder) -> set[str]:
    if not (run.path / "journal.sqlite").exists():
        return set()
    return {key for (key,) in rows_of(run, "SELECT key FROM replies")}


def killed_after(line: tuple[object, ...], seconds: float, run: Path, known: int) -> bool:
    """Start a command, kill it so long after it has got its first new reply; False if it had ended before."""
    work = subprocess.Popen(command(*line), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    folder = RunFolder.open(run)
    until = time.monotonic() + 60
    while work.poll() is None and time.monotonic() < until:
        with contextlib.suppress(Exception):
            if len(committed_keys(folder)) > known:
                break
        time.sleep(0.02)
    with contextlib.suppress(subprocess.TimeoutExpired):
        work.wait(seconds)
    if work.poll() is not None:
        return False
    os.kill(work.pid, signal.SIGKILL)
    work.wait()
    return True
