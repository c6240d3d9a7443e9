"""Running a user's file as a module, and naming the line at which it failed."""

import sys
import traceback
from importlib.abc import SourceLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

from schemas.errors import UnreadableFile
from schemas.text import plain


class _AsRead(SourceLoader):
    """Runs the bytes that were hashed, and leaves no bytecode behind."""

    def __init__(self, path: Path, source: bytes) -> None:
        self._path, self._source = path, source

    def get_filename(self, fullname: str) -> str:
        return str(self._path)

    def get_data(self, path: str | bytes) -> bytes:
        return self._source


def run_module(path: Path, source: bytes, digest: str) -> ModuleType:
    """The module of a file, under a name that none other has.

    Args:
        path: The file, for messages.
        source: Its content; nothing is read again.
        digest: SHA-256 of the content.

    Raises:
        UnreadableFile: It fails when it is run.
    """
    name = f"answer_{digest[:32]}"
    spec = spec_from_loader(name, _AsRead(path, source), origin=str(path))
    if spec is None or spec.loader is None:
        raise UnreadableFile("cannot be read as a module", where=str(path), fix="Name a Python file.")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise UnreadableFile(located(path, error), where=str(path), fix="Mend it and run it again.") from error
    return module


def located(path: Path, error: BaseException) -> str:
    """An exception in one line, with the line of the file that it passed last."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f"{path.name}:{error.lineno}: {type(error).__name__}: {error.msg}"
    lines = _lines(path, error) or _lines(path, error.__cause__)  # Python turns some into others
    said = plain(" ".join(str(error).split()), limit=300)
    head = f"{path.name}:{lines[-1]}: " if lines else ""
    return f"{head}{type(error).__name__}: {said}" if said else f"{head}{type(error).__name__}"


def _lines(path: Path, error: BaseException | None) -> list[int | None]:
    """The lines of the file that an exception passed."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return [frame.lineno for frame in frames if frame.filename == str(path)]
