"""Votes that stand by themselves: one an annotator and pair, given without knowing what others said."""

from collections.abc import Iterable

from annotation.votes import Vote


def independent(votes: Iterable[Vote]) -> list[Vote]:
    """One vote an annotator and pair, by pair, then annotator; empty where there are no votes.

    Adjudications are left out: whoever settles a disagreement knows that there was one. Of someone who judged a
    pair in two modes the vote that comes last counts, since nobody is a second judge beside themselves.
    """
    last = {(one.pair_id, one.annotator): one for one in votes if one.mode != "adjudicate"}
    return [last[key] for key in sorted(last)]
