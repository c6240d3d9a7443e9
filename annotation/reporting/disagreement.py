"""Pairs that people disagree on, and whether anybody needs to look at them."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from annotation.agreement import independent
from annotation.consensus import ConsensusResult
from annotation.votes import Label, Vote


@dataclass(frozen=True)
class Disagreement:
    """A pair that some call valid and some invalid.

    Attributes:
        pair_id: The pair.
        category: Its category.
        valid: Votes for valid.
        invalid: Votes for invalid.
        label: What the consensus says; None where it says neither.
        confidence: Of that, in [0, 1].
        settled: Whether it is adjudicated, or the consensus sure enough.
    """

    pair_id: str
    category: str
    valid: int
    invalid: int
    label: Label | None
    confidence: float
    settled: bool


def disagreements(
    votes: Iterable[Vote],
    categories: Mapping[str, str],
    result: ConsensusResult,
    adjudicated: Container[str],
    *,
    confidence: float,
) -> tuple[Disagreement, ...]:
    """All of them: those to be settled first, the least sure first; empty where everyone agrees.

    Args:
        votes: Gold apart.
        categories: By pair id, of every pair with a vote.
        result: The consensus on these votes.
        adjudicated: Pairs that someone trusted settled.
        confidence: Below it the consensus settles nothing, in [0, 1].
    """
    counts: dict[str, list[int]] = {}
    for one in independent(votes):
        if one.label is not None:
            counts.setdefault(one.pair_id, [0, 0])[one.label == "invalid"] += 1
    found = []
    for pair_id, (valid, invalid) in counts.items():
        if valid and invalid:
            says = result.by_pair[pair_id]
            settled = pair_id in adjudicated or (says.label is not None and says.confidence >= confidence)
            category = categories[pair_id]
            found.append(Disagreement(pair_id, category, valid, invalid, says.label, says.confidence, settled))
    return tuple(sorted(found, key=lambda one: (one.settled, one.confidence, one.pair_id)))
