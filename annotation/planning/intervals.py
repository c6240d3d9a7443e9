"""A best guess beside what might be: the middle 95 % of what was drawn, widened where the guess lies outside."""

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from annotation.planning.record import Estimate
from evaluation.statistics.interval import LEVEL

_PLACES = 4


def number(value: float, drawn: NDArray[np.float64]) -> Estimate[float]:
    """A quantity, with what was drawn of it, ``(draws,)``; to four decimal places."""
    low, high = _middle(drawn)
    return Estimate[float](
        value=round(value, _PLACES), low=round(min(value, low), _PLACES), high=round(max(value, high), _PLACES)
    )


def count(value: int, drawn: NDArray[np.float64]) -> Estimate[int]:
    """A number of things, with what was drawn of it, ``(draws,)``."""
    low, high = _middle(drawn)
    return Estimate[int](value=value, low=min(value, floor(low)), high=max(value, ceil(high)))


def _middle(drawn: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
