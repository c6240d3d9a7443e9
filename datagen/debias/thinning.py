"""Thinning: where a telltale gives options away, so many pairs go that each option is right equally often.

A pair whose right option a blind reader holds for likely stays with the probability (likelihood of its least
likely option) / (likelihood of its right one): rejection sampling, after which every option of such a
question is right equally often, and no pair goes for what only noise says of it.
"""

from dataclasses import dataclass

import numpy as np

from datagen.debias.standing import HALVES, Standing
from evaluation.leaks import Telltale, find_telltales
from evaluation.leaks.options import flat
from evaluation.leaks.signs import signs_of
from schemas.identity import seeded_share
from schemas.ledger import Drop

REASON = "leaks-blind"
_MOST_ROUNDS = 10
_NAMED = 3


@dataclass(frozen=True)
class Thinned:
    """What stands, what was dropped, and the telltales that were found in each half."""

    standing: Standing
    drops: tuple[Drop, ...]
    telltales: tuple[tuple[str, Telltale], ...]


def thin(standing: Standing, *, seed: int) -> Thinned:
    """Thin pairs until neither half has a telltale: the leading questions first, for they hold what the positive do."""
    drops: list[Drop] = []
    found: list[tuple[str, Telltale]] = []
    for number in range(_MOST_ROUNDS):
        before = len(drops)
        for name in HALVES:
            told = find_telltales(standing.half(name))
            if not told.telltales:
                continue
            found += [(name, one) for one in told.telltales]
            options = flat(standing.half(name))
            right = told.probability[options.right > 0]
            least = np.minimum.reduceat(told.probability, options.starts)
            lots = np.array([seeded_share(seed, "thin", str(number), name, one) for one in standing.ids])
            kept = lots < least / right + 1e-9
            named = {one.sign for one in told.telltales}
            for place in np.flatnonzero(~kept):
                signs = dict.fromkeys(
                    sign for of_option in signs_of(standing.half(name)[place]) for sign in of_option if sign in named
                )
                detail = f"{name}: {'; '.join(list(signs)[:_NAMED])}"
                drops.append(
                    Drop(
                        REASON, pair_id=standing.ids[place], detail=detail,
                        score=float(right[place]), threshold=float(least[place]),
                    )
                )  # fmt: skip
            standing = standing.only(np.flatnonzero(kept).tolist())
            if not standing.ids:
                return Thinned(standing, tuple(drops), tuple(found))
        if len(drops) == before:
            break
    return Thinned(standing, tuple(drops), tuple(found))
