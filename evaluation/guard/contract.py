"""A guard: questions of general ability, asked before and after, so that a gain here is not a loss there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class GuardItem:
    """One question.

    ``options`` maps letters to texts and is empty for an open question; ``answers`` are then all that people gave.
    With options, ``answers`` holds the right letter alone. ``row`` is its place in its file, from 1.
    """

    id: str
    image: str
    question: str
    answers: tuple[str, ...]
    row: int
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Guard:
    """A file of them; ``digest`` (16 hex digits) is over their content, ``images`` the folder their images are in.

    ``sources`` are the files it was read from.
    """

    name: str
    digest: str
    items: tuple[GuardItem, ...]
    images: Path | None
    sources: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()
