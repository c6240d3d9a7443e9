"""Facts: what is known of one image, as a statement with one slot that a pair can change.

======== ================================= ============================== ==================
slot     subject                           value                          other
======== ================================= ============================== ==================
presence object, as "red circle", "dog"    ``present`` or ``absent``
color    what has it                       colour words: "dark blue"
texture  what has it                       pattern or material: "striped"
count    what is counted, in the singular  digits: "3"
shape    what has it                       "circle"
position object                            "upper left" … in the picture;
                                           with other: "left of" …        object it is left of
posture  who                               "sitting"
text     what carries it: "sign"           the writing itself
activity who                               "riding a horse"
relation object                            "on", "under", "next to"       object it is on
emotion  who                               "happy"
event    what goes on: "wedding"           ``present``
identity what is named                     its name: "flag of Japan"
meaning  what means something              its meaning: "no entry"
======== ================================= ============================== ==================

Noun phrases stand without an article and in lower case (names excepted); ``plural`` says how they
agree. A fact is only written where the evidence leaves no doubt, and no two facts of one image
share slot, subject and other.
"""

from functools import cached_property
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from schemas.identity import seeded

Slot = Literal[
    "presence", "color", "texture", "count", "shape", "position", "posture",
    "text", "activity", "relation", "emotion", "event", "identity", "meaning",
]  # fmt: skip
SLOTS: tuple[Slot, ...] = get_args(Slot)

FactSource = Literal["scene", "boxes", "caption", "model"]


class Fact(BaseModel):
    """One fact of one image."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image: str = Field(min_length=1)
    slot: Slot
    subject: str = Field(min_length=1, max_length=200)
    value: str = Field(min_length=1, max_length=200)
    other: str | None = Field(default=None, max_length=200)
    plural: bool = False
    source: FactSource
    evidence: str = Field(default="", max_length=1_000)
    confidence: float | None = Field(default=None, ge=0, le=1)

    @cached_property
    def fact_id(self) -> str:
        """16 hex digits over everything but evidence and confidence."""
        return fact_id_of(self.image, self)


def fact_id_of(image: str, fact: Fact) -> str:
    """The id a fact has when it is one of this image."""
    said = (image, fact.slot, fact.subject, fact.value, fact.other or "", fact.source)
    return f"{seeded(0, *said):016x}"
