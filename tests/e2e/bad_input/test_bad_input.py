"""Whatever is put in, a command ends with its code and one clear line, and everything on disk is as it was."""

import hashlib
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from app.cli import COMMANDS, run
from datagen.sources import SOURCES
from schemas.text import plain
from tests.app.said import Leadproof, Said
from tests.e2e.bad_input.case import Case
from tests.e2e.bad_input.table import CASES
from tests.e2e.chain import command, environment

ESCAPED = Path("/tmp/leadproof-escaped")  # what rows with absolute names would make
IN_A_PROCESS = CASES[:: len(CASES) // 7]
LONGEST = 6  # seconds; the slowest row takes less than one
Tree = dict[str, str]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run from scenes to an export; not to be written to."""
    folder = tmp_path_factory.mktemp("base") / "run"
    for arguments in (["scenes", "24", "--size", "64"], ["generate"], ["filter"], ["export", "--format", "mmr"]):
        with pytest.raises(SystemExit) as stopped:
            run([*arguments, "--run", str(folder)])
        assert not stopped.value.code
    return folder


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a command is given; two folders down, so that ``../../x`` would still be seen."""
    folder = tmp_path / "top" / "work"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_one_line_and_changes_nothing(case: Case, base: Path, work: Path, leadproof: Leadproof) -> None:
    before = laid_out(case, base, work)
    with at_most(LONGEST):
        said = leadproof(*typed(case, base))
    judge(case, said, before, tree(work.parent))


@pytest.mark.parametrize("case", IN_A_PROCESS, ids=lambda case: case.name)
def test_a_process_of_its_own_says_the_same(case: Case, base: Path, work: Path) -> None:
    before = laid_out(case, base, work)
    if any("\0" in word for word in case.argv):
        pytest.skip("no system hands a NUL to a process")
    done = subprocess.run(
        command(*typed(case, base)), env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    judge(case, Said(done.returncode, done.stdout, done.stderr), before, tree(work.parent))


def test_the_table_is_whole() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 300
    assert len({(case.command, *map(str, case.files.values())) for case in CASES}) >= 300
    first = {next((word for word in case.argv if not word.startswith("-")), "") for case in CASES}
    assert first >= {name for name, _, _ in COMMANDS}
    assert {name.partition(":")[0] for name in names} >= set(SOURCES.builtin)


def typed(case: Case, base: Path) -> list[str]:
    """The command line, with the id of a pair that the run holds where it asks for one."""
    ids = pq.read_table(next(base.glob("generate/*/pairs.parquet")), columns=["pair_id"])["pair_id"]
    return [word.replace("{id}", ids[0].as_py()) for word in case.argv]


def laid_out(case: Case, base: Path, work: Path) -> Tree:
    for name in ("a.png", "b.png"):
        shutil.copy(next(base.glob("scenes/*/images/*")), work / name)
    if case.given == "run":
        shutil.copytree(base, work / "run")
    case.make(work)
    return tree(work.parent)


def tree(top: Path) -> Tree:
    """Everything below a folder: what kind it is of, and its content."""
    return {path.relative_to(top).as_posix(): _content(path) for path in top.rglob("*")}


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if not path.is_file():
        return "folder" if path.is_dir() else "special"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def judge(case: Case, said: Said, before: Tree, after: Tree) -> None:
    assert said.code == case.code, said
    assert not ESCAPED.exists()
    for shown in (said.out, said.err):
        assert all(plain(line, limit=10**6) == line for line in shown.split("\n")), shown
    assert case.out in said.out
    if case.code == 0:
        assert said.err == ""
        assert _beside_the_run(after) == _beside_the_run(before)
        return
    assert said.err.endswith("\n")
    assert len(said.err.splitlines()) == 1, said.err
    assert said.err.startswith("leadproof: ")
    assert case.says in said.err
    assert "Traceback" not in said.err
    assert "a fault of leadproof itself" not in said.err
    assert len(said.err) < 2_200
    strays = {path for path in after if path not in before}
    locks = {path.replace("leadproof.toml", ".lock") for path in before if path.endswith("leadproof.toml")}
    assert strays <= locks
    assert {path: what for path, what in after.items() if path in before} == before


def _beside_the_run(found: Tree) -> Tree:
    return {path: what for path, what in found.items() if not path.startswith("work/run")}


class TooLong(BaseException):
    """Not an Exception: no command may catch it."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Stop what hangs, such as reading a pipe that nobody writes to."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
