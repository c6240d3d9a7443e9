"""The guidelines on disk: one file to edit, and a numbered copy of each version that was ever current.

::

    <run>/annotate/guidelines/
        guidelines.md   edited by hand, in any editor
        001.md 002.md   the versions, never changed again: verdicts name them
"""

import contextlib
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from annotation.guidelines.as_html import MAX_MARKDOWN
from schemas.durable import write_whole
from schemas.errors import BadInput, UnreadableFile

FOLDER = Path("annotate") / "guidelines"
EDITED = "guidelines.md"
_VERSION = re.compile(r"([0-9]{3,9})\.md")
_FIX_EDITED = (
    "Save it as a text file in UTF-8, or move it away: then the newest version counts again, "
    "or `leadproof annotate guidelines` writes a first one."
)
_FIX_VERSION = f"Versions are not to be edited, {EDITED} beside them is: restore this one from a copy."


@dataclass(frozen=True)
class Guidelines:
    """One version of the guidelines. ``text`` is Markdown, ``sha256`` the hash of its UTF-8 bytes."""

    version: int
    text: str
    sha256: str


def write_first(run_path: Path, text: str, *, again: bool = False) -> Guidelines:
    """Write the file to edit, unless there is one: what people have edited is not overwritten.

    To be called under the run folder's lock.

    Args:
        run_path: The run folder.
        text: The guidelines as generated.
        again: Overwrite the file all the same. What it held is a version by then, so that nothing is lost.

    Returns:
        The version that is current now; its text is another one where a file was there and stays.

    Raises:
        BadInput: The text is empty or too long.
        UnreadableFile: What is there is no text file, or nothing can be written there.
    """
    if fault := _fault(text):
        raise BadInput(f"guidelines cannot be {fault}", fix="Make them of fewer or other examples.")
    folder = run_path / FOLDER
    before = current_version(run_path)
    if again or before is None or not os.path.lexists(folder / EDITED):
        _write(folder / EDITED, text)
    return _versioned(folder)


def current_version(run_path: Path) -> Guidelines | None:
    """The current guidelines; None where there are none.

    Where the edited file says something else than the newest version, it becomes the next version: to be called
    under the run folder's lock. Line ends and a byte order mark make no difference.

    Args:
        run_path: The run folder.

    Raises:
        UnreadableFile: The edited file or the newest version is no text file in UTF-8, is empty or too long, is a
            link or a folder; or the next version cannot be written. Nothing was changed.
    """
    folder = run_path / FOLDER
    return _versioned(folder) if os.path.lexists(folder / EDITED) else _newest(folder)


def _versioned(folder: Path) -> Guidelines:
    text, newest = _read(folder / EDITED, fix=_FIX_EDITED), _newest(folder)
    if newest is not None and newest.text == text:
        return newest
    made = _guidelines(newest.version + 1 if newest else 1, text)
    path = folder / f"{made.version:03d}.md"
    _write(path, text)
    with contextlib.suppress(OSError):  # a reminder to editors, on file systems that know of it
        path.chmod(0o444)
    return made


def _newest(folder: Path) -> Guidelines | None:
    try:
        names = [entry.name for entry in folder.iterdir()]
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(folder, error.strerror) from error
    numbers = {int(found[1]): name for name in names if (found := _VERSION.fullmatch(name))}
    if not numbers:
        return None
    return _guidelines(max(numbers), _read(folder / numbers[max(numbers)], fix=_FIX_VERSION))


def _guidelines(version: int, text: str) -> Guidelines:
    return Guidelines(version, text, hashlib.sha256(text.encode()).hexdigest())


def _read(path: Path, *, fix: str) -> str:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            kind = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}.get(
                stat.S_IFMT(found.st_mode), "no ordinary file"
            )
            raise UnreadableFile(f"the guidelines cannot be {kind}", where=str(path), fix=fix)
        if found.st_size > 4 * MAX_MARKDOWN:  # bytes of a character at most
            raise UnreadableFile(f"the guidelines cannot be {_TOO_LONG}", where=str(path), fix=fix)
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _unreadable(path, error.strerror) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"not UTF-8 (byte {error.start + 1})", where=str(path), fix=fix) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if fault := _fault(text):
        raise UnreadableFile(f"the guidelines cannot be {fault}", where=str(path), fix=fix)
    return text


_TOO_LONG = f"longer than {MAX_MARKDOWN:,} characters"


def _fault(text: str) -> str | None:
    if not text.strip():
        return "empty"
    return _TOO_LONG if len(text) > MAX_MARKDOWN else None


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    except OSError as error:
        raise _unreadable(path, error.strerror, to="be written") from error


def _unreadable(path: Path, why: str | None, *, to: str = "be read") -> UnreadableFile:
    fix = "Make room there, or see to its permissions and to what stands at that path."
    return UnreadableFile(f"cannot {to} ({why})", where=str(path), fix=fix)
