"""Gold: tasks whose answer is known. The answers stay in the run folder; no task holds one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from annotation.places import GOLD
from annotation.verdict import Fault
from annotation.votes import Label
from schemas.appended import read_appended
from schemas.broken import BROKEN
from schemas.pair import Pair
from schemas.run import RunFolder

Origin = Literal["solved", "broken"]


class GoldPair(BaseModel):
    """A pair that is known to be right or wrong.

    ``solved``: a trusted person answered it without its key. ``broken``: made wrong on purpose from one that was
    solved rightly; it is nobody's data, and stands in this file alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pair: Pair
    label: Label
    origin: Origin
    base: str = Field(description="id of the pair that was solved: this one's own, or the one it was broken from")
    fault: Fault | None = Field(default=None, description="of a broken one; where both keys are wrong, the plain one's")

    @property
    def pair_id(self) -> str:
        """Of the pair as it is shown."""
        return self.pair.pair_id


def read_gold(run: RunFolder | Path) -> list[GoldPair]:
    """All gold of a run; the newest record of a pair counts, but one that was ever broken stays broken.

    Raises:
        BadRunFolder: The file was edited by hand.
    """
    path = run if isinstance(run, Path) else run.path
    newest: dict[str, GoldPair] = {}
    for one in read_appended(path / GOLD, GoldPair):
        if one.origin == BROKEN or one.pair_id not in newest or newest[one.pair_id].origin != BROKEN:
            newest[one.pair_id] = one
    return list(newest.values())


def known_labels(gold: Sequence[GoldPair]) -> dict[str, Label]:
    """What is known of gold pairs; a broken one tells nothing any more where its base was found wrong later."""
    sound = {one.pair_id for one in gold if one.origin == "solved" and one.label == "valid"}
    return {one.pair_id: one.label for one in gold if one.origin == "solved" or one.base in sound}


def broken_ids(gold: Sequence[GoldPair]) -> frozenset[str]:
    """The pairs that must reach neither ``verify/`` nor an export, whatever anybody says of them."""
    return frozenset(one.pair_id for one in gold if one.origin == BROKEN)
