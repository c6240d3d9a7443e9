"""Majority: what most people say."""

from collections.abc import Iterable, Mapping

import numpy as np

from annotation.consensus.ballot import Ballot, Floats, ballot
from annotation.consensus.contract import ConsensusResult
from annotation.votes import Label, Vote

_NOTHING: Mapping[str, Label] = {}


def majority(
    votes: Iterable[Vote], gold: Mapping[str, Label] = _NOTHING, settled: Mapping[str, Label] = _NOTHING
) -> ConsensusResult:
    """The label most votes are for, and their share as confidence; none where as many are for either.

    Args:
        votes: Without any, the result is empty.
        gold: The truth of pairs picked to have it: their label, whatever people say.
        settled: The truth of other pairs, likewise.
    """
    cast = ballot(votes, gold, settled)
    found = cast.consensus(shares(cast))
    drawn = [one.label for one, picked in zip(found.values(), cast.picked, strict=True) if one.label and not picked]
    return ConsensusResult(by_pair=found, prior=drawn.count("valid") / len(drawn) if drawn else None)


def shares(cast: Ballot) -> Floats:
    """The share of votes for valid, ``(pairs,)``; 0.5 where there are none, the truth where it is known."""
    votes = cast.by_pair(np.ones_like(cast.valid))
    voted: Floats = np.where(votes > 0, cast.by_pair(cast.valid) / np.maximum(votes, 1), 0.5)
    return np.where(np.isnan(cast.known), voted, cast.known)
