"""How quick a team is: each annotator's own pace where measured, and for the rest that of people in general.

The log of a person's mean seconds is normal around that of people in general (``PEOPLE_DIFFER``), which is normal
around what is assumed; measured means update both. All work the same hours, so whoever is quicker judges more, and
the pace of a team is the harmonic mean of its people's.
"""

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np

from annotation.planning.assumed import PEOPLE_DIFFER, VERDICTS_DIFFER, VERDICTS_DIFFER_WORTH, Assumed
from annotation.planning.measured import Timed
from annotation.planning.rates import Floats
from evaluation.statistics.interval import LEVEL
from evaluation.statistics.quantiles import normal_quantile

_Z = normal_quantile((1 + LEVEL) / 2)
_UP = PEOPLE_DIFFER**2 / 2
"""Between the log of people's harmonic mean and the mean of their logs."""


class Pace(NamedTuple):
    """Seconds a verdict takes each of some people."""

    guessed: Floats
    """``(people,)``: as best guessed."""
    drawn: Floats
    """``(people, draws)``: as they might be."""


class _People(NamedTuple):
    """The log of seconds of people in general: a middle, and a standard deviation to either side of it."""

    middle: float
    below: float
    above: float


def names_of(times: Sequence[Mapping[str, Timed]], annotators: int) -> list[str | None]:
    """Everyone measured in any mode, then None for each more that there are to be, never fewer than were measured."""
    known = sorted({name for one in times for name in one})
    return [*known, *[None] * (annotators - len(known))]


def team_pace(
    people: Sequence[str | None], times: Mapping[str, Timed], assumed: Assumed, noise: Floats, general: Floats
) -> Pace:
    """The pace of people in one mode.

    Args:
        people: By name; None for someone not met yet.
        times: Those of them that were measured.
        assumed: Of people in general, before anyone was measured.
        noise: ``(people, draws)`` standard normal: each person's place among people.
        general: ``(draws,)`` standard normal: where people in general are.
    """
    varied = _variation(times)
    among = _people_in_general(times, assumed, varied)
    middles = among.middle + np.where(general < 0, among.below, among.above) * general
    guessed, drawn = [], []
    for name, own in zip(people, noise, strict=True):
        found = times.get(name) if name is not None else None
        if found is None:
            guessed.append(exp(among.middle))
            drawn.append(np.exp(middles + _UP + PEOPLE_DIFFER * own))
        else:
            weight = found.verdicts / varied
            both = weight + PEOPLE_DIFFER**-2
            guessed.append(exp((weight * log(found.mean) + PEOPLE_DIFFER**-2 * (among.middle + _UP)) / both))
            drawn.append(
                np.exp((weight * log(found.mean) + PEOPLE_DIFFER**-2 * (middles + _UP)) / both + own / sqrt(both))
            )
    return Pace(np.array(guessed), np.array(drawn))


def _variation(times: Mapping[str, Timed]) -> float:
    """How much one person's seconds vary about that person's mean, over all people."""
    verdicts = sum(one.verdicts for one in times.values())
    varied = sum(one.verdicts * one.variation for one in times.values())
    return (VERDICTS_DIFFER * VERDICTS_DIFFER_WORTH + varied) / (VERDICTS_DIFFER_WORTH + verdicts)


def _people_in_general(times: Mapping[str, Timed], assumed: Assumed, varied: float) -> _People:
    """What is assumed, updated by the mean of each person measured."""
    below, above = log(assumed.value / assumed.low) / _Z, log(assumed.high / assumed.value) / _Z
    weights = [1 / (PEOPLE_DIFFER**2 + varied / one.verdicts) for one in times.values()]
    prior = ((below + above) / 2) ** -2
    total = prior * log(assumed.value) + sum(
        weight * (log(one.mean) - _UP) for weight, one in zip(weights, times.values(), strict=True)
    )
    return _People(
        total / (prior + sum(weights)), (below**-2 + sum(weights)) ** -0.5, (above**-2 + sum(weights)) ** -0.5
    )
