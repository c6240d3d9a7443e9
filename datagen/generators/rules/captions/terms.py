"""The words of captions, as the dictionary knows them."""

from dataclasses import dataclass
from typing import Literal

Form = Literal["base", "third", "gerund", "past"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as met: its singular, its kind ("animal.pet"), what it is a word for, and its number.

    ``concept`` is shared by all words that captioners use for one thing; ``label`` is the COCO class, if any.
    """

    lemma: str
    kind: str
    concept: str
    label: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Term:
    """All readings of one surface form; ``tag`` is a closed word's class, empty for open ones."""

    text: str
    tag: str = ""
    noun: Noun | None = None
    verb: str = ""
    form: Form = "base"
    adjective: bool = False
    color: str = ""
    texture: str = ""
    number: int = 0
    known: bool = True
