"""Trimming: what no single sign gives away but many weak ones together, as classifiers trained afresh see it.

SugarCrepe's adversarial refinement (arXiv 2306.14610, section 4) and AFLite (arXiv 2002.04108, algorithm 1) take
out what simple models get right. Taken to its end that overshoots: each pair goes for agreeing with others
that go for agreeing with it, and fresh classifiers then fall below chance, which is a leak turned round. So
only a part of what a round finds in excess goes, fresh folds are dealt, and it ends near chance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from datagen.debias.standing import HALVES, Standing
from datagen.debias.thinning import REASON
from evaluation.leaks import Asked, blind_scores
from evaluation.leaks.options import Floats, flat
from evaluation.leaks.strategies import opening
from schemas.identity import seeded, seeded_share
from schemas.ledger import Drop

READERS = ("words", "characters", "question and option", "trees")
OPENING = "answer opening"
_MOST_ROUNDS = 8
_FEWEST_IMAGES = 10
_STEP = 0.3  # of the excess that goes in a round: what goes is not learnt from any more either, so it counts twice
_HOLD = 0.5  # how much what is at chance weighs against taking from it what others get too often
_DEALS = 4  # of folds that a reading is the mean of: of two, luck ended it too early
_NOTICED = 0.005  # of a mean: where options tie, the standard error is so small that less would be chased in vain
_LET_BE = 1.0
"""Standard errors above chance that are let be.

Below chance nothing is done: a classifier that learns would learn a leak turned round too, so what it gets below
chance on other images is noise, and a pair in three would have to go for each that it should get right.
"""


@dataclass(frozen=True)
class Trimmed:
    """What stands, what was dropped, and in how many rounds."""

    standing: Standing
    drops: tuple[Drop, ...]
    rounds: int


@dataclass(frozen=True)
class _Reading:
    """How a classifier did, beyond chance: on each pair, on average, and the standard error of that by image."""

    beyond: Floats
    mean: float
    error: float

    @property
    def errors(self) -> float:
        """Standard errors from chance, negative below it; 0 where nothing can be said."""
        return self.mean / self.error if self.error else 0.0


def trim(standing: Standing, *, seed: int, on_round: Callable[[int], None] = lambda _: None) -> Trimmed:
    """Trim pairs until no classifier is noticeably off chance in either half; too few images are left as they are.

    Args:
        standing: Pairs.
        seed: Deals images out to folds, anew in each round, and decides among equals.
        on_round: Told each round's number, from 1.

    Raises:
        MissingExtra: scikit-learn is not installed.
    """
    drops: list[Drop] = []
    for number in range(1, _MOST_ROUNDS + 1):
        if len({one.image for one in standing.positive}) < _FEWEST_IMAGES:
            return Trimmed(standing, tuple(drops), number - 1)
        on_round(number)
        readings = _readings(standing, seeded(seed, "trim", str(number)))
        off = [(name, one) for name, one in readings if _is_off(one)]
        if not off:
            return Trimmed(standing, tuple(drops), number)
        gain = np.sum([_weight(one) * one.beyond for _, one in readings], axis=0)
        chance = 1 / flat(standing.positive).sizes.mean()
        needed = max(one.mean for _, one in off) / (1 - chance) * len(gain)
        lots = np.array([seeded_share(seed, "trim", str(number), one) for one in standing.ids])
        gone = set(np.lexsort((lots, -gain))[: ceil(_STEP * needed)].tolist())
        who = ", ".join(dict.fromkeys(name for name, _ in off))
        for place in sorted(gone):
            drops.append(
                Drop(REASON, pair_id=standing.ids[place], detail=f"classifiers: {who}", score=float(gain[place]))
            )
        standing = standing.only([place for place in range(len(standing.ids)) if place not in gone])
    return Trimmed(standing, tuple(drops), _MOST_ROUNDS)


def _is_off(one: _Reading) -> bool:
    return one.errors > _LET_BE and one.mean > _NOTICED


def _weight(one: _Reading) -> float:
    """How much taking out a pair that a classifier gets right is wanted for its sake; negative to spare it."""
    return one.errors if _is_off(one) else min(one.errors, 0.0) - _HOLD


def _readings(standing: Standing, seed: int) -> list[tuple[str, _Reading]]:
    found = []
    for half in HALVES:
        asked = standing.half(half)
        options, images = flat(asked), [one.image for one in asked]
        for reader in (*READERS, OPENING):
            credit = np.mean([options.credit(_scores(asked, reader, seed + deal)) for deal in range(_DEALS)], axis=0)
            found.append((f"{half} by {reader}", _reading(credit - 1 / options.sizes, images)))
    return found


def _scores(asked: Sequence[Asked], reader: str, seed: int) -> Floats:
    return opening(asked, seed=seed) if reader == OPENING else blind_scores(asked, reader=reader, seed=seed)


def _reading(beyond: Floats, images: list[str]) -> _Reading:
    mean = float(beyond.mean())
    _, group = np.unique(images, return_inverse=True)
    by_image = np.bincount(group, beyond - mean)
    return _Reading(beyond, mean, float(np.sqrt(np.sum(by_image**2)) / len(beyond)))
