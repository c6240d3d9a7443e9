"""Runs of a dozen drawn scenes, asked about by batches over real HTTP."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from datagen.generators.mllm import Asked, generate_by_batches, generate_with_model
from datagen.scenes.stage import draw_into
from mllm import Ways
from mllm.batch import Limits, Out
from mllm.patience import Tries
from schemas.run import RunFolder
from tests.model_server import Entry, ModelServer

SCENES = 12
QUICK = Tries(first_wait=0.02, longest_wait=0.1)
POLL = 0.2
ALL_IN_ONE = Limits()


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with drawn scenes."""
    path = tmp_path_factory.mktemp("scenes") / "run"
    run = RunFolder.create(path)
    with run.writing():
        draw_into(run, SCENES, size=96)
    return path


@pytest.fixture
def run(drawn: Path, tmp_path: Path) -> RunFolder:
    """A run of its own."""
    shutil.copytree(drawn, tmp_path / "run")
    return RunFolder.open(tmp_path / "run")


@pytest.fixture(scope="session")
def live_pairs(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The pairs that live requests bring."""
    path = tmp_path_factory.mktemp("live") / "run"
    shutil.copytree(drawn, path)
    run = RunFolder.open(path)
    with ModelServer(run=path) as server, run.writing():
        generate_with_model(run, Ways("openai", "gpt-4o", server.base_url, tries=QUICK))
    return pairs_of(run)


def ways(server: ModelServer, *, budget: float | None = None) -> Ways:
    return Ways("openai", "gpt-4o", server.base_url, batch=True, budget=budget, tries=QUICK)


def once(
    run: RunFolder, server: ModelServer, *, budget: float | None = None, limits: Limits = ALL_IN_ONE
) -> Asked | Out:
    """One command, as a process of its own would run it: nothing but the run folder outlives it."""
    with run.writing():
        return generate_by_batches(run, ways(server, budget=budget), limits=limits)


def to_the_end(
    run: RunFolder, server: ModelServer, *, budget: float | None = None, limits: Limits = ALL_IN_ONE
) -> Asked:
    """One command that waits."""
    with run.writing():
        done = generate_by_batches(run, ways(server, budget=budget), wait=True, poll=POLL, limits=limits)
    assert isinstance(done, Asked)
    return done


def until_ended(server: ModelServer) -> None:
    """Wait until the server has worked off all its batches."""
    until = time.monotonic() + 10
    while any(one.status not in ("completed", "expired", "failed", "cancelled") for one in batches_of(server)):
        assert time.monotonic() < until
        time.sleep(0.01)


def batches_of(server: ModelServer) -> list[Any]:
    """The server's batches, the newest first."""
    return server._server.batches.all()


def lines_of(server: ModelServer) -> list[Entry]:
    """Lines of batches, and live requests, that the server worked off."""
    return [entry for entry in server.log if entry.number]


def pairs_of(run: RunFolder) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run.require("generate").table("pairs").to_pylist()
    return rows


def said_by(pairs: list[dict[str, Any]]) -> list[Any]:
    """Pairs without what names the server: its address enters the request keys."""
    return [{**pair, "provenance": {**pair["provenance"], "request_key": None}} for pair in pairs]


def rows_of(run: RunFolder, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(run.path / "journal.sqlite")) as database:
        return database.execute(sql).fetchall()
