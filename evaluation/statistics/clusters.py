"""What pairs are worth that share images: the design effect."""

from collections.abc import Sequence
from math import fsum


def design_effect(images: Sequence[str], values: Sequence[float]) -> float | None:
    """How many times more the mean of ``values`` varies than if every pair had an image of its own.

    1 where images do not matter, the number of pairs an image where all pairs of an image agree; 300
    pairs with a design effect of 2 tell as much as 150 independent ones. Below 1 where pairs of one
    image differ more than pairs of any; take 1 then for planning.

    Variance of a ratio of cluster totals by linearisation over the variance of independent pairs
    (L. Kish, Survey Sampling, 1965, sections 6.3 and 8.2).

    Args:
        images: The image of each pair.
        values: A figure of each pair, in the same order: 1 for right and 0 for wrong, or the difference
            between two models, in -1, 0, 1.

    Returns:
        None with fewer than two images, or where all values are the same: there is nothing to tell from.
    """
    of_image: dict[str, list[float]] = {}
    for image, value in zip(images, values, strict=True):
        of_image.setdefault(image, []).append(value)
    many, pairs = len(of_image), len(values)
    if many < 2 or min(values) == max(values):
        return None
    mean = fsum(values) / pairs
    between = fsum(fsum(value - mean for value in some) ** 2 for some in of_image.values()) * many / (many - 1)
    alone = fsum((value - mean) ** 2 for value in values) * pairs / (pairs - 1)
    return between / alone
