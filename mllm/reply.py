"""What comes back: a reply as the server sent it, and the outcome that is kept."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

Status = Literal["ok", "malformed", "refused", "failed", "unasked"]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one reply as the server counted them; ``measured`` is False where it did not say."""

    prompt: int = 0
    completion: int = 0
    measured: bool = True

    @property
    def total(self) -> int:
        """Both together."""
        return self.prompt + self.completion


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of a model."""

    text: str
    usage: Usage = Usage(measured=False)
    finish: str = "stop"  # the server's own word; "length" where it was cut
    refusal: str | None = None
    latency: float = 0.0  # seconds
    pause: float = 0.0  # seconds for which the server asks to be left alone


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request.

    ``ok``: ``text``, and ``parsed`` if a form was asked for. ``malformed``: not in the form, after one turn of
    repair. ``refused``: the model would not, or the image may not be sent. ``failed``: no reply, after all tries;
    it is asked again next time. ``unasked``: the budget or the run had ended. All but the last two are journalled.
    """

    key: str
    status: Status
    text: str = ""
    parsed: BaseModel | None = None
    detail: str = ""
    from_journal: bool = False
