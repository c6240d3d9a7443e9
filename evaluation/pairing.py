"""Readings put into pairs: by id as a careful reader does, or by adjacency as the released rule does."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics import Outcome, outcome
from evaluation.scores import LeftOut, Reading, Scorer
from schemas.mmr import halves_by_id, why_no_pair


@dataclass(frozen=True)
class ScoredPair:
    """A pair and what became of it. ``images`` are its images, each once."""

    id: str
    category: str
    images: tuple[str, ...]
    group: str
    outcome: Outcome
    readings: tuple[Reading, Reading]

    @property
    def image(self) -> str:
        """What ties it to others: its image; two images together are one."""
        return "\x1f".join(self.images)


@dataclass(frozen=True)
class Paired:
    """Whole pairs in the order of their first rows, and rows that made none."""

    pairs: tuple[ScoredPair, ...]
    left_out: tuple[LeftOut, ...]


def pair_readings(readings: Sequence[Reading], scorer: Scorer) -> Paired:
    """Put readings of one kind of pair together.

    ``strict`` takes for a pair one POS and one NEG row of an id, the k-th of each where an id stands more often.
    ``official`` takes two adjacent rows, whatever their ids, calls a pair misled when exactly one half is right
    and that half is marked POS, and gives it the category of its first row, as the released rule does; what is
    read as ``contrast`` is always paired by id, for the rule knows none.
    """
    by_rule = scorer == "official" and all(one.kind != "contrast" for one in readings)
    return _by_adjacency(readings) if by_rule else _by_id(readings, scorer)


def _by_id(readings: Sequence[Reading], scorer: Scorer) -> Paired:
    whole, left = halves_by_id(readings)
    pairs = [
        _pair(outcome(positive=positive.right(scorer), negative=negative.right(scorer)), positive, negative)
        for positive, negative in whole
    ]
    left_out = [LeftOut(rest[0].id, tuple(one.row for one in rest), why_no_pair(rest)) for rest in left]
    return Paired(tuple(pairs), tuple(left_out))


def _by_adjacency(readings: Sequence[Reading]) -> Paired:
    pairs = []
    for halves in zip(readings[::2], readings[1::2], strict=False):
        right = [half for half in halves if half.right("official")]
        if len(right) == 1:
            became = Outcome.RIGHT_WRONG if right[0].question_type == "POS" else Outcome.WRONG_RIGHT
        else:
            became = Outcome.RIGHT_RIGHT if right else Outcome.WRONG_WRONG
        pairs.append(_pair(became, *halves))
    odd = readings[-1] if len(readings) % 2 else None
    what = "the last row has no neighbour to make a pair with"
    return Paired(tuple(pairs), () if odd is None else (LeftOut(odd.id, (odd.row,), what),))


def _pair(became: Outcome, first: Reading, second: Reading) -> ScoredPair:
    images = tuple(dict.fromkeys((first.image, second.image)))
    return ScoredPair(first.id, first.category, images, first.group, became, (first, second))
