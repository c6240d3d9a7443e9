"""Pairs that were broken on purpose, to measure annotators: nobody's data, whatever people say of them."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from schemas.appended import read_appended
from schemas.pair import Pair
from schemas.run import RunFolder

GOLD = Path("annotate/gold.jsonl")
"""Below a run folder: tasks whose answers are known. `annotation` writes it."""
BROKEN = "broken"


class _Known(BaseModel):
    """As much of a line as tells a broken pair."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pair: Pair
    origin: str


def broken_pairs(run: RunFolder) -> frozenset[str]:
    """The ids of all pairs that were ever broken on purpose; none where there is no gold.

    Raises:
        BadRunFolder: The file was edited by hand.
    """
    return frozenset(one.pair.pair_id for one in read_appended(run.path / GOLD, _Known) if one.origin == BROKEN)
