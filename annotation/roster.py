"""The people who judge for a run."""

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from annotation.places import ANNOTATORS
from annotation.settings import EMAIL
from schemas.appended import append, read_appended
from schemas.errors import BadConfig


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


def read_leavers(run: Path) -> frozenset[str]:
    """Who judged for the run and does no more; the same errors."""
    newest = {one.email: one for one in read_appended(run / ANNOTATORS, Annotator)}
    return frozenset(one.email for one in newest.values() if one.left)


def address(email: str) -> str:
    """An e-mail address as it is kept, in lower case.

    Raises:
        BadConfig: It is none.
    """
    if not re.fullmatch(EMAIL, email):
        raise BadConfig(f"{email!r} is no e-mail address", fix="Write it as anna@example.org.")
    return email.lower()


def join(run: Path, email: str) -> None:
    """Have somebody judge from now on; the run is locked."""
    if email not in read_roster(run):
        append(run / ANNOTATORS, [Annotator(email=email)])


def leave(run: Path, email: str) -> None:
    """Have somebody judge no more; the run is locked.

    Raises:
        BadConfig: They did not.
    """
    known = read_roster(run)
    if email not in known:
        raise BadConfig(f"{email} does not judge for this run", fix=f"Those who do: {', '.join(known) or 'nobody'}.")
    append(run / ANNOTATORS, [Annotator(email=email, left=True)])
