"""Accept rates by category: verdicts, blended with what is assumed.

Three layers, so that few verdicts are pulled towards what is likelier and many stand for themselves. The overall
rate of a mode has the Beta prior that ``ACCEPT`` assumes (worth 20 pairs). Each category's rate comes of a Beta
around it; how close around, that is how many pairs the overall rate is worth as a guess at a category's, is one of
``CATEGORY_WORTHS``, of which the verdicts tell the likelier: where categories turn out alike, one with few verdicts
is taken to be like the others, and where they turn out to differ it is not. Both are summed over a grid, so nothing
is approximated but its fineness.

Source: the beta-binomial hierarchy of Gelman et al., Bayesian Data Analysis (3rd ed.), section 5.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lgamma
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotation.planning.assumed import ACCEPT, ACCEPT_WORTH, CATEGORY_WORTHS
from annotation.planning.measured import Accepted

Floats = NDArray[np.float64]
LEAST = 1e-6
"""No rate is taken to be lower: it divides."""
_STEPS = 100
_PLACES = 6
"""Where the grid's error lies beyond: 0.75 is not to come out a speck below."""
_NONE = Accepted()


class Rates(NamedTuple):
    """Rates as drawn from what is believed of them."""

    overall: Floats
    """``(draws,)``."""
    by_category: Floats
    """``(categories, draws)``."""


@dataclass(frozen=True)
class Believed:
    """What verdicts of one mode leave to believe of the rates; without any, what is assumed."""

    accepted: Mapping[str, Accepted]
    rates: Floats
    """``(points,)``: overall rates of the grid."""
    worths: Floats
    """``(points,)``: with each, how many pairs it is worth as a guess at a category's."""
    weights: Floats
    """``(points,)``: how likely each point is; they add up to 1."""

    @property
    def overall(self) -> float:
        """The rate of a category as best guessed before it has verdicts of its own."""
        return round(float(self.weights @ self.rates), _PLACES)

    def rate(self, category: str) -> float:
        """The share of a category's pairs that are found right, as best guessed; above 0."""
        found = self.accepted.get(category, _NONE)
        mean = (self.worths * self.rates + found.right) / (self.worths + found.pairs)
        return max(LEAST, round(float(self.weights @ mean), _PLACES))

    def draw(self, categories: Sequence[str], random: np.random.Generator, draws: int) -> Rates:
        """Rates as they might be."""
        point = random.choice(len(self.weights), size=draws, p=self.weights)
        overall = self.rates[point] + (random.random(draws) - 0.5) / _STEPS
        drawn = []
        for name in categories:
            found = self.accepted.get(name, _NONE)
            wrong = self.worths[point] * (1 - overall) + found.pairs - found.right
            drawn.append(random.beta(np.maximum(LEAST, self.worths[point] * overall + found.right), wrong + LEAST))
        return Rates(overall, np.clip(np.array(drawn).reshape(len(categories), draws), LEAST, 1.0))


def believe(accepted: Mapping[str, Accepted]) -> Believed:
    """What is to be believed after these votes of one mode, by category."""
    middles = (np.arange(_STEPS) + 0.5) / _STEPS
    rates, worths = (
        axis.ravel() for axis in np.meshgrid(middles, np.array(CATEGORY_WORTHS, np.float64), indexing="ij")
    )
    right, wrong = ACCEPT.value * ACCEPT_WORTH, (1 - ACCEPT.value) * ACCEPT_WORTH
    log = (right - 1) * np.log(rates) + (wrong - 1) * np.log(1 - rates)
    for found in accepted.values():
        log += _log_beta(worths * rates + found.right, worths * (1 - rates) + found.pairs - found.right)
        log -= _log_beta(worths * rates, worths * (1 - rates))
    weights = np.exp(log - log.max())
    return Believed(accepted, rates, worths, weights / weights.sum())


def _log_beta(a: Floats, b: Floats) -> Floats:
    return np.array([lgamma(x) + lgamma(y) - lgamma(x + y) for x, y in zip(a.tolist(), b.tolist(), strict=True)])
