"""A small clause of English, said in the forms that questions and answers need."""

from dataclasses import dataclass
from typing import Literal

Verb = Literal["is", "are", "was", "says", "looks", "shows", "stands for"]
_BASE = {"says": "say", "looks": "look", "shows": "show", "stands for": "stand for"}
_NOT = {"is": "Isn't", "are": "Aren't", "was": "Wasn't"}


@dataclass(frozen=True)
class Clause:
    """Subject, verb and the rest: ``the car`` · ``is`` · ``red``; ``there`` · ``are`` · ``two dogs``."""

    subject: str
    verb: Verb
    rest: str

    @property
    def that(self) -> str:
        """As after "that": ``the car is red``."""
        return f"{self.subject} {self.verb} {self.rest}"

    @property
    def statement(self) -> str:
        """A sentence: ``The car is red.``."""
        return sentence(self.that)

    @property
    def isnt(self) -> str:
        """A negative question: ``Isn't the car red?``."""
        if self.verb in _BASE:
            return f"Doesn't {self.subject} {_BASE[self.verb]} {self.rest}?"
        return f"{_NOT[self.verb]} {self.subject} {self.rest}?"

    @property
    def why(self) -> str:
        """A question that takes it for granted: ``Why is the car red?``."""
        if self.verb in _BASE:
            return f"Why does {self.subject} {_BASE[self.verb]} {self.rest}?"
        return f"Why {self.verb} {self.subject} {self.rest}?"


def sentence(text: str) -> str:
    """Text with a capital at its beginning and a full stop at its end."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."


def be(*, plural: bool) -> Verb:
    """The form of "to be" that agrees."""
    return "are" if plural else "is"
