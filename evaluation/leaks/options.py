"""Options of many questions laid flat, so that they can be scored together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.leaks.asked import Asked

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class FlatOptions:
    """Options of at least one question, in order."""

    owner: Places  # (options,): the question of each
    starts: Places  # (questions,): its first option
    sizes: Places  # (questions,): how many options it has
    right: Floats  # (options,): 1 where right

    @property
    def chance(self) -> Floats:
        """For each option, how likely it is right for all that is known: ``(options,)``."""
        return np.asarray(1 / self.sizes[self.owner])

    def sums(self, values: Floats) -> Floats:
        """Sums over each question's options: ``(options, …)`` to ``(questions, …)``."""
        return np.add.reduceat(values, self.starts, axis=0)

    def softmax(self, utility: Floats) -> Floats:
        """Utilities ``(options,)`` to probabilities that add up to 1 within each question."""
        top = np.maximum.reduceat(utility, self.starts)
        raised = np.exp(utility - top[self.owner])
        return np.asarray(raised / self.sums(raised)[self.owner])

    def credit(self, scores: Floats) -> Floats:
        """How often picking the highest score is right, ``(questions,)`` in [0, 1]: among equals lots are drawn."""
        best = (scores == np.maximum.reduceat(scores, self.starts)[self.owner]).astype(np.float64)
        return np.asarray(self.sums(best * self.right) / self.sums(best))


def flat(asked: Sequence[Asked]) -> FlatOptions:
    """Lay the options of at least one question flat."""
    sizes = np.array([len(one.options) for one in asked], np.int64)
    starts = np.cumsum(sizes) - sizes
    right = np.zeros(int(sizes.sum()))
    right[starts + np.array([one.right for one in asked], np.int64)] = 1.0
    return FlatOptions(np.repeat(np.arange(len(asked)), sizes), starts, sizes, right)
