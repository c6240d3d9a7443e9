"""The folder that a benchmark's images are named in."""

from collections.abc import Sequence
from pathlib import Path

from schemas.errors import UnreadableFile

_BELOW = ("", "images", "image")
_TRIED = 50  # images looked for in each folder


def find_images(named: Sequence[str], *, given: Path | None, beside: Path) -> Path | None:
    """The folder in which most of the first images named are files.

    Args:
        named: Images as rows name them, each once.
        given: The folder that was said, or the one above: it is the answer where nothing is found there.
        beside: Where to look if none was said: there, and in ``images`` or ``image`` below.

    Returns:
        The folder, resolved; None where none was said and none is found.

    Raises:
        UnreadableFile: The folder that was said is none.
    """
    if given is not None and not given.is_dir():
        raise UnreadableFile("no such folder of images", where=str(given), fix="Check --images.")
    top = (given or beside).resolve()
    counts = {folder: held(named[:_TRIED], folder) for folder in (top / below for below in _BELOW) if folder.is_dir()}
    best = max(counts, key=lambda folder: counts[folder], default=top)
    if counts.get(best):
        return best
    return top if given is not None else None


def held(named: Sequence[str], folder: Path) -> int:
    """How many of these are files in a folder."""
    return sum(_is_file(folder, name) for name in named)


def _is_file(folder: Path, name: str) -> bool:
    try:
        return bool(name) and (folder / name).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
