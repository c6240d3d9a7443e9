"""Raw agreement: how often two people who judged the same pair said the same of it."""

import numpy as np

from annotation.agreement.tally import Counts, Floats, judged_twice, ratio


def raw_agreement(kinds: Counts, times: Counts) -> Floats:
    """The mean, over pairs with two votes or more, of the share of pairs of judges who agree.

    Percent agreement of K. Gwet, Handbook of Inter-Rater Reliability (4th edition, 2014), chapter 2, for any number
    of judges, who need not be the same for every pair.

    Args:
        kinds: ``(kinds, 2)``: votes for valid and for invalid.
        times: ``(samples, kinds)``: how many pairs are of each kind, for one or more samples.

    Returns:
        ``(samples,)`` in [0, 1]; NaN for a sample in which no pair was judged twice.
    """
    judges = kinds.sum(axis=1)
    same = (kinds * (kinds - 1)).sum(axis=1) / np.maximum(judges * (judges - 1), 1)
    return ratio(times @ same, (times @ judged_twice(kinds)).astype(np.float64))
