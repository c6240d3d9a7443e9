"""Does somebody give the same answer whatever they are asked, more than others do?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from evaluation.statistics import wilson_of_share

NEARLY_ALWAYS = 0.95
MARGIN = 0.05  # above what others give
SURE = 3.0  # standard errors above: by chance once in 700 times


@dataclass(frozen=True)
class Same:
    """The answer somebody gives most often.

    Attributes:
        answer: A judgement, or a letter in blind solves.
        share: Of their answers, in [0, 1].
        answers: How many they gave.
        others: The share of this answer among what others gave, in [0, 1]; None where there are no others.
    """

    answer: str
    share: float
    answers: int
    others: float | None

    @property
    def stands_out(self) -> bool:
        """Whether it is nearly always given, and by more than others do than chance can explain."""
        if self.others is None or self.share < NEARLY_ALWAYS or self.share < self.others + MARGIN:
            return False
        return wilson_of_share(self.share, self.answers, quantile=SURE).low > self.others


def most_frequent(own: Counter[str], others: Sequence[Counter[str]]) -> Same | None:
    """The answer given most often, held against the others'; None without answers.

    Everybody's share among the others counts alike, however much they did, so that one busy person does not set the
    measure; of equally frequent answers the first in the alphabet is named.
    """
    if not own:
        return None
    answer = min(own, key=lambda name: (-own[name], name))
    shares = [one[answer] / one.total() for one in others if one]
    return Same(answer, own[answer] / own.total(), own.total(), median(shares) if shares else None)
