"""Krippendorff's alpha: agreement beyond what the labels' shares alone would give."""

import numpy as np

from annotation.agreement.tally import Counts, Floats, judged_twice, ratio


def krippendorff_alpha(kinds: Counts, times: Counts) -> Floats:
    """Nominal alpha for any number of judges and missing votes.

    One less observed over expected disagreement, by coincidences: K. Krippendorff, Content Analysis (4th edition,
    2018), section 12.3, and "Computing Krippendorff's Alpha-Reliability" (2011), section C. Pairs with one vote play
    no part.

    Args:
        kinds: ``(kinds, 2)``: votes for valid and for invalid.
        times: ``(samples, kinds)``: how many pairs are of each kind, for one or more samples.

    Returns:
        ``(samples,)``, at most 1; 0 is what chance gives, less is disagreement by system. NaN for a sample in which
        no pair was judged twice, and for one in which only one label was given: then there is nothing to disagree
        on, so that perfect agreement and no agreement look alike.
    """
    votes = times @ (kinds * judged_twice(kinds)[:, None])  # (samples, 2), of pairs judged twice
    apart = 2 * kinds.prod(axis=1) / np.maximum(kinds.sum(axis=1) - 1, 1)  # coincidences that disagree, of one pair
    observed = ratio(times @ apart, votes.sum(axis=1).astype(np.float64))
    return 1 - ratio(observed, expected_disagreement(kinds, times))


def expected_disagreement(kinds: Counts, times: Counts) -> Floats:
    """The chance that two votes drawn from all pairs judged twice differ, ``(samples,)``; 0 where none could."""
    votes = times @ (kinds * judged_twice(kinds)[:, None])
    all_votes = votes.sum(axis=1)
    chance: Floats = 2.0 * votes.prod(axis=1) / np.maximum(all_votes * (all_votes - 1), 1)
    return chance
