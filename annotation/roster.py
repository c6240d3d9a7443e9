"""The people who judge for a run."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from annotation.places import ANNOTATORS
from annotation.settings import EMAIL
from schemas.appended import read_appended


class Annotator(BaseModel):
    """Somebody who judges; a record with ``left`` says that they do no more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    email: str = Field(pattern=EMAIL)
    left: bool = False


def read_roster(run: Path) -> list[str]:
    """The e-mail addresses of those who judge, in the order they joined.

    Raises:
        BadRunFolder: The file was edited by hand.
    """
    newest = {one.email: one for one in read_appended(run / ANNOTATORS, Annotator)}
    return [one.email for one in newest.values() if not one.left]
