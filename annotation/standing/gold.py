"""How annotators do on gold: pairs of which the truth is known to us and not to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from annotation.votes import Label, Vote
from evaluation.statistics import Interval, wilson


@dataclass(frozen=True)
class GoldScore:
    """What somebody made of gold.

    Attributes:
        seen: Gold pairs judged.
        right: Of those; not being sure is not right.
        unsure: Of those.
        valid: Sure verdicts on valid gold: right, and all of them.
        broken: Sure verdicts on gold that was broken on purpose: right, and all of them.
    """

    seen: int = 0
    right: int = 0
    unsure: int = 0
    valid: tuple[int, int] = (0, 0)
    broken: tuple[int, int] = (0, 0)

    @property
    def accuracy(self) -> float | None:
        """Right of seen, in [0, 1]; None where no gold was seen."""
        return self.right / self.seen if self.seen else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's, of ``accuracy``."""
        return wilson(self.right, self.seen)

    @property
    def informedness(self) -> Interval | None:
        """Where the informedness of their word lies, at 95 %, by gold alone; None without gold of both kinds.

        Interval of a difference between two shares by R. Newcombe, "Interval estimation for the difference between
        independent proportions", Statistics in Medicine 17 (1998), method 10.
        """
        accepts, refuses = wilson(*self.valid), wilson(*self.broken)
        if accepts is None or refuses is None:
            return None
        accepted, refused = self.valid[0] / self.valid[1], self.broken[0] / self.broken[1]
        middle = accepted + refused - 1
        below = sqrt((accepted - accepts.low) ** 2 + (refused - refuses.low) ** 2)
        above = sqrt((accepts.high - accepted) ** 2 + (refuses.high - refused) ** 2)
        return Interval(max(-1.0, middle - below), min(1.0, middle + above), "wilson")


def score_gold(votes: Iterable[Vote], gold: Mapping[str, Label]) -> dict[str, GoldScore]:
    """Everybody's score, by annotator; who saw no gold has none.

    Right is to accept what is valid and to fix or reject what is broken; in a blind solve, to choose both keys of a
    valid pair, and not both of a broken one.

    Args:
        votes: One an annotator, pair and mode, as :func:`annotation.votes.votes_of` gives them.
        gold: The truth of gold pairs.
    """
    on_gold: dict[str, list[tuple[Label | None, Label]]] = {}
    for one in votes:
        if one.pair_id in gold:
            on_gold.setdefault(one.annotator, []).append((one.label, gold[one.pair_id]))
    return {name: _score(said) for name, said in sorted(on_gold.items())}


def _score(said: list[tuple[Label | None, Label]]) -> GoldScore:
    def of(label: Label) -> tuple[int, int]:
        sure = [says == truth for says, truth in said if truth == label and says is not None]
        return sum(sure), len(sure)

    right = sum(says == truth for says, truth in said)
    return GoldScore(len(said), right, sum(says is None for says, _ in said), of("valid"), of("invalid"))
