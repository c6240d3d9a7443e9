"""Bayes' rule over votes: the chance that each pair is valid, by the skills of those who judged it."""

import numpy as np

from annotation.consensus.ballot import Ballot, Floats

LEAST = 1e-10  # no chance is nearer to 0 or 1: the logarithm must be a number


def chance_of_valid(cast: Ballot, valid: Floats, invalid: Floats, prior: float) -> Floats:
    """The chance that each pair is valid, ``(pairs,)``; the truth where it is known, the prior without votes.

    Annotators are taken to err independently of each other, given what a pair is.

    Args:
        cast: The votes.
        valid: ``(annotators,)``: the chance that each calls a valid pair valid.
        invalid: ``(annotators,)``: the chance that each calls an invalid pair invalid.
        prior: The share of valid pairs.
    """
    right, refused = np.clip(valid, LEAST, 1 - LEAST), np.clip(invalid, LEAST, 1 - LEAST)
    share = min(max(prior, LEAST), 1 - LEAST)
    for_valid, for_invalid = np.log(right / (1 - refused)), np.log((1 - right) / refused)
    weights = np.where(cast.valid == 1, for_valid[cast.annotator], for_invalid[cast.annotator])
    odds = np.log(share / (1 - share)) + cast.by_pair(weights)
    chance = 0.5 * (1 + np.tanh(odds / 2))  # the logistic function, without overflow
    return np.where(np.isnan(cast.known), chance, cast.known)
