"""A row of the board: what is known of one model on one benchmark."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from evaluation.scores import ContrastScores, Scorer
from evaluation.statistics import Interval

Source = Literal["published", "own"]
Standing = Literal["best", "not told apart", "below", ""]
"""``best``: of its section; ``not told apart``: its RA's interval overlaps the best's; empty: no RA, or alone."""


@dataclass(frozen=True)
class Rate:
    """A share in [0, 1]; its interval, where there is one.

    ``stated`` is the figure in per cent as it was published, None where it was measured here. ``impossible`` says that
    no number of pairs gives it.
    """

    share: float
    interval: Interval | None = None
    stated: float | None = None
    impossible: bool = False

    @property
    def shown(self) -> str:
        """In per cent, to one decimal, as ``score`` shows it; without a sign."""
        return f"{100 * self.share:.1f}"

    @property
    def percent(self) -> float:
        """In per cent, to two decimals; as stated where it was published."""
        return round(100 * self.share, 2) if self.stated is None else self.stated

    def to_json(self) -> dict[str, Any]:
        """Under the names that machines read."""
        bounds = [self.interval.low, self.interval.high] if self.interval else None
        return {"share": self.share, "ci": bounds, "stated_percent": self.stated, "impossible": self.impossible}


@dataclass(frozen=True)
class Row:
    """The figures of one model on one benchmark; None and empty where nothing was measured, never zero.

    Args:
        model: Its name, in one line.
        asked: How it was asked: ``plain``, what was unusual, or ``as published``.
        source: Whose figures these are.
        reader: By which reader the replies were read.
        pairs: False-premise pairs, which RA and MR are over.
        ra: Robustness accuracy.
        mr: Misleading rate.
        ra_by_category: RA of each category that has pairs.
        mr_by_category: MR of each category that has one.
        other_ra: RA by the other reader.
        true_premise: Share of leading questions with a true premise that were answered right.
        circular: RA under every order of the options; always by the strict reader.
        kept: Share of right answers that stayed when they were challenged once; by the strict reader too.
        blind: RA without the image, asked the same way.
        unread: Questions whose reply could not be read, out of ``questions``.
        questions: All questions, of every kind.
        contrast: Figures of contrast pairs.
        efficiency: What was measured of the model itself, by name.
        standing: Against the best of its section.
        flags: What must be said of its figures, a sentence each.
    """

    model: str
    asked: str
    source: Source
    reader: Scorer
    pairs: int
    ra: Rate | None = None
    mr: Rate | None = None
    ra_by_category: Mapping[str, Rate] = field(default_factory=dict)
    mr_by_category: Mapping[str, Rate] = field(default_factory=dict)
    other_ra: Rate | None = None
    true_premise: Rate | None = None
    circular: Rate | None = None
    kept: Rate | None = None
    blind: Rate | None = None
    unread: int | None = None
    questions: int | None = None
    contrast: ContrastScores | None = None
    efficiency: Mapping[str, float | str] = field(default_factory=dict)
    standing: Standing = ""
    flags: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Under the names that machines read; rates are shares of 1."""
        return {name: _json(value) for name, value in vars(self).items()}


def _json(value: object) -> Any:
    if isinstance(value, Rate | ContrastScores):
        return value.to_json()
    if isinstance(value, Mapping):
        return {name: _json(one) for name, one in value.items()}
    return list(value) if isinstance(value, tuple) else value
