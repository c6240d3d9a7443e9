"""A verdict: what one person said of one pair, and just what that person was shown."""

from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.pair import LETTERS, MAX_TEXT

Mode = Literal["review", "blind", "adjudicate"]
"""``review``: the key is shown and judged. ``blind``: the key is hidden and both questions are answered.
``adjudicate``: a review by someone trusted, of what others did not agree on."""
MODES: tuple[Mode, ...] = get_args(Mode)
Judgement = Literal["accept", "fix", "reject", "unsure"]
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)
Fault = Literal[
    "positive-key-wrong", "negative-key-wrong", "not-misleading", "several-right", "not-visible", "wrong-category",
]  # fmt: skip
FAULTS: tuple[Fault, ...] = get_args(Fault)
NONE = "none"
"""A blind solver's answer where no letter is right, or it cannot be told from the image."""
MAX_COMMENT = 2_000


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ShownHalf(_Record):
    """One question as an annotator saw it."""

    question: str = Field(max_length=MAX_TEXT)
    options: tuple[str, ...] = Field(description="as lettered: A first")
    order: tuple[int, ...] = Field(description="letter i shows the pair's option order[i]")


class Shown(_Record):
    """A pair as an annotator saw it."""

    image: str
    category: str
    positive: ShownHalf
    negative: ShownHalf


class FixedHalf(_Record):
    """What an annotator would have one question be; None where it stays as it was shown."""

    question: str | None = Field(default=None, min_length=1, max_length=MAX_TEXT)
    options: tuple[str, ...] | None = Field(default=None, description="as lettered, as many as were shown")
    letter: str | None = Field(default=None, pattern=f"^[{LETTERS}]$")

    @property
    def changes(self) -> bool:
        """Whether anything is changed."""
        return self != FixedHalf()


class Fix(_Record):
    """What an annotator would have a pair be."""

    positive: FixedHalf = FixedHalf()
    negative: FixedHalf = FixedHalf()
    category: str | None = None

    @property
    def changes(self) -> bool:
        """Whether anything is changed."""
        return self.positive.changes or self.negative.changes or self.category is not None


class Verdict(_Record):
    """One line of ``verdicts.jsonl``: a verdict, or a later version of one after its author edited it."""

    key: str = Field(min_length=1, description="server, project and annotation it was read from")
    version: int = Field(ge=1)
    withdrawn: bool = Field(default=False, description="its author deleted it: it counts no more")
    annotator: str = Field(min_length=1, description="e-mail address, in lower case")
    mode: Mode
    pair_id: str
    content: str = Field(description="hash of what was shown")
    shown: Shown
    config: str = Field(description="version of the labeling config")
    guidelines: int = Field(ge=0, description="version of the guidelines; 0: there were none")
    judgement: Judgement | None = Field(default=None, description="in review and adjudicate")
    faults: tuple[Fault, ...] = ()
    fix: Fix | None = None
    positive: str | None = Field(default=None, description="in blind: the letter chosen, or 'none'")
    negative: str | None = Field(default=None, description="in blind: the letter chosen, or 'none'")
    comment: str = Field(default="", max_length=MAX_COMMENT)
    seconds: float | None = Field(default=None, ge=0, description="the page was open for; null where not measured")
    created: str = Field(description="ISO 8601, UTC, by the server's clock")
    updated: str

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.mode == "blind":
            if self.positive is None or self.negative is None:
                raise ValueError("a blind solve answers both questions")
            if self.judgement is not None or self.fix is not None or self.faults:
                raise ValueError("a blind solve judges nothing")
        elif self.judgement is None:
            raise ValueError("it does not say accept, fix, reject or unsure")
        elif self.positive is not None or self.negative is not None:
            raise ValueError("a review answers no question")
        if (self.fix is not None) != (self.judgement == "fix"):
            raise ValueError("a fix goes with the judgement fix, and it alone")
        return self
