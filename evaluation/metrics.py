"""RA, MR and the 2×2 table over pairs: pure figures, no files.

Source: "Seeing Clearly, Answering Incorrectly" (arXiv 2406.10638), section 3.3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Outcome(IntEnum):
    """What became of a pair, the positive half first."""

    RIGHT_RIGHT = 0
    RIGHT_WRONG = 1
    WRONG_RIGHT = 2
    WRONG_WRONG = 3


@dataclass(frozen=True)
class Table:
    """How many pairs had each outcome. The empty table has neither RA nor MR."""

    right_right: int = 0
    right_wrong: int = 0
    wrong_right: int = 0
    wrong_wrong: int = 0

    @property
    def pairs(self) -> int:
        """All pairs."""
        return self.right_right + self.right_wrong + self.wrong_right + self.wrong_wrong

    @property
    def ra(self) -> float | None:
        """Robustness accuracy, both halves right / pairs, in [0, 1]; None without pairs."""
        return self.right_right / self.pairs if self.pairs else None

    @property
    def mr(self) -> float | None:
        """Misleading rate, negative wrong / positive right, in [0, 1]; None where no positive is right."""
        positive_right = self.right_right + self.right_wrong
        return self.right_wrong / positive_right if positive_right else None


def outcome(*, positive: bool, negative: bool) -> Outcome:
    """The outcome of a pair whose halves were answered right or not."""
    return Outcome(2 * (not positive) + (not negative))


def tabulate(outcomes: Iterable[Outcome]) -> Table:
    """Count outcomes."""
    counts = [0, 0, 0, 0]
    for one in outcomes:
        counts[one] += 1
    return Table(*counts)


def tabulate_by(names: Sequence[str], outcomes: Sequence[Outcome]) -> dict[str, Table]:
    """Count outcomes by category (or any other name of a pair), in the order of first appearance.

    Args:
        names: One a pair.
        outcomes: One a pair, in the same order.
    """
    groups: dict[str, list[Outcome]] = {}
    for name, one in zip(names, outcomes, strict=True):
        groups.setdefault(name, []).append(one)
    return {name: tabulate(group) for name, group in groups.items()}
