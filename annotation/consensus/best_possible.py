"""The best that votes allow: the consensus of someone who knows what everybody can do."""

from collections.abc import Iterable, Mapping

import numpy as np

from annotation.consensus.ballot import ballot
from annotation.consensus.contract import ConsensusResult, Skill
from annotation.consensus.likelihood import chance_of_valid
from annotation.votes import Label, Vote

_NOTHING: Mapping[str, Label] = {}


def best_possible(
    votes: Iterable[Vote], skills: Mapping[str, Skill], prior: float, gold: Mapping[str, Label] = _NOTHING
) -> ConsensusResult:
    """Bayes' rule with known skills: no way to a consensus is right more often in the long run.

    Args:
        votes: Without any, the result is empty.
        skills: Of everybody who voted.
        prior: The share of valid pairs, in [0, 1].
        gold: The truth of some pairs.

    Raises:
        KeyError: Somebody voted whose skill is not given.
    """
    cast = ballot(votes, gold, {})
    known = [skills[name] for name in cast.annotators]
    valid, invalid = np.array([one.valid for one in known]), np.array([one.invalid for one in known])
    found = cast.consensus(chance_of_valid(cast, valid, invalid, prior))
    return ConsensusResult(found, {one.annotator: one for one in known}, prior)
