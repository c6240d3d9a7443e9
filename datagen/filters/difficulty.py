"""Difficulty: how often verifying models miss a pair with the image before them, and how often they hit it without.

A pair tells most where models that see the image are right and models that do not are at chance (MMStar, arXiv
2403.20330, section 3: what a text-only model answers is dropped; DataFlow-MM does the same over rotated options).
Blind luck is left to the verification filter; what this one adds is a band: pairs that every verifier gets right
teach little, and pairs that nobody gets right are mostly wrong.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import pyarrow as pa
from pydantic import Field, model_validator

from datagen.filters.contract import FilterSettings, Joined, scored
from datagen.filters.verification.votes import ANSWERED, BLIND, KEY, Step
from schemas.ledger import Drop


class DifficultySettings(FilterSettings):
    """The band of difficulty that is kept, its ends included; all of it by default."""

    easiest: float = Field(default=0.0, ge=0, le=1)
    hardest: float = Field(default=1.0, ge=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.easiest > self.hardest:
            raise ValueError(f"easiest ({self.easiest}) is above hardest ({self.hardest})")
        return self


class Difficulty:
    """Drops pairs that verifiers found easier or harder than wanted."""

    name: ClassVar[str] = "difficulty"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "seen": pa.float64(),  # share of the answers with the image, to both halves, that are the key
        "blind": pa.float64(),  # the same without the image
        "difficulty": pa.float64(),  # share of the answers to the negative half, with the image, that are not the key
    }

    def __init__(self, settings: DifficultySettings | None = None) -> None:
        """With this band, or all of it."""
        self.settings = settings or DifficultySettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """Nulls: a batch by itself is not measured, for it takes verifiers' votes (:func:`difficulties`)."""
        return scored(batch, self.columns, [(None,) * len(self.columns)] * len(batch))

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop what lies outside the band."""
        band = self.settings
        drops = []
        for row in scores.to_pylist():
            found = row["difficulty"]
            if found is not None and not band.easiest <= found <= band.hardest:
                easy = found < band.easiest
                reason, threshold = ("too-easy", band.easiest) if easy else ("too-hard", band.hardest)
                drops.append(Drop(reason, pair_id=row["pair_id"], score=found, threshold=threshold))
        return drops


def difficulties(verification: pa.Table) -> pa.Table:
    """Difficulty of each pair, from verifiers' votes.

    Each verifier counts the same, however many votes it took to settle; an abstention is an answer that is not the
    key. Difficulty is that of the negative half, the one that leads: 0 where all resist, 1 where all go along.

    Args:
        verification: The columns of :class:`~datagen.filters.verification.decision.Verification`, a row a pair; no
            rows give none.

    Returns:
        The columns of :class:`Difficulty`, row for row; null where nobody voted on what a column tells.
    """
    rows = [_measured(row) for row in verification.to_pylist()]
    return scored(verification, Difficulty.columns, rows)


def _measured(row: Mapping[str, Any]) -> tuple[object, ...]:
    seen, blind, led = (_share_right(row, steps) for steps in (ANSWERED, BLIND, ("negative",)))
    return seen, blind, None if led is None else 1.0 - led


def _share_right(row: Mapping[str, Any], steps: Sequence[Step]) -> float | None:
    """The mean, over steps and verifiers that voted, of the share of votes for the key."""
    cast: list[Sequence[str]] = [votes for step in steps for votes in row[step] or () if votes]
    shares = [sum(vote == KEY for vote in votes) / len(votes) for votes in cast]
    return sum(shares) / len(shares) if shares else None
