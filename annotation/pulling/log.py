"""The verdict log of a run."""

from pathlib import Path

from annotation.places import VERDICTS
from annotation.verdict import Verdict
from schemas.appended import read_appended


def read_verdicts(run: Path) -> list[Verdict]:
    """All versions of all verdicts, in the order they came.

    Raises:
        BadRunFolder: The file was edited by hand.
    """
    return read_appended(run / VERDICTS, Verdict)
