"""Telltales: signs that mark an option as right or wrong more often than chance has it.

Signs are found one at a time, the strongest first, each beyond what those found before explain: forward
selection by Rao's score test in a conditional logit model (McFadden, "Conditional logit analysis of
qualitative choice behavior", 1974), which gives each option of a question its probability of being right
as a blind reader sees it. A few signs that hold are fitted rather than thousands that may not, so the
probabilities are calibrated: what removing pairs by them takes away is leak, not noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from evaluation.leaks.asked import Asked
from evaluation.leaks.options import FlatOptions, Floats
from evaluation.leaks.sign_table import SignTable, sign_table

LEVEL = 0.5
"""How many signs may be found where none tells: a sign let pass leaks, one too many costs a few pairs."""
MOST = 60
_LEAST_SPREAD = 0.5  # variance of a count below which its deviation is not near normal
_RIDGE = 0.3  # keeps the weight of a sign that is never right finite: after 100 offers about -4.5
_STEPS = 50


@dataclass(frozen=True)
class Telltale:
    """A sign, on how many options it stood (where not all of a question had it), and how many of these were right."""

    sign: str
    offered: int
    right: int
    expected: float  # times right, did it tell nothing
    z: float  # beyond the telltales found before it


@dataclass(frozen=True)
class Told:
    """What telltales tell of questions.

    ``probability`` is flat over all options of all questions in order: how likely each is right as a blind
    reader sees it, 1/options where no telltale stands. It adds up to 1 within a question.
    """

    telltales: tuple[Telltale, ...]
    probability: Floats


def find_telltales(asked: Sequence[Asked], *, level: float = LEVEL, most: int = MOST) -> Told:
    """Find the signs that tell.

    Args:
        asked: Questions of one polarity.
        level: How many signs may be found on average where none tells (Bonferroni over the signs), above 0.
        most: How many to find at most.

    Returns:
        The telltales in the order found, and all options' probabilities; nothing without questions.
    """
    if not asked:
        return Told((), np.zeros(0))
    table = sign_table(asked)
    probability = table.options.chance
    bar = NormalDist().inv_cdf(1 - level / (2 * max(1, len(table.names))))
    chosen: list[int] = []
    found: list[Telltale] = []
    while table.names and len(chosen) < most:
        z = _deviations(table, probability)
        z[chosen] = 0.0
        best = int(np.argmax(np.abs(z)))
        if abs(z[best]) < bar:
            break
        chosen.append(best)
        found.append(_telltale(table, best, float(z[best])))
        probability = _fitted(table.options, table.matrix[:, chosen].toarray())
    return Told(tuple(found), probability)


def _deviations(table: SignTable, probability: Floats) -> Floats:
    """How far each sign's count of right options is from what is expected, in standard deviations: ``(signs,)``."""
    from scipy import sparse

    inside = table.groups @ sparse.diags(probability) @ table.matrix  # how likely the right option has the sign
    spread = np.asarray(inside.sum(axis=0))[0] - np.asarray(inside.multiply(inside).sum(axis=0))[0]
    beyond = table.matrix.T @ (table.options.right - probability)
    return np.where(spread > _LEAST_SPREAD, beyond / np.sqrt(np.maximum(spread, _LEAST_SPREAD)), 0.0)


def _telltale(table: SignTable, place: int, z: float) -> Telltale:
    options = table.options
    stands = table.matrix[:, [place]].toarray()[:, 0]
    own = (stands > 0) & ((options.sums(stands) < options.sizes)[options.owner])
    counted = int(own.sum()), int(options.right[own].sum()), float(options.chance[own].sum())
    return Telltale(table.names[place], *counted, z)


def _fitted(options: FlatOptions, signs: Floats) -> Floats:
    """Probabilities by a conditional logit of some signs ``(options, chosen)``: Newton's method, with a ridge."""
    weights = np.zeros(signs.shape[1])
    probability = options.chance
    for _ in range(_STEPS):
        weighted = signs * probability[:, None]
        inside = options.sums(weighted)
        slope = signs.T @ (options.right - probability) - _RIDGE * weights
        curve = signs.T @ weighted - inside.T @ inside + _RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        size = float(np.abs(step).max())
        weights += step / max(1.0, size)  # no step beyond 1, or one may overshoot for good
        probability = options.softmax(signs @ weights)
        if size < 1e-6:
            break
    return probability
