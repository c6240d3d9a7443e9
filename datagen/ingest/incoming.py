"""Images that come as bytes, from within a file or from the web, on their way into a run.

They wait in ``images/.incoming``, named by content, until they are committed; what is not is deleted.
"""

import hashlib
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schemas.run import RunFolder

FOLDER = Path("images", ".incoming")


@contextmanager
def incoming(run: RunFolder) -> Iterator[Path]:
    """A folder for them, empty at first and gone at the end; the caller holds the run folder's lock."""
    folder = run.path / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # not empty, or never made
            folder.parent.rmdir()


def put(folder: Path, content: bytes) -> Path:
    """Write content into the folder, once however often it comes; any thread may."""
    path = folder / hashlib.sha256(content).hexdigest()
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{threading.get_ident()}")
        draft.write_bytes(content)
        draft.replace(path)
    return path


def take(run: RunFolder, path: Path, to: Path, *, copy: bool) -> Path:
    """An image's place from now on: one that came as bytes is moved, others are copied if asked for."""
    came_as_bytes = path.is_relative_to(run.path / FOLDER)
    if not (copy or came_as_bytes):
        return path
    to.parent.mkdir(exist_ok=True)
    if came_as_bytes:
        return path.replace(to)
    draft = to.with_suffix(".part")
    draft.write_bytes(path.read_bytes())
    return draft.replace(to)
