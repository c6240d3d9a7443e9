"""What a report holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotation.agreement import Agreement
from annotation.consensus import Method
from annotation.reporting.disagreement import Disagreement
from annotation.reporting.plain_values import plain_values
from annotation.standing import Standing
from evaluation.statistics import Interval


@dataclass(frozen=True)
class Acceptance:
    """Pairs held valid among those with a consensus; ``interval`` is Wilson's, None without any."""

    valid: int
    decided: int
    interval: Interval | None

    @property
    def share(self) -> float | None:
        """In [0, 1]; None without decided pairs."""
        return self.valid / self.decided if self.decided else None


@dataclass(frozen=True)
class Decided:
    """What became of pairs that somebody judged.

    Attributes:
        valid: Pairs held valid.
        invalid: Pairs held invalid.
        open: Pairs without a label: nobody was sure, or as much speaks for either.
        prior: The share of valid pairs as estimated, in [0, 1]; None without pairs.
        method: How it was decided.
        converged: Whether the estimate came to rest.
    """

    valid: int
    invalid: int
    open: int
    prior: float | None
    method: Method
    converged: bool


@dataclass(frozen=True)
class Report:
    """What people's verdicts say. Gold shows what people can do; all else here is of other pairs.

    Attributes:
        annotators: By name in ascending order.
        agreement: Over all pairs.
        agreement_by_category: By category in ascending order.
        faults: Verdicts that name a fault, by fault, the most frequent first; a verdict may name several.
        faults_by_category: The same by category, in ascending order.
        decided: The consensus, counted.
        acceptance: By category in ascending order.
        disagreements: Pairs that people disagree on, those that are open first.
        comments: Verdicts with a comment, on any pair; what they say is not part of a report.
    """

    annotators: tuple[Standing, ...]
    agreement: Agreement
    agreement_by_category: Mapping[str, Agreement]
    faults: Mapping[str, int]
    faults_by_category: Mapping[str, Mapping[str, int]]
    decided: Decided
    acceptance: Mapping[str, Acceptance]
    disagreements: tuple[Disagreement, ...]
    comments: int

    @property
    def flagged(self) -> tuple[Standing, ...]:
        """Annotators to look closer at."""
        return tuple(one for one in self.annotators if one.flags)

    @property
    def to_adjudicate(self) -> tuple[Disagreement, ...]:
        """Disagreements that votes do not settle."""
        return tuple(one for one in self.disagreements if not one.settled)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for JSON, with what is worked out (shares, accuracies, intervals) written out."""
        plain: dict[str, Any] = plain_values(self)
        return plain
