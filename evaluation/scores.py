"""The results of scoring, as records and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from evaluation.bootstrap import Interval
from evaluation.metrics import Table
from evaluation.replies import Repeat, Reply
from schemas.mmr import MmrRow

Scorer = Literal["official", "strict"]
SCORERS: tuple[Scorer, ...] = ("official", "strict")


@dataclass(frozen=True)
class Reading:
    """What both readers made of the reply to one row.

    ``official`` is ``E`` and ``strict`` None where they could not read it, or where there is no reply.
    """

    id: str
    question_type: str
    gold: str
    official: str
    strict: str | None

    def letter(self, scorer: Scorer) -> str | None:
        """The letter one of the readers read; None for unread."""
        if scorer == "strict":
            return self.strict
        return self.official if self.official != "E" else None

    def right(self, scorer: Scorer) -> bool:
        """Whether that letter is the gold one; unread is wrong."""
        return self.letter(scorer) == self.gold

    @property
    def differs(self) -> bool:
        """Whether the two readers do not say the same."""
        return self.letter("official") != self.letter("strict")


@dataclass(frozen=True)
class Scores:
    """The figures of one set of pairs; rates are fractions of 1, None where undefined.

    ``unread`` counts rows of these pairs; ``true_premise`` is the share of leading questions with a
    true premise that were answered right.
    """

    table: Table
    ra_ci: Interval | None
    mr_ci: Interval | None
    unread: int
    disagreements: int
    true_premise: float | None
    true_premise_questions: int

    def to_json(self) -> dict[str, Any]:
        """The figures under the names that machines read."""
        return {
            "pairs": self.table.pairs,
            "ra": self.table.ra,
            "ra_ci": _bounds(self.ra_ci),
            "mr": self.table.mr,
            "mr_ci": _bounds(self.mr_ci),
            "unread": self.unread,
            "table": {
                "right_right": self.table.right_right,
                "right_wrong": self.table.right_wrong,
                "wrong_right": self.table.wrong_right,
                "wrong_wrong": self.table.wrong_wrong,
            },
            "true_premise": self.true_premise,
            "true_premise_questions": self.true_premise_questions,
            "disagreements": self.disagreements,
        }


@dataclass(frozen=True)
class LeftOut:
    """Rows of one id that made no pair, and so count in no rate."""

    id: str
    rows: tuple[int, ...]
    what: str


@dataclass(frozen=True)
class ScoreResult:
    """What ``score`` found: the figures under one reader, both readers' letters, and what did not match."""

    scorer: Scorer
    overall: Scores
    by_level: Mapping[str, Scores]
    by_category: Mapping[str, Scores]
    readings: tuple[Reading, ...]
    unmatched: tuple[Reply, ...]
    unanswered: tuple[MmrRow, ...]
    repeats: tuple[Repeat, ...]
    left_out: tuple[LeftOut, ...]

    def unread_by(self, scorer: Scorer) -> int:
        """Rows of the benchmark that a reader could not read."""
        return sum(reading.letter(scorer) is None for reading in self.readings)

    @property
    def disagreements(self) -> int:
        """Rows of the benchmark on which the readers differ."""
        return sum(reading.differs for reading in self.readings)

    def rows(self) -> Iterator[dict[str, str | None]]:
        """One record a row of the benchmark, in its order."""
        for one in self.readings:
            yield {
                "id": one.id,
                "question_type": one.question_type,
                "gold": one.gold,
                "official": one.official,
                "strict": one.strict,
            }

    def to_json(self) -> dict[str, Any]:
        """The result as machines read it."""
        return {
            "scorer": self.scorer,
            **self.overall.to_json(),
            "by_category": {name: scores.to_json() for name, scores in self.by_category.items()},
            "by_level": {name: scores.to_json() for name, scores in self.by_level.items()},
            "rows": len(self.readings),
            "unread_official": self.unread_by("official"),
            "unread_strict": self.unread_by("strict"),
            "unanswered": [[row.id, row.question_type] for row in self.unanswered],
            "unmatched": [[reply.id, reply.question_type] for reply in self.unmatched],
            "repeats": [
                {"id": one.id, "question_type": one.question_type, "rows": one.rows, "replies": one.replies}
                for one in self.repeats
            ],
            "left_out": [{"id": one.id, "rows": list(one.rows), "what": one.what} for one in self.left_out],
        }


def _bounds(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]
