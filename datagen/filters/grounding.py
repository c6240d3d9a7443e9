"""Grounding: whether the image goes with what a pair says is true, and less so with what it falsely takes for granted.

The score is the cosine of image and statement under an image-text model (CLIPScore, arXiv 2104.08718, without its
rescaling). Such models see things better than colours, counts and places, so that by default nothing is dropped: the
margin is reported, and serves to rank.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

import pyarrow as pa
from pydantic import Field

from datagen.filters.contract import FilterSettings, Joined, said_in, scored
from schemas.ledger import Drop


class Stated(NamedTuple):
    """A statement to be held against an image."""

    image: str  # its reference
    text: str


Scores = Callable[[Sequence[Stated]], Sequence[float | None]]
"""Cosines in [-1, 1] of images and statements, in order; None where an image is not at hand."""


class GroundingSettings(FilterSettings):
    """How much closer to its image a fact must be than the false premise, in cosine; by default that drops nothing."""

    min_margin: float | None = Field(default=None, ge=-2, le=2)


class Grounding:
    """Drops pairs whose false premise goes with the image too well, where that is wanted."""

    name: ClassVar[str] = "grounding"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "fact": pa.float64(),  # cosine of the positive half's image and the fact
        "premise": pa.float64(),  # cosine of the negative half's image and the premise
        "margin": pa.float64(),  # the first less the second, where the premise is false
    }

    def __init__(self, settings: GroundingSettings | None = None) -> None:
        """With this margin, or none."""
        self.settings = settings or GroundingSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """Nulls: a batch by itself is not measured, for it takes an image model (:func:`measure`)."""
        return scored(batch, self.columns, [(None,) * len(self.columns)] * len(batch))

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop what has less than the margin that was asked for, if one was."""
        wanted = self.settings.min_margin
        if wanted is None:
            return []
        return [
            Drop("not-grounded", pair_id=row["pair_id"], score=row["margin"], threshold=wanted)
            for row in scores.to_pylist()
            if row["margin"] is not None and row["margin"] < wanted
        ]


def measure(pairs: pa.Table, score_of: Scores) -> pa.Table:
    """How well each pair's fact and premise go with its images.

    Args:
        pairs: The ``pairs`` table, or a part of it.
        score_of: The image-text model; it is asked once, about each image and statement once. No statements, no
            question.

    Returns:
        The columns of :class:`Grounding`, row for row; null where there is no statement or no score.

    Raises:
        ValueError: ``score_of`` gives more or fewer scores than it was asked for.
    """
    asked = [
        (said.kind, Stated(said.positive.image, said.fact), Stated(said.negative.image, said.premise))
        for said in said_in(pairs)
    ]
    wanted = list(dict.fromkeys(one for _, *both in asked for one in both if one.text))
    found = dict(zip(wanted, score_of(wanted) if wanted else (), strict=True))
    rows = [_row(kind, found.get(fact), found.get(premise)) for kind, fact, premise in asked]
    return scored(pairs, Grounding.columns, rows)


def _row(kind: str, fact: float | None, premise: float | None) -> tuple[object, ...]:
    if kind != "false-premise" or fact is None or premise is None:
        return fact, premise, None
    return fact, premise, fact - premise
