from pathlib import Path

import pytest

from schemas.errors import RunLocked
from schemas.run import RunFolder
from schemas.starting import starting


def fail(path: Path, *, commit: bool = False, touch: str | None = None) -> None:
    def work() -> None:
        with starting(path) as run:
            if commit:
                with run.stage("scenes") as stage:
                    stage.commit()
            if touch:
                (path / touch).touch()
            with run.stage("ingest"):
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()


def test_a_first_command_that_fails_leaves_nothing_that_it_made(tmp_path: Path) -> None:
    fail(tmp_path / "new" / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_there_stays_as_it_was(tmp_path: Path) -> None:
    empty, settled = tmp_path / "empty", tmp_path / "settled"
    empty.mkdir()
    fail(empty)
    assert list(empty.iterdir()) == []
    RunFolder.create(settled)
    fail(settled)
    assert (settled / "leadproof.toml").exists()


def test_what_was_committed_or_is_not_ours_stays_with_its_folder(tmp_path: Path) -> None:
    fail(tmp_path / "committed", commit=True)
    fail(tmp_path / "touched", touch="notes.txt")
    assert (RunFolder.open(tmp_path / "committed").path / "scenes" / "001" / "manifest.json").exists()
    assert (RunFolder.open(tmp_path / "touched").path / "notes.txt").exists()


def test_a_run_that_another_command_began_meanwhile_stays(tmp_path: Path) -> None:
    with starting(tmp_path / "run") as run:
        with pytest.raises(RunLocked), starting(run.path):
            pass
        assert (run.path / "leadproof.toml").exists()
