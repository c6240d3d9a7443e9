"""Starting a run: a first command that fails leaves nothing that it made."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schemas.config import CONFIG_FILE
from schemas.run import LOCK, STAGES, RunFolder


@contextmanager
def starting(path: Path) -> Iterator[RunFolder]:
    """Open a run folder for writing, making it first where there is none or an empty folder.

    Where the work fails before anything was committed, what was made here is taken away again.

    Raises:
        BadRunFolder: Something else stands at that path.
        RunLocked: Another command is writing to it.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    before = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
    try:
        run = RunFolder.create(path)
        with run.writing():
            try:
                yield run
            except BaseException:
                if CONFIG_FILE not in before:
                    _unmake(run, {CONFIG_FILE, LOCK} - before)
                raise
    except BaseException:
        with suppress(OSError):  # something is in it
            for folder in missing:
                folder.rmdir()
        raise


def _unmake(run: RunFolder, made: set[str]) -> None:
    """Delete these files, if they and empty folders of stages are all there is; the lock is held."""
    for name in STAGES:
        with suppress(OSError):  # not there, or not empty
            (run.path / name).rmdir()
    if {entry.name for entry in run.path.iterdir()} <= {CONFIG_FILE, LOCK}:
        for name in made:
            (run.path / name).unlink(missing_ok=True)
