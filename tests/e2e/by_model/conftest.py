"""Runs of drawn scenes, and what a journal and a ledger say of them."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from datagen.scenes.stage import draw_into
from mllm.patience import Tries
from schemas.run import RunFolder
from tests.model_server import Fault

QUICK = Tries(first_wait=0.02, longest_wait=0.2)
FAULTS = (
    Fault(kind="rate-limited", rate=0.06),
    Fault(kind="rate-limited", rate=0.04, retry_after=0.05, retry_after_form="ms"),
    Fault(kind="internal-error", rate=0.02),
    Fault(kind="bad-gateway", rate=0.01),
    Fault(kind="cut-json", rate=0.01),
    Fault(kind="wrong-shape", rate=0.01),
    Fault(kind="prose", rate=0.01),
    Fault(kind="cut-before-headers", rate=0.01),
    Fault(kind="cut-inside-body", rate=0.01),
)  # 10 % 429, 3 % 5xx, 3 % malformed, 2 % cut


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A run folder with so many scenes, drawn once a session."""
    known: dict[int, Path] = {}

    def draw(count: int) -> Path:
        if count not in known:
            path = tmp_path_factory.mktemp("scenes") / "run"
            run = RunFolder.create(path)
            with run.writing():
                draw_into(run, count)
            known[count] = path
        return known[count]

    return draw


@pytest.fixture
def scenes(drawn: Callable[[int], Path], tmp_path: Path) -> Callable[[int], RunFolder]:
    """A run of its own with so many scenes."""

    def copy(count: int) -> RunFolder:
        shutil.copytree(drawn(count), tmp_path / "run")
        return RunFolder.open(tmp_path / "run")

    return copy


def rows_of(run: RunFolder, sql: str) -> list[tuple[Any, ...]]:
    """What a query of the journal gives."""
    with closing(sqlite3.connect(run.path / "journal.sqlite")) as database:
        return database.execute(sql).fetchall()


def drops(run: RunFolder) -> list[dict[str, Any]]:
    """The ledger's rows of generate/."""
    rows: list[dict[str, Any]] = run.require("generate").table("drops").to_pylist()
    return rows


def images_without_end(run: RunFolder) -> set[str]:
    """Images that have neither a pair nor a reason of their own."""
    images = set(run.require("ingest").table("images", ["image"])["image"].to_pylist())
    pairs = run.require("generate").table("pairs").to_pylist()
    reasons = {"malformed", "refused", "no-reply", "nothing-seen", "budget"}
    named = {row["image"] for row in drops(run) if row["reason"] in reasons and row["image"]}
    declined = {row["image"] for row in drops(run) if row["reason"] in ("declined", "not-offered", "no-support")}
    return images - {row["positive"]["image"] for row in pairs} - named - declined
