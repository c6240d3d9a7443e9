"""How far an estimated skill may be off."""

import numpy as np

from annotation.consensus.ballot import Ballot, Floats
from annotation.consensus.likelihood import LEAST


def informedness_errors(cast: Ballot, chance: Floats, valid: Floats, invalid: Floats) -> Floats:
    """The standard error of each annotator's informedness, ``(annotators,)``; NaN where votes tell nothing of it.

    From the information on an annotator's two skills: that of votes on pairs of known truth, less what is
    missing because the truth is but probable (T. Louis, "Finding the observed information matrix when using the EM
    algorithm", Journal of the Royal Statistical Society B 44, 1982, section 3), with the others' skills and the
    share of valid pairs taken as found. A pair that may as well be valid as invalid thus tells hardly anything.
    What was believed before any vote adds nothing: beliefs neither accuse nor clear anybody.

    Args:
        cast: The votes.
        chance: ``(pairs,)``: that each pair is valid.
        valid: ``(annotators,)``: skills as estimated.
        invalid: ``(annotators,)``: likewise.
    """
    right, refused = np.clip(valid, LEAST, 1 - LEAST), np.clip(invalid, LEAST, 1 - LEAST)
    of_valid, of_invalid = 1 / (right * (1 - right)), 1 / (refused * (1 - refused))  # information of one vote
    share = chance[cast.pair]
    doubt = share * (1 - share)
    for_valid = of_valid * cast.by_annotator(share**2)
    for_invalid = of_invalid * cast.by_annotator((1 - share) ** 2)
    # Taking a pair for valid that is not makes both skills look better than they are, or both look worse.
    mixed = -(of_invalid * cast.by_annotator(doubt * share) + of_valid * cast.by_annotator(doubt * (1 - share)))
    determinant = for_valid * for_invalid - mixed**2
    variance = np.full(len(right), np.nan)
    np.divide(for_valid + for_invalid - 2 * mixed, determinant, out=variance, where=determinant > 0)
    errors: Floats = np.sqrt(variance)
    return errors
