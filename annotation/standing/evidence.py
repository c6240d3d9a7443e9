"""What each annotator did, counted: answers and times, before anything is made of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from annotation.verdict import Verdict
from annotation.votes import current

TOO_FAST = 2.0
"""Seconds: nobody looks at an image and reads two questions in less."""


@dataclass(frozen=True)
class Evidence:
    """What one annotator did.

    Attributes:
        done: Verdicts that stand.
        judgements: Of reviews, by judgement.
        letters: Of blind solves, both questions, by letter.
        comments: Verdicts with a comment.
        seconds: Of verdicts whose time was measured, in ascending order.
    """

    done: int = 0
    judgements: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    comments: int = 0
    seconds: tuple[float, ...] = ()

    @property
    def median_seconds(self) -> float | None:
        """None where no time was measured."""
        return median(self.seconds) if self.seconds else None

    @property
    def too_fast(self) -> float | None:
        """The share of measured verdicts under :data:`TOO_FAST`, in [0, 1]; None where no time was measured."""
        return sum(one < TOO_FAST for one in self.seconds) / len(self.seconds) if self.seconds else None


def gather(verdicts: Iterable[Verdict]) -> dict[str, Evidence]:
    """Count everybody's current verdicts, by annotator in ascending order; empty without verdicts.

    Adjudications are not counted: they say nothing of how somebody works through a queue.
    """
    by_name: dict[str, list[Verdict]] = {}
    for one in current(verdicts):
        if one.mode != "adjudicate":
            by_name.setdefault(one.annotator, []).append(one)
    return {name: _count(by_name[name]) for name in sorted(by_name)}


def _count(verdicts: list[Verdict]) -> Evidence:
    return Evidence(
        done=len(verdicts),
        judgements=Counter(one.judgement for one in verdicts if one.judgement is not None),
        letters=Counter(letter for one in verdicts for letter in (one.positive, one.negative) if letter is not None),
        comments=sum(bool(one.comment.strip()) for one in verdicts),
        seconds=tuple(sorted(one.seconds for one in verdicts if one.seconds is not None)),
    )
