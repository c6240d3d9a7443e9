"""From all votes to a consensus, by the method that the run is set to."""

from collections.abc import Iterable, Mapping

from annotation.consensus.contract import ConsensusResult, Method
from annotation.consensus.dawid_skene import dawid_skene
from annotation.consensus.majority import majority
from annotation.votes import Label, Vote


def consensus(votes: Iterable[Vote], gold: Mapping[str, Label], method: Method = "dawid-skene") -> ConsensusResult:
    """What people say of each pair together.

    Who adjudicates is trusted: their word settles a pair, and is nobody's vote. Gold goes before it.

    Args:
        votes: Of all modes. Without votes the result is empty.
        gold: The truth of pairs that were picked to have it.
        method: ``dawid-skene`` weighs people by what they can do, ``majority`` counts them.
    """
    cast = list(votes)
    settled = adjudicated(cast)
    return (dawid_skene if method == "dawid-skene" else majority)(cast, gold, settled)


def adjudicated(votes: Iterable[Vote]) -> dict[str, Label]:
    """What adjudication says, by pair; the last word counts, and one that is not sure is none."""
    return {one.pair_id: one.label for one in votes if one.mode == "adjudicate" and one.label is not None}
