"""SIGKILL at random moments of an evaluation: repeated, it asks only what was not kept, and the files are the same."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemas.run import RunFolder
from tests.e2e.by_model.test_killed import CONCURRENCY, committed_keys, key_of, killed_after
from tests.e2e.chain import leadproof
from tests.model_server import Fault, ModelServer

FILES = ("replies.jsonl", "rows.jsonl", "rotations.jsonl", "push_back.jsonl", "scores.json")
FAULTS = (  # none that changes what is said in the end
    Fault(kind="rate-limited", rate=0.06),
    Fault(kind="internal-error", rate=0.03),
    Fault(kind="bad-gateway", rate=0.01),
    Fault(kind="cut-before-headers", rate=0.01),
    Fault(kind="cut-inside-body", rate=0.01),
)
ERRS: dict[str, Any] = {"mistakes": 0.1, "misled": 0.4, "gives_up": 0.3, "varied": True}


@pytest.mark.parametrize(("count", "kills"), [(40, 3), pytest.param(200, 25, marks=pytest.mark.slow)])
def test_killed_and_repeated_it_ends_as_if_nothing_had_happened(
    scenes: Callable[[int], Path], tmp_path: Path, count: int, kills: int
) -> None:
    run, chance = scenes(count), random.Random(11)
    untouched = shutil.copytree(run, tmp_path / "untouched" / "run")
    flags = ("--model", "drawn-scenes", "--circular", "--push-back", "--concurrency", CONCURRENCY)
    with ModelServer(run=run, **ERRS, latency=0.05, jitter=0.1, faults=FAULTS) as server:
        line = ("eval", run, *flags, "--base-url", server.base_url)
        died = 0
        for _ in range(kills):
            committed, seen = committed_keys(RunFolder.open(run)), len(server.log)
            died += killed_after(line, chance.uniform(0.0, 0.5), run, len(committed))
            assert not committed & {key_of(entry) for entry in server.log[seen:]}
            assert not list(run.glob("eval/*/*/*/manifest.json")), "what was not finished does not count"
        committed, seen = committed_keys(RunFolder.open(run)), len(server.log)
        ended = leadproof(*line)
        assert ended.returncode == 0, ended.stderr
        assert not committed & {key_of(entry) for entry in server.log[seen:]}
        assert committed, "the killed ones had got somewhere"
        server.configure(faults=(), latency=0.0, jitter=0.0)
        whole = leadproof("eval", untouched, *flags, "--base-url", server.base_url)
        assert whole.returncode == 0, whole.stderr
        before = len(server.log)
        assert leadproof(*line).stdout.startswith("Nothing to do")
        assert len(server.log) == before
    assert died > kills / 2, "most kills met an evaluation at work"
    (killed,), (straight,) = (list(path.glob("eval/*/*/[0-9]*")) for path in (run, untouched))
    assert killed.parent.name == straight.parent.name
    for name in FILES:
        assert (killed / name).read_bytes() == (straight / name).read_bytes(), name
    assert len((killed / "push_back.jsonl").read_bytes()) > 1_000
