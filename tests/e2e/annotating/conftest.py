"""A real Label Studio on a run of drawn scenes, and a real Chromium."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotation.server import ensure_environment
from annotation.studio import Studio, open_studio
from datagen.filters import Choices, filter_pairs
from datagen.generators import generate
from datagen.scenes.stage import draw_into
from schemas.run import RunFolder
from tests.e2e.chain import command, environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
OWNER = "owner@example.org"
Serve = Callable[..., AbstractContextManager[Studio]]
Run = Callable[..., RunFolder]


@pytest.fixture
def browser() -> "Iterator[Browser]":
    """Debian's Chromium; a machine without it skips, except where CI is to have installed it.

    It ends with its test: as long as it is there its event loop runs, and tests of others could start none.
    """
    if not CHROMIUM.exists():
        assert not os.environ.get("CI"), "CI runs without Chromium: see the Makefile"
        pytest.skip("no /usr/bin/chromium; on Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="session", autouse=True)
def installed() -> None:
    """Label Studio is there, kept per user and version."""
    ensure_environment()


@pytest.fixture
def scenes(tmp_path: Path) -> Run:
    """Makes a run of drawn scenes through to filter, with these lines under [annotate]."""

    def make(count: int, *annotate: str) -> RunFolder:
        path = tmp_path / "run"
        run = RunFolder.create(path)
        with (path / "leadproof.toml").open("a") as file:
            file.write("\n".join([f'owner = "{OWNER}"', *annotate, ""]))
        run = RunFolder.open(path)
        with run.writing():
            draw_into(run, count, size=128)
            generate(run)
            filter_pairs(run, choices=Choices(without=("near_duplicates",)))
        return run

    return make


@pytest.fixture
def serve() -> Serve:
    """Runs ``leadproof annotate serve`` until the end of a with-block, and sees that it stops cleanly.

    Where it ``dies`` the test has killed its Label Studio meanwhile, and ``serve`` has to say so.
    """

    @contextmanager
    def start(run: RunFolder, *arguments: str, dies: bool = False) -> Iterator[Studio]:
        port = free_port()
        words = command("annotate", "serve", "--run", run.path, "--port", port, *arguments)
        process = subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            wait_until_served(process)
            with open_studio(run.path) as studio:
                yield studio
        finally:
            if not dies:
                process.terminate()  # a background job, as CI may be, hears no SIGINT
            _, said = process.communicate(timeout=60)
        assert process.returncode == (1 if dies else 143), said
        assert not dies or "Label Studio has ended" in said
        assert not listening(port)

    return start


def cut_power(studio: Studio) -> None:
    """End a server at once, as a machine that fails does."""
    for number in studio_processes(int(studio.url.rpartition(":")[2])):
        os.kill(number, signal.SIGKILL)


def wait_until_served(process: "subprocess.Popen[str]") -> None:
    """Read what ``serve`` says until it has said all."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Ctrl+C"):
            return
    raise AssertionError(process.communicate()[1])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def listening(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def studio_processes(port: int) -> list[int]:
    """The processes of a Label Studio at a port: what a power cut would end."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if any(re.search(rb"/label-studio$", word) for word in words) and str(port).encode() in words:
                found.append(int(entry.name))
    return found
