"""Votes: what verdicts say of whether pairs are right, on one scale whatever the mode.

Everything statistical is over votes: agreement, consensus, skills.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from annotation.verdict import ShownHalf, Verdict
from schemas.pair import LETTERS, Pair, Question
from schemas.text import nfc

Label = Literal["valid", "invalid"]


class Vote(NamedTuple):
    """One annotator's say on one pair; ``label`` is None for someone who was not sure."""

    pair_id: str
    annotator: str
    label: Label | None
    mode: str = "review"


def current(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The newest version of each verdict, without those that were withdrawn, in the order they first came."""
    newest: dict[str, Verdict] = {}
    for one in verdicts:
        if one.key not in newest or one.version >= newest[one.key].version:
            newest[one.key] = one
    return [one for one in newest.values() if not one.withdrawn]


def votes_of(verdicts: Sequence[Verdict], pairs: Mapping[str, Pair]) -> list[Vote]:
    """The votes of current verdicts; each annotator votes once a pair and mode, by the verdict updated last.

    A fix says that the pair as it stands is not right. A blind solve says that it is where both answers are the key;
    ``none`` to either question says that it is not, for no option is right.

    Args:
        verdicts: As read; old versions and withdrawn ones play no part.
        pairs: By id; verdicts on others have no vote.
    """
    last: dict[tuple[str, str, str], Verdict] = {}
    for one in sorted(current(verdicts), key=lambda found: (found.updated, found.key)):
        if one.pair_id in pairs:
            last.pop((one.pair_id, one.annotator, one.mode), None)  # so that whoever had the last word comes last
            last[one.pair_id, one.annotator, one.mode] = one
    return [Vote(one.pair_id, one.annotator, label_of(one, pairs[one.pair_id]), one.mode) for one in last.values()]


def label_of(verdict: Verdict, pair: Pair) -> Label | None:
    """What a verdict says of a pair; None for unsure."""
    if verdict.mode != "blind":
        if verdict.judgement == "unsure":
            return None
        return "valid" if verdict.judgement == "accept" else "invalid"
    right = _is_key(verdict.positive, verdict.shown.positive, pair.positive)
    return "valid" if right and _is_key(verdict.negative, verdict.shown.negative, pair.negative) else "invalid"


def _is_key(letter: str | None, shown: ShownHalf, question: Question) -> bool:
    """By its text: a pair made anew may hold the same options in another order."""
    lettered = dict(zip(LETTERS, shown.options, strict=False))
    return letter is not None and lettered.get(letter) == nfc(question.right)
