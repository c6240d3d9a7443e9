"""``[annotate]`` of leadproof.toml: who is trusted, and how much is judged how often."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.config import Fraction, checked
from schemas.errors import BadConfig
from schemas.run import RunFolder

WHERE = "leadproof.toml [annotate]"
EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$"


class AnnotateSettings(BaseModel):
    """How pairs are verified by people."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    owner: str = Field(default="", pattern=rf"^$|{EMAIL}", description="trusted: makes gold and settles disagreements")
    overlap: Fraction = Field(default=0.15, description="of training pairs: judged by two")
    judges: int = Field(default=3, ge=1, le=20, description="independent blind solves of a benchmark pair")
    gold: float = Field(default=0.08, ge=0, le=0.5, description="of each annotator's tasks: answers are known")
    hours_per_day: float = Field(default=4.0, gt=0, le=24)
    consensus: Literal["dawid-skene", "majority"] = "dawid-skene"
    confidence: Fraction = Field(default=0.8, description="below it a disagreement goes to adjudication")


def annotate_settings(run: RunFolder) -> AnnotateSettings:
    """The run's settings.

    Raises:
        BadConfig: A key is unknown or a value out of range.
    """
    return checked(AnnotateSettings, run.settings.annotate, where=WHERE)


def require_owner(settings: AnnotateSettings) -> str:
    """The owner's e-mail address, in lower case.

    Raises:
        BadConfig: None is named.
    """
    if not settings.owner:
        fix = 'Write owner = "you@example.org" under [annotate]: this person is trusted to make gold.'
        raise BadConfig("no owner is named", where=WHERE, fix=fix)
    return settings.owner.lower()
