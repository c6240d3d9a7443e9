"""Label Studio's own virtual environment: its pins and ours do not go together.

Made once a version, in the user's cache folder, with an empty migrated database beside it, which takes half a minute
off each first start.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.durable import write_whole
from schemas.errors import WorkFailed

VERSION = "1.23.2"
_READY = ".ready"
_DATABASE = "label_studio.sqlite3"


class Environment(NamedTuple):
    """Where Label Studio is installed, and an empty database of its making."""

    python: Path
    database: Path


def ensure_environment(say: Callable[[str], None] = lambda _: None) -> Environment:
    """The environment, made first where it is not there yet: about 1 GB and a few minutes.

    Args:
        say: Told what is going on where it takes long.

    Raises:
        WorkFailed: It cannot be installed.
    """
    folder = cache_folder() / f"label-studio-{VERSION}-py{sys.version_info.major}.{sys.version_info.minor}"
    found = Environment(folder / "bin" / "python", folder / _DATABASE)
    if (folder / _READY).is_file():
        return found
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.with_suffix(".lock")):
        if not (folder / _READY).is_file():  # another process may have made it meanwhile
            say(f"Installing Label Studio {VERSION} into {folder} (once; about 1 GB, a few minutes)")
            shutil.rmtree(folder, ignore_errors=True)
            venv.create(folder, with_pip=True)
            _run([found.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                  f"label-studio=={VERSION}"], "installed", folder)  # fmt: skip
            say("Making an empty database")
            _migrate(found, folder)
            write_whole(folder / _READY, f"{VERSION}\n")
    return found


def cache_folder() -> Path:
    """Where leadproof keeps what can be made again."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home and Path(home).is_absolute() else Path.home() / ".cache") / "leadproof"


def studio_environment(data: Path) -> dict[str, str]:
    """What Label Studio is told whenever it runs: where its data lie, and to send nothing home."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LABEL_STUDIO_", "DJANGO_"))},
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "COLLECT_ANALYTICS": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LATEST_VERSION_CHECK": "false",
        "DJANGO_DB": "sqlite",
        "PYTHONUNBUFFERED": "1",
    }


def _migrate(found: Environment, folder: Path) -> None:
    work = folder / "migrating"
    work.mkdir()
    where = "import label_studio, os; print(os.path.dirname(label_studio.__file__))"
    home = subprocess.run([found.python, "-c", where], capture_output=True, text=True, check=True, cwd=work)
    environment = {**studio_environment(work), "DJANGO_SETTINGS_MODULE": "core.settings.label_studio"}
    command: list[str | Path] = [found.python, Path(home.stdout.strip()) / "manage.py", "migrate", "--verbosity", "0"]
    _run(command, "set up", work, environment)
    (work / _DATABASE).replace(found.database)
    shutil.rmtree(work)


def _run(command: list[str | Path], done: str, where: Path, environment: dict[str, str] | None = None) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=where)
    if ended.returncode:
        last = " ".join((ended.stderr or ended.stdout).strip().splitlines()[-2:])[:300]
        fix = "See that packages can be installed from here, and that there is 1 GB to spare; then repeat."
        raise WorkFailed(f"Label Studio {VERSION} cannot be {done} ({last})", where=str(where), fix=fix)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
