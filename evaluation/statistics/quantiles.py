"""Quantiles of the normal and of Student's distribution, so that the base install needs no scipy."""

from statistics import NormalDist

from schemas.errors import BadInput

LEAST_FREEDOM = 19


def normal_quantile(share: float) -> float:
    """The standard normal quantile of a share in (0, 1)."""
    return NormalDist().inv_cdf(share)


def student_quantile(share: float, freedom: int) -> float:
    """Student's quantile of a share in (0, 1), within 4e-6 of the true one for shares of 0.005-0.995.

    By the Cornish-Fisher expansion to four terms (Abramowitz and Stegun, Handbook of Mathematical
    Functions, 26.7.5); with fewer than 19 degrees of freedom it would be further off.

    Raises:
        BadInput: Fewer than 19 degrees of freedom.
    """
    if freedom < LEAST_FREEDOM:
        raise BadInput(
            f"{freedom} degrees of freedom are too few for this expansion",
            fix=f"Use it from {LEAST_FREEDOM} on; with fewer images, take Wilson's interval.",
        )
    z = normal_quantile(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, 1))
