"""Evaluations found, and the board's files written where nothing else is lost by it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.board import as_csv, as_html, as_markdown
from evaluation.board.sections import Board
from evaluation.results import Result, find_results, read_result
from schemas.durable import write_whole
from schemas.errors import UnreadableFile
from schemas.manifest import MANIFEST

_FIX = "Name a run folder with evaluations in it, its eval/, or a folder that `leadproof eval` wrote."
_ELSEWHERE = "Name another folder with --out."
_MARK_WITHIN = 1_000  # characters: every mark stands in the first lines


def gather(folders: Sequence[Path]) -> list[Result]:
    """The newest evaluation of each kind in these folders, each once, in the order of the folders.

    Raises:
        BadInput: A folder is not there, holds no evaluation, or an evaluation in it cannot be read.
    """
    found: dict[Path, None] = {}
    for folder in folders:
        if not folder.exists():
            raise UnreadableFile("no such folder", where=str(folder), fix=_FIX)
        paths = [folder] if folder.is_file() else find_results(folder)
        if not paths:
            raise UnreadableFile("no evaluation in it", where=str(folder), fix=_FIX)
        found.update(dict.fromkeys(path.resolve() for path in paths))
    return [read_result(path) for path in found]


def write_board(board: Board, folder: Path) -> list[Path]:
    """Write ``board.md``, ``board.csv`` and ``board.html``; each is there whole or as it was.

    Returns:
        The three files.

    Raises:
        UnreadableFile: The folder cannot be written to, is a stage's, or holds a file of such a name that was not
            written here: then nothing is written.
    """
    files = {
        folder / "board.md": (as_markdown.as_markdown(board), as_markdown.MARK),
        folder / "board.csv": (as_csv.as_csv(board), as_csv.MARK),
        folder / "board.html": (as_html.as_html(board), as_html.MARK),
    }
    _refuse_others(folder, {path: mark for path, (_, mark) in files.items()})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, (text, _) in files.items():
            write_whole(path, text)
    except OSError as error:
        what = f"cannot be written to ({error.strerror or error})"
        raise UnreadableFile(what, where=str(folder), fix="Check the path and its rights.") from error
    return list(files)


def _refuse_others(folder: Path, marks: Mapping[Path, str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UnreadableFile("not a folder", where=str(folder), fix=_ELSEWHERE)
    if (folder / MANIFEST).exists():
        raise UnreadableFile(
            "holds a committed stage, which nothing is written into", where=str(folder), fix=_ELSEWHERE
        )
    for path, mark in marks.items():
        if (path.exists() or path.is_symlink()) and not _is_ours(path, mark):
            what = "was not written by leadproof board, so it is not written over"
            raise UnreadableFile(what, where=str(path), fix=_ELSEWHERE)


def _is_ours(path: Path, mark: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return mark in file.read(_MARK_WITHIN)
