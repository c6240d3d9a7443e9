"""A verifier's votes on one pair, and what they hold against it.

A vote is a word: ``key`` for the option that the pair marks as right, ``option 3`` for another one (by its place in
the pair's record), and those below. Two of three votes for the same decide; an abstention is a vote for nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

Step = Literal[
    "positive", "negative",  # answered with the image
    "premise", "positive_judged", "negative_judged",  # is it true or false as marked, which options are right
    "blind_positive", "blind_negative",  # answered without the image
]  # fmt: skip
STEPS: tuple[Step, ...] = get_args(Step)
ANSWERED: tuple[Step, ...] = ("positive", "negative")
JUDGED: tuple[Step, ...] = ("positive_judged", "negative_judged")
BLIND: tuple[Step, ...] = ("blind_positive", "blind_negative")

KEY, NOTHING = "key", "nothing"
AS_MARKED, OTHERWISE = "as marked", "otherwise"  # of the premise
SEVERAL, NONE = "several", "none"  # options that were judged right
VOTES, AGREE = 3, 2

Finding = Literal["wrong-key", "wrong-premise", "several-right", "none-right", "undecided", "leaks-blind"]
CONTRADICTIONS: tuple[Finding, ...] = ("wrong-key", "wrong-premise", "several-right", "none-right")
Votes = Mapping[Step, Sequence[str]]


@dataclass(frozen=True)
class Ballot:
    """One verifier's votes on one pair; ``missing`` says why there are none."""

    pair_id: str
    verifier: str
    votes: Votes = field(default_factory=dict)
    missing: str | None = None


def majority(votes: Sequence[str]) -> str | None:
    """What two of three votes agree on; None if nothing, or if there are no votes."""
    cast = Counter(vote for vote in votes if vote != NOTHING)
    return next((word for word, times in cast.items() if times >= AGREE), None)


def settled(votes: Sequence[str]) -> bool:
    """Whether another vote could change nothing."""
    most = max(Counter(vote for vote in votes if vote != NOTHING).values(), default=0)
    return most >= AGREE or most + VOTES - len(votes) < AGREE


def finding(votes: Votes) -> Finding | None:
    """What is held against a pair; None if nothing is. A step without votes says nothing.

    Judgements are asked whether exactly one option is right. Which one, is what answers and judgements say together:
    a verifier that answers with the key twice, and then judges another option to be right once, has slipped.
    """
    found: list[Finding] = []
    for answered, judged in zip(ANSWERED, JUDGED, strict=True):
        if answered in votes and (word := majority(votes[answered])) != KEY:
            found.append("wrong-key" if word else "undecided")
        elif judged in votes:
            found += _judged(votes[judged], votes.get(answered, ()))
    if "premise" in votes and (word := majority(votes["premise"])) != AS_MARKED:
        found.append("wrong-premise" if word else "undecided")
    if not found and all(majority(votes.get(step, ())) == KEY for step in BLIND):
        return "leaks-blind"
    return min(found, key=lambda one: one == "undecided", default=None)


def _judged(votes: Sequence[str], answers: Sequence[str]) -> list[Finding]:
    """What judgements hold against one half, beside its answers."""
    named = [vote for vote in votes if vote not in (SEVERAL, NONE, NOTHING)]
    found = majority([_ONE if vote in named else vote for vote in votes])
    if found != _ONE:
        return ["several-right" if found == SEVERAL else "none-right" if found == NONE else "undecided"]
    times = Counter(vote for vote in (*answers, *named) if vote != NOTHING)
    most = max(times.values())
    if times[KEY] < most:
        return ["wrong-key"]
    return ["undecided"] if list(times.values()).count(most) > 1 else []


_ONE = "one"  # exactly one option, whichever
