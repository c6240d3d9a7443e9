"""Assignments: who is to judge which pair, decided once and appended."""

from pydantic import BaseModel, ConfigDict, Field

from annotation.places import ASSIGNMENTS
from annotation.verdict import Mode, Shown
from schemas.appended import read_appended
from schemas.run import RunFolder


class Assignment(BaseModel):
    """One task that is to be at Label Studio, once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    annotator: str
    mode: Mode
    pair_id: str
    shown: Shown
    content: str = Field(description="hash of what is shown")
    judges: int = Field(default=1, ge=1, description="that the pair wants, at the least")
    solving: bool = Field(default=False, description="the owner's, to make gold of: nobody else is asked instead")
    gold: bool = Field(default=False, description="whether its answer is known; said nowhere but here")
    sample: str | None = Field(default=None, description="the category it is drawn from, in --mode sample")

    @property
    def regular(self) -> bool:
        """Whether it is one of those that settle a pair together: no gold, no solving for gold, no adjudication."""
        return not self.gold and not self.solving and self.mode != "adjudicate"

    @property
    def key(self) -> tuple[str, str, str]:
        """Annotator, mode and pair: each of these is judged once."""
        return self.annotator, self.mode, self.pair_id


def read_assignments(run: RunFolder) -> list[Assignment]:
    """All assignments of a run, in the order they were made.

    Raises:
        BadRunFolder: The file was edited by hand.
    """
    return read_appended(run.path / ASSIGNMENTS, Assignment)
