"""What verdicts so far say of how many pairs are right and of how long a verdict takes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median, pvariance

from annotation.planning.assumed import BREAK, LONGEST
from annotation.planning.cells import WAYS, Way
from annotation.verdict import Verdict
from annotation.votes import Vote, current, votes_of
from schemas.pair import Pair


@dataclass(frozen=True)
class Accepted:
    """Pairs of a category that someone has judged; votes of people who were not sure are left out.

    A pair that one person judged is right or not as that one says, one that several judged as most of them say, and
    half right where they are as many on either side. So votes on one pair, which agree more than chance, count as
    one trial, and the accept rate is that of pairs, as the consensus will have it.
    """

    right: float = 0.0
    """Pairs."""
    pairs: int = 0
    sure: int = 0
    """Votes on them."""


@dataclass(frozen=True)
class Timed:
    """How long one annotator took in one mode, breaks left out."""

    verdicts: int
    mean: float
    """Seconds."""
    variation: float
    """Squared coefficient of variation; 0 of a single verdict."""


@dataclass(frozen=True)
class Measured:
    """Votes by mode and category, and times by mode and annotator; nothing in either before the first verdict."""

    accepted: Mapping[Way, Mapping[str, Accepted]] = field(default_factory=dict)
    timed: Mapping[Way, Mapping[str, Timed]] = field(default_factory=dict)

    def of(self, way: Way) -> Mapping[str, Accepted]:
        """Votes by category."""
        return self.accepted.get(way, {})

    def times(self, way: Way) -> Mapping[str, Timed]:
        """Times by annotator."""
        return self.timed.get(way, {})


def measure(verdicts: Sequence[Verdict], pairs: Mapping[str, Pair], gold_ids: Collection[str] = ()) -> Measured:
    """Count votes and times, reviews and blind solves apart.

    Gold is left out of the votes, for its answers were chosen; it takes as long as any other pair. Adjudications are
    left out of both: only what others disagreed on comes there.

    Args:
        verdicts: As read; old versions and withdrawn ones play no part.
        pairs: By id; others have no vote.
        gold_ids: Pairs whose verdict is known.
    """
    gold = set(gold_ids)
    votes = [one for one in votes_of(verdicts, pairs) if one.pair_id not in gold and one.label is not None]
    counting = current(verdicts)
    return Measured(
        accepted={way: _accepted((one for one in votes if one.mode == way), pairs) for way in WAYS},
        timed={way: _times(one for one in counting if one.mode == way) for way in WAYS},
    )


def _accepted(votes: Iterable[Vote], pairs: Mapping[str, Pair]) -> dict[str, Accepted]:
    by_pair: dict[str, list[bool]] = {}
    for one in votes:
        by_pair.setdefault(one.pair_id, []).append(one.label == "valid")
    by_category: dict[str, list[list[bool]]] = {}
    for pair_id, said in by_pair.items():
        by_category.setdefault(pairs[pair_id].category, []).append(said)
    return {
        category: Accepted(sum(_right(said) for said in found), len(found), sum(len(said) for said in found))
        for category, found in sorted(by_category.items())
    }


def _right(said: Sequence[bool]) -> float:
    """Whether most say that a pair is valid: 1 or 0, and 0.5 in a tie."""
    valid = sum(said)
    return 0.5 if 2 * valid == len(said) else float(2 * valid > len(said))


def _times(verdicts: Iterable[Verdict]) -> dict[str, Timed]:
    by_person: dict[str, list[float]] = {}
    for one in verdicts:
        if one.seconds is not None and 0 < one.seconds <= LONGEST:
            by_person.setdefault(one.annotator, []).append(one.seconds)
    return {person: timed(seconds) for person, seconds in sorted(by_person.items())}


def timed(seconds: Sequence[float]) -> Timed:
    """One annotator's mean pace, without breaks: what took over ``BREAK`` times the median is left out.

    The mean and not the median, for hours are a sum; so what is left out is only what cannot be work. Of log-normal
    times as people have them (0.6 to 0.8 in the log), 1 to 2 % of the mean are lost by it.

    Args:
        seconds: Of each verdict; at least one, each above 0.
    """
    longest = BREAK * median(seconds)
    worked = [one for one in seconds if one <= longest]
    mean = fmean(worked)
    return Timed(len(worked), mean, pvariance(worked, mean) / mean**2)
