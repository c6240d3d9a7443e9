"""The two forms that a verifying model fills in."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Letter = Literal["A", "B", "C", "D", "E", "F", "G", "H"]
Letters = Annotated[list[Letter], Field(max_length=8)]


class Choice(BaseModel):
    """The answer to one question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    letter: Letter | None = Field(description="The letter of the right option; null if none can be told.")


class Judgement(BaseModel):
    """Whether a pair is sound."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    premise: Literal["true", "false", "cannot tell"] = Field(
        description="Whether the image bears out what the negative question takes for granted."
    )
    positive_right: Letters = Field(description="The letters of all right options of the positive question.")
    negative_right: Letters = Field(description="The letters of all right options of the negative question.")
