"""What every way to a consensus gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from annotation.votes import Label

Method = Literal["dawid-skene", "majority"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True)
class Consensus:
    """What people say of one pair together.

    Attributes:
        pair_id: The pair.
        label: None where nobody was sure, and where as much speaks for one label as for the other.
        confidence: In [0, 1]. The chance that the label is right; by majority the share of votes for it, which one
            vote alone makes 1. 1 where the truth is given, 0 without a label.
        votes: Of people who were sure.
        unanimous: Whether all of them say the same; without a vote it is True.
    """

    pair_id: str
    label: Label | None
    confidence: float
    votes: int
    unanimous: bool


@dataclass(frozen=True)
class Skill:
    """How far an annotator can be relied on.

    Attributes:
        annotator: Who.
        valid: The chance that they call a valid pair valid, in [0, 1].
        invalid: The chance that they call an invalid pair invalid, in [0, 1].
        judged: Pairs of which they were sure.
        error: Standard error of ``informedness`` by the votes alone; None where they do not tell.
    """

    annotator: str
    valid: float
    invalid: float
    judged: int
    error: float | None = None

    @property
    def informedness(self) -> float:
        """How much their word says, in [-1, 1]: 1 is never wrong, 0 is a coin or always the same answer.

        Youden's J (W. Youden, "Index for rating diagnostic tests", Cancer 3, 1950).
        """
        return self.valid + self.invalid - 1


@dataclass(frozen=True)
class ConsensusResult:
    """A consensus on every pair that has a vote or is settled, and what it rests on.

    Attributes:
        by_pair: In ascending order of pair id; empty without votes.
        skills: By annotator, in ascending order; empty by majority, which takes all for equals.
        prior: The share of valid pairs among those whose truth was not picked, in [0, 1]; None where there are none
            with a label.
        converged: Whether the last round changed nothing to speak of.
        rounds: How many there were.
    """

    by_pair: Mapping[str, Consensus] = field(default_factory=dict)
    skills: Mapping[str, Skill] = field(default_factory=dict)
    prior: float | None = None
    converged: bool = True
    rounds: int = 0
