"""Readings put into pairs: by id as a careful reader does, or by adjacency as the released rule does."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.metrics import Outcome, outcome
from evaluation.scores import LeftOut, Reading, Scorer


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
    groups: dict[str, list[tuple[int, Reading]]] = {}
    for place, one in enumerate(readings):
        groups.setdefault(one.id, []).append((place, one))
    pairs: list[tuple[int, ScoredPair]] = []
    left_out: list[LeftOut] = []
    for group in groups.values():
        halves = [[one for one in group if one[1].question_type == kind] for kind in ("POS", "NEG")]
        whole = min(map(len, halves))
        for (at, positive), (beside, negative) in zip(*halves, strict=False):
            became = outcome(positive=positive.right(scorer), negative=negative.right(scorer))
            pairs.append((min(at, beside), _pair(became, positive, negative)))
        paired = {place for half in halves for place, _ in half[:whole]}
        rest = [one for place, one in group if place not in paired]
        if rest:
            left_out.append(LeftOut(rest[0].id, tuple(one.row for one in rest), _what(rest)))
    return Paired(tuple(pair for _, pair in sorted(pairs, key=lambda one: one[0])), tuple(left_out))


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


def _what(rest: Sequence[Reading]) -> str:
    if len(rest) == 1:
        return f"the pair has its {rest[0].question_type} row only"
    kinds = " and ".join(one.question_type or "nothing" for one in rest)
    return f"the pair's rows are {kinds}, not one POS and one NEG"
