"""McNemar's test: do two models differ on the same pairs, by the pairs on which only one is right?"""

from dataclasses import dataclass
from math import erfc, sqrt
from typing import Literal

from schemas.errors import BadInput

Form = Literal["exact", "mid-p", "chi2"]


@dataclass(frozen=True)
class McNemar:
    """The two discordant counts and the two-sided p-value, in [0, 1].

    ``statistic`` is the smaller count for the exact forms, chi-squared for ``chi2``.
    """

    only_first: int
    only_second: int
    statistic: float
    p: float
    form: Form


def mcnemar(only_first: int, only_second: int, *, form: Form = "exact") -> McNemar:
    """Test whether the pairs that only one of two models has right fall to either by chance.

    Every pair counts by itself: where images hold several pairs the p-value is too small, and the
    permutation test by image is the one to go by.

    Sources: Q. McNemar, Psychometrika 12 (1947); chi-squared with the correction of A. L. Edwards,
    Psychometrika 13 (1948), as statsmodels computes it, also for equal counts; mid-p by M. Fagerland,
    S. Lydersen and P. Laake, BMC Medical Research Methodology 13:91 (2013), who prefer it to both.

    Args:
        only_first: Pairs that the first model alone has right.
        only_second: Pairs that the second model alone has right. With no such pair of either, p is 1.
        form: ``exact`` is never too small and often too large, ``mid-p`` is near the truth, ``chi2`` is
            for many discordant pairs (25 or more).

    Raises:
        BadInput: A negative count.
    """
    if min(only_first, only_second) < 0:
        raise BadInput(f"{only_first} and {only_second} are no counts of pairs", fix="Give counts from 0.")
    fewer, discordant = min(only_first, only_second), only_first + only_second
    if form == "chi2":
        statistic = (abs(only_first - only_second) - 1) ** 2 / discordant if discordant else 0.0
        return McNemar(only_first, only_second, statistic, erfc(sqrt(statistic / 2)), form)
    ways = at_most = 1  # whole numbers, however long: no rounding before the one division
    for count in range(1, fewer + 1):
        ways = ways * (discordant - count + 1) // count
        at_most += ways
    twice = 2 * at_most - (ways if form == "mid-p" else 0)
    p = min(1.0, twice / 2**discordant) if discordant else 1.0
    return McNemar(only_first, only_second, float(fewer), p, form)
