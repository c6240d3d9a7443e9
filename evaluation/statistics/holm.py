"""Holm's adjustment: p-values of several categories, each to be read as if it stood alone."""

from collections.abc import Sequence

from schemas.errors import BadInput


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Adjust p-values so that the chance of one false alarm among all of them stays below the level.

    Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    Statistics 6 (1979). It needs no independence between the tests.

    Args:
        values: p-values in [0, 1]; None for a test that could not be made, which does not count.

    Returns:
        Adjusted values in the order given, None where it was None; empty for none.

    Raises:
        BadInput: A value outside [0, 1].
    """
    made = sorted((value, place) for place, value in enumerate(values) if value is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (value, place) in enumerate(made):
        if not 0 <= value <= 1:
            raise BadInput(f"{value} is no p-value", fix="Give values in [0, 1].")
        highest = max(highest, min(1.0, value * (len(made) - rank)))
        adjusted[place] = highest
    return adjusted
