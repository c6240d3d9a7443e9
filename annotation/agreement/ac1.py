"""Gwet's AC1: agreement beyond chance, where only pairs that are hard to judge are judged by chance."""

import numpy as np

from annotation.agreement.raw import raw_agreement
from annotation.agreement.tally import Counts, Floats, ratio


def gwet_ac1(kinds: Counts, times: Counts) -> Floats:
    """AC1 for any number of judges and missing votes.

    Source: K. Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement", British
    Journal of Mathematical and Statistical Psychology 61 (2008), section 3; with missing votes as in the Handbook of
    Inter-Rater Reliability (4th edition, 2014), chapter 5, and in irrCAC: pairs with one vote tell how common a
    label is, not how people agree.

    Args:
        kinds: ``(kinds, 2)``: votes for valid and for invalid.
        times: ``(samples, kinds)``: how many pairs are of each kind, for one or more samples.

    Returns:
        ``(samples,)`` in [-1, 1]; NaN for a sample in which no pair was judged twice. Where only one label was given
        it is 1: that two labels could have been given is known.
    """
    return 1 - ratio(1 - raw_agreement(kinds, times), expected_disagreement(kinds, times))


def expected_disagreement(kinds: Counts, times: Counts) -> Floats:
    """One less the chance that people agree by guessing, ``(samples,)`` in [0.5, 1]; 1 without votes."""
    valid = kinds[:, 0] / np.maximum(kinds.sum(axis=1), 1)
    share = np.nan_to_num(ratio(times @ valid, times.sum(axis=1).astype(np.float64)))
    return 1 - 2 * share * (1 - share)
