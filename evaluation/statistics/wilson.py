"""Wilson's score interval of a share: honest for few trials, and for none or all of them right."""

from collections.abc import Sequence
from math import sqrt

from evaluation.metrics import Outcome, tabulate
from evaluation.statistics.interval import LEVEL, How, Interval, Intervals
from evaluation.statistics.quantiles import normal_quantile
from schemas.errors import BadInput


def wilson(right: int, trials: int) -> Interval | None:
    """The 95 % interval of ``right`` out of ``trials``, each independent of the others; None without trials.

    Raises:
        BadInput: A negative number, or more right than there were trials.
    """
    if not 0 <= right <= trials:
        raise BadInput(f"{right} right of {trials} trials is no share", fix="Give counts with 0 <= right <= trials.")
    return wilson_of_share(right / trials, trials) if trials else None


def wilson_of_share(share: float, trials: float, *, quantile: float | None = None, how: How = "wilson") -> Interval:
    """The 95 % interval of a share of so many trials, which may be a fraction, as effective numbers are.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
    (1927); without a continuity correction.

    Args:
        share: In [0, 1].
        trials: More than 0.
        quantile: Standard errors to either side; the normal quantile, 1.96, where not given.
        how: Written into the interval.

    Raises:
        BadInput: No share, or no trials.
    """
    if not 0 <= share <= 1 or trials <= 0:
        raise BadInput(f"{share} of {trials} trials is no share", fix="Give a share in [0, 1] of at least one trial.")
    z = normal_quantile((1 + LEVEL) / 2) if quantile is None else quantile
    widened = 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / widened
    half = z / widened * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    # At the ends rounding would leave a speck on the wrong side of 0 or 1.
    return Interval(0.0 if share == 0 else max(0.0, middle - half), 1.0 if share == 1 else min(1.0, middle + half), how)


def wilson_rates(images: Sequence[str], outcomes: Sequence[Outcome]) -> Intervals:
    """Intervals of RA and MR for a category or another small group.

    Every pair counts as a trial. Where an image comes up more than once that is only approximately
    right, and ``how`` says so; the interval is then too narrow by about the root of the design effect
    (see :func:`evaluation.statistics.clusters.design_effect`).

    Args:
        images: The image of each pair.
        outcomes: The outcome of each pair, in the same order; without pairs there are no intervals,
            without a right positive there is none of MR.
    """
    positive = [
        image for image, one in zip(images, outcomes, strict=True) if one in (Outcome.RIGHT_RIGHT, Outcome.RIGHT_WRONG)
    ]
    table = tabulate(outcomes)
    return Intervals(
        ra=None if table.ra is None else wilson_of_share(table.ra, table.pairs, how=_how(images)),
        mr=None if table.mr is None else wilson_of_share(table.mr, len(positive), how=_how(positive)),
    )


def _how(images: Sequence[str]) -> How:
    return "wilson" if len(set(images)) == len(images) else "wilson-approximate"
