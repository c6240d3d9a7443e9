"""How often a blind strategy is right, with an interval, against chance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.leaks.options import Floats
from evaluation.statistics import LEVEL, Interval, wilson_of_share
from evaluation.statistics.bootstrap import FEW_IMAGES, RESAMPLES
from schemas.identity import seeded


@dataclass(frozen=True)
class BlindRate:
    """A strategy's share of right picks, in [0, 1].

    ``few`` says that there were too few images, or too much agreement among them, to draw images anew: the
    interval is then Wilson's, of as many trials as there are images.
    """

    strategy: str
    questions: int
    images: int
    accuracy: float
    chance: float
    interval: Interval
    few: bool

    @property
    def above(self) -> bool:
        """Whether the interval lies above chance."""
        return self.interval.low > self.chance

    @property
    def below(self) -> bool:
        """Whether the interval lies below chance: a leak too, turned round."""
        return self.interval.high < self.chance


def blind_rate(
    strategy: str, images: Sequence[str], credit: Floats, chance: Floats, *, seed: int = 0, resamples: int = RESAMPLES
) -> BlindRate:
    """Measure a strategy over at least one question.

    Whole images are drawn with all their questions (see :mod:`evaluation.statistics.bootstrap`). Below
    :data:`FEW_IMAGES`, or where all images agree, the percentiles would be too narrow or a point.

    Args:
        strategy: Its name.
        images: Of each question.
        credit: How right it was on each, in [0, 1].
        chance: How right drawing lots is on each.
        seed: The same seed and data give the same interval.
        resamples: How many times images are drawn anew.
    """
    of_image: dict[str, list[float]] = {}
    for image, right in zip(images, credit.tolist(), strict=True):
        total = of_image.setdefault(image, [0.0, 0.0])
        total[0] += right
        total[1] += 1
    accuracy, many = float(credit.mean()), len(of_image)
    kinds = Counter((round(right, 9), asked) for right, asked in of_image.values())
    few = many < FEW_IMAGES or len({right / asked for right, asked in kinds}) < 2
    if few:
        interval = wilson_of_share(accuracy, many, how="wilson-images")
    else:
        ordered = sorted(kinds)
        times = np.array([kinds[kind] for kind in ordered], np.float64)
        random = np.random.default_rng(seeded(seed, "bootstrap"))
        drawn = random.multinomial(many, times / times.sum(), size=resamples) @ np.array(ordered)  # (resamples, 2)
        low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        interval = Interval(float(low), float(high))
    return BlindRate(strategy, len(credit), many, accuracy, float(chance.mean()), interval, few)
