"""Which of an image's two conversations leads and which is plain: known for certain, or not at all.

Three things tell, in this order:

1. Marks in both samples (:mod:`schemas.mmr.conversations`); a mark in one alone tells nothing for certain.
2. The answers. A leading question of MMR-data takes something false for granted, so its right answer denies;
   a plain one asks for what is there. Where three answers or more, and more than half, of one conversation
   deny, and none of the other, the first is the negative.
3. The place. The released post-processing writes all conversations of one polarity and then all of the
   other. Where the file is in two such parts and the answers told of three images or more, and of all of these
   (nineteen of twenty, in large files) the same, the other images follow.

What none of these tells stays unknown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.mmr.conversations import Conversation

_DENIES = re.compile(r"\b(?:no|not|none|nobody|nothing|never|neither|nope|cannot|\w+n['’]t)\b", re.IGNORECASE)
_MIN_DENIALS = 3
_MIN_TOLD = 3
_AGREE = 0.95

First = Literal["positive", "negative"] | None


@dataclass(frozen=True)
class Two:
    """The two conversations of an image, in the order of the file."""

    first: Conversation
    second: Conversation


@dataclass(frozen=True)
class Known:
    """Two conversations of an image, told apart."""

    positive: Conversation
    negative: Conversation


def tell_apart(twos: Sequence[Two]) -> list[Known | None]:
    """Positive and negative of each, or None where that cannot be known. All unmarked ones of a file at once."""
    told = [_by_answers(two) if _is_unmarked(two) else _by_marks(two) for two in twos]
    unmarked = [at for at, two in enumerate(twos) if _is_unmarked(two)]
    ruled = _by_place([twos[at] for at in unmarked], [told[at] for at in unmarked])
    for at in unmarked if ruled else ():
        # What the answers said against the place is as good as unknown.
        told[at] = None if told[at] not in (None, ruled) else ruled
    return [_known(two, first) for two, first in zip(twos, told, strict=True)]


def _is_unmarked(two: Two) -> bool:
    return two.first.marked is None and two.second.marked is None


def _by_marks(two: Two) -> First:
    both = two.first.marked is not None and two.second.marked is not None
    return two.first.marked if both and two.first.marked != two.second.marked else None


def _by_answers(two: Two) -> First:
    first, second = _denials(two.first), _denials(two.second)
    if _mostly_denies(two.second, second) and not first:
        return "positive"
    return "negative" if _mostly_denies(two.first, first) and not second else None


def _by_place(twos: Sequence[Two], told: Sequence[First]) -> First:
    """The polarity of all that stand first, where the file is in two parts and the answers agree on it."""
    if not twos or max(two.first.row for two in twos) > min(two.second.row for two in twos):
        return None
    known = [first for first in told if first]
    for polarity in ("positive", "negative"):
        if len(known) >= _MIN_TOLD and known.count(polarity) >= _AGREE * len(known):
            return polarity
    return None


def _denials(conversation: Conversation) -> int:
    return sum(_DENIES.search(exchange.answer) is not None for exchange in conversation.exchanges)


def _mostly_denies(conversation: Conversation, denials: int) -> bool:
    return denials >= _MIN_DENIALS and denials * 2 > len(conversation.exchanges)


def _known(two: Two, first: First) -> Known | None:
    if first is None:
        return None
    return Known(two.first, two.second) if first == "positive" else Known(two.second, two.first)
