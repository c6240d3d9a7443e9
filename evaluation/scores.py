"""The results of scoring, as records and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from evaluation.item import Item
from evaluation.metrics import Table
from evaluation.replies import Repeat, Reply
from evaluation.statistics import Interval
from schemas.pair import Kind

Scorer = Literal["official", "strict"]
SCORERS: tuple[Scorer, ...] = ("official", "strict")


@dataclass(frozen=True)
class Reading:
    """What both readers made of the reply to one row.

    ``official`` is ``E`` and ``strict`` None where they could not read it, or where there is no reply.
    ``row`` is its place in its file, from 1.
    """

    id: str
    question_type: str
    kind: Kind
    category: str
    image: str
    gold: str
    official: str
    strict: str | None
    row: int = 0
    group: str = ""
    yes_no: bool = False  # A is yes, B is no

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
    true premise that were answered right. ``approximate`` says that the intervals take pairs for independent
    (Wilson's do) though some of them share an image.
    """

    table: Table
    ra_ci: Interval | None
    mr_ci: Interval | None
    unread: int
    disagreements: int
    true_premise: float | None
    true_premise_questions: int
    true_premise_ci: Interval | None = None
    approximate: bool = False

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
            "true_premise_ci": _bounds(self.true_premise_ci),
            "true_premise_questions": self.true_premise_questions,
            "approximate": self.approximate,
            "disagreements": self.disagreements,
        }


@dataclass(frozen=True)
class LeftOut:
    """Rows of one id that made no pair, and so count in no rate."""

    id: str
    rows: tuple[int, ...]
    what: str


@dataclass(frozen=True)
class ContrastScores:
    """Figures of ``contrast`` pairs: two questions, or one question of two images, whose answers are opposite.

    Rates are fractions of 1. ``right`` is over single questions, ``both`` over pairs, ``images`` over two questions
    about one image and ``groups`` over whole samples, where pairs come in samples (NaturalBench's Acc, Q-Acc, I-Acc
    and G-Acc: arXiv 2410.14669, section 3); else None. The last four are for questions of yes and no (POPE's: arXiv
    2305.10355, section 3): precision, recall and F1 of "yes", and the share of questions answered with it.
    """

    pairs: int
    both: float
    both_ci: Interval | None
    right: float
    images: float | None
    groups: float | None
    unread: int
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    yes: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The figures under the names that machines read."""
        return {**vars(self), "both_ci": _bounds(self.both_ci)}


@dataclass(frozen=True)
class LetterBias:
    """How often each letter was the answer, and how often it would have been right; over rows that were read.

    ``excess`` is the largest share by which a letter was answered more often than right, in [0, 1].
    """

    answered: Mapping[str, int]
    right: Mapping[str, int]
    excess: float
    letter: str

    def to_json(self) -> dict[str, Any]:
        """The figures under the names that machines read."""
        return {**vars(self), "answered": dict(self.answered), "right": dict(self.right)}


@dataclass(frozen=True)
class ScoreResult:
    """What ``score`` found: the figures under one reader, both readers' letters, and what did not match."""

    scorer: Scorer
    overall: Scores
    by_level: Mapping[str, Scores]
    by_category: Mapping[str, Scores]
    readings: tuple[Reading, ...]
    unmatched: tuple[Reply, ...]
    unanswered: tuple[Item, ...]
    repeats: tuple[Repeat, ...]
    left_out: tuple[LeftOut, ...]
    contrast: ContrastScores | None = None
    contrast_by_category: Mapping[str, ContrastScores] = field(default_factory=dict)
    letters: LetterBias | None = None

    def unread_by(self, scorer: Scorer) -> int:
        """Rows of the benchmark that a reader could not read."""
        return sum(reading.letter(scorer) is None for reading in self.readings)

    @property
    def disagreements(self) -> int:
        """Rows of the benchmark on which the readers differ."""
        return sum(reading.differs for reading in self.readings)

    def rows(self) -> Iterator[dict[str, Any]]:
        """One record a row, in the benchmark's order; ``evaluation.results`` reads them back."""
        return (asdict(one) for one in self.readings)

    def to_json(self) -> dict[str, Any]:
        """The result as machines read it."""
        return {
            "scorer": self.scorer,
            **self.overall.to_json(),
            "contrast": self.contrast.to_json() if self.contrast else None,
            "contrast_by_category": {name: one.to_json() for name, one in self.contrast_by_category.items()},
            "letters": self.letters.to_json() if self.letters else None,
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
