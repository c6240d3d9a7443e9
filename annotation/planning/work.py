"""The work in one group of splits: a quota for each category, and the pairs to judge until it is reached."""

from collections.abc import Sequence
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from annotation.planning.cells import Cell, Group
from annotation.planning.intervals import count, number
from annotation.planning.quotas import water_fill
from annotation.planning.rates import Believed, Floats
from annotation.planning.record import Row
from annotation.planning.supply import SoFar, Supply
from schemas.identity import seeded

SPECK = 1e-9
"""600 / 0.75 must not come to 801."""


class Work(NamedTuple):
    """Rows of a group, and what their numbers might be."""

    rows: tuple[Row, ...]
    to_judge: Floats
    """``(draws,)``: pairs."""
    judgements: Floats
    """``(draws,)``."""
    short: Floats
    """``(draws,)``: wanted pairs that the supply does not yield."""
    overall: Floats
    """``(draws,)``: the accept rate over all categories."""


class _Source(NamedTuple):
    """A category's pairs, and the share of them that is right."""

    supply: int
    verified: int
    left: int
    rate: float

    @property
    def likely(self) -> int:
        """Verified pairs that it comes to if all the rest is judged."""
        return self.verified + floor(self.left * self.rate + SPECK)


def work_of(
    group: Group,
    want: int,
    supply: Supply,
    so_far: SoFar,
    believed: Believed,
    *,
    per_pair: float,
    seed: int,
    draws: int,
) -> Work:
    """Plan a group.

    A pair judged to the end is verified at the accept rate of its category and mode, which is a rate of pairs: how
    many judge each changes the judgements, not the pairs. How many pairs it takes until so many are right is the
    quota and a negative binomial number of wrong ones, so the intervals hold what will be counted, luck and all.

    Args:
        group: Which splits.
        want: Verified pairs, those there are included.
        supply: Kept pairs.
        so_far: What has been done.
        believed: Of the accept rates in the group's mode.
        per_pair: Judgements on a pair, the share of gold on top included.
        seed: Of what is drawn.
        draws: How many times.
    """
    sources = [
        _Source(
            supply.pairs.get(Cell(name, group), 0), so_far.verified.get(Cell(name, group), 0),
            supply.left(name, group, so_far), believed.rate(name),
        )
        for name in supply.categories
    ]  # fmt: skip
    quotas = _quotas(want, sources)
    even = water_fill(
        want, least=[0] * len(sources), most=[want * (one.left + one.verified > 0) for one in sources]
    )  # fmt: skip
    random = np.random.default_rng(seeded(seed, "accept", group))
    rates = believed.draw(supply.categories, random, draws)
    need = np.array([quota - one.verified for quota, one in zip(quotas, sources, strict=True)]).reshape(-1, 1)
    left = np.array([one.left for one in sources], np.float64).reshape(-1, 1)
    wrong = random.negative_binomial(np.maximum(need, 1), rates.by_category)
    enough = np.where(need > 0, need + wrong, 0).astype(np.float64)
    to_judge = np.minimum(enough, left)
    missing = np.where(enough > left, np.clip(need - left * rates.by_category, 1, np.maximum(need, 1)), 0.0)
    rows = tuple(
        _row(name, group, source, quota, share, per_pair, drawn, rate)
        for name, source, quota, share, drawn, rate in zip(
            supply.categories, sources, quotas, even, to_judge, rates.by_category, strict=True
        )
    )
    total = to_judge.sum(axis=0)
    return Work(rows, total, total * per_pair, missing.sum(axis=0) + max(0, want - sum(quotas)), rates.overall)


def _quotas(want: int, sources: Sequence[_Source]) -> list[int]:
    """Even up to what each is likely to yield; if that is not enough, even up to all there is, in hope."""
    likely = water_fill(want, least=[one.verified for one in sources], most=[one.likely for one in sources])
    if sum(likely) >= want:
        return likely
    return water_fill(want, least=likely, most=[one.verified + one.left for one in sources])


def _row(
    category: str, group: Group, source: _Source, quota: int, even: int, per_pair: float, drawn: Floats, rates: Floats
) -> Row:
    need = quota - source.verified
    pairs = min(ceil(need / source.rate - SPECK), source.left)
    return Row(
        category=category, group=group, supply=source.supply, verified=source.verified, even=even, quota=quota,
        accept=number(source.rate, rates),
        to_judge=count(pairs, drawn),
        judgements=count(ceil(pairs * per_pair - SPECK), drawn * per_pair),
        short=max(0, quota - source.likely),
    )  # fmt: skip
