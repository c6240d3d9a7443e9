"""How many pairs would show a difference, and what difference the pairs at hand can show."""

from math import ceil, sqrt

from evaluation.statistics.quantiles import normal_quantile
from evaluation.statistics.wilson import wilson_of_share
from schemas.errors import BadInput

DIFFERENCE, ALPHA, POWER = 0.05, 0.05, 0.8


def pairs_for_difference(
    discordance: float,
    *,
    difference: float = DIFFERENCE,
    alpha: float = ALPHA,
    power: float = POWER,
    design_effect: float = 1.0,
) -> int | None:
    """How many pairs two models must be asked for McNemar's test to find a difference between them.

    Unconditional sample size of R. Connor, "Sample size for testing differences in proportions for the
    paired-sample design", Biometrics 43 (1987), times the design effect.

    Args:
        discordance: The share of pairs on which just one of the models is right, in [0, 1].
        difference: Between the two rates, in (0, 1]; 0.05 is five points.
        alpha: Chance of a false alarm, two-sided, in (0, 1).
        power: Chance of finding the difference where there is one, in (0, 1).
        design_effect: What pairs that share images cost (see
            :func:`evaluation.statistics.clusters.design_effect`); below 1 counts as 1.

    Returns:
        The number of pairs; None where the models disagree on fewer pairs than would make the difference:
        they cannot be that far apart, however many pairs there are.

    Raises:
        BadInput: A share outside its range.
    """
    _check(discordance=discordance, difference=difference, alpha=alpha, power=power)
    if discordance < difference:
        return None
    missed, found = normal_quantile(1 - alpha / 2), normal_quantile(power)
    root = missed * sqrt(discordance) + found * sqrt(discordance - difference**2)
    return max(1, ceil(max(1.0, design_effect) * (root / difference) ** 2))


def difference_shown(
    pairs: int,
    discordance: float,
    *,
    alpha: float = ALPHA,
    power: float = POWER,
    design_effect: float = 1.0,
) -> float | None:
    """The smallest difference that so many pairs would show; the other way round of the above.

    Returns:
        As a fraction, to 1e-6 and rounded up; None where even the largest difference that this
        discordance allows takes more pairs.
    """
    _check(discordance=discordance, difference=1.0, alpha=alpha, power=power)

    def shows(difference: float) -> bool:
        needed = pairs_for_difference(
            discordance, difference=difference, alpha=alpha, power=power, design_effect=design_effect
        )
        return needed is not None and needed <= pairs

    if not discordance or not shows(discordance):
        return None
    low, high = 0.0, discordance
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if shows(middle) else (middle, high)
    return high


def pairs_for_half_width(half_width: float, *, share: float = 0.5, design_effect: float = 1.0) -> int:
    """How many pairs one model must be asked for its 95 % Wilson interval to be no wider than this to either side.

    Args:
        half_width: Half of the interval, in (0, 0.5); 0.05 is five points.
        share: The rate that is expected; at 0.5 the interval is widest.
        design_effect: As above.

    Raises:
        BadInput: A share outside its range.
    """
    if not 0 < half_width < 0.5 or not 0 <= share <= 1:
        raise BadInput(
            f"no number of pairs gives a half width of {half_width} at a rate of {share}",
            fix="Give a half width between 0 and 0.5 and a rate in [0, 1].",
        )
    low, high = 0, 1
    while _half_width(high, share) > half_width:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _half_width(middle, share) <= half_width else (middle, high)
    return ceil(high * max(1.0, design_effect))


def _half_width(pairs: int, share: float) -> float:
    found = wilson_of_share(share, pairs)
    return (found.high - found.low) / 2


def _check(*, discordance: float, difference: float, alpha: float, power: float) -> None:
    if not 0 <= discordance <= 1:
        raise BadInput(f"a discordance of {discordance} is no share of the pairs", fix="Give one in [0, 1].")
    if not 0 < difference <= 1:
        raise BadInput(f"a difference of {difference} cannot be shown", fix="Give one in (0, 1], as 0.05.")
    for name, chance in (("alpha", alpha), ("power", power)):
        if not 0 < chance < 1:
            raise BadInput(f"{name} is {chance}", fix="Give a chance between 0 and 1.")
