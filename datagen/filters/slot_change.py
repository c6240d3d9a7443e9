"""Slot change: both halves are about one fact, and the premise is that fact with one slot changed.

Told from words alone, by what must be said twice. A reader who is asked the negative question learns from its right
answer what is really so, and that is what the positive question asks: so what sets the positive's right answer apart
from its other options, its *value*, comes back in the negative half, and with it what the question is about. Where
only a denial comes back ("No, it is not green"), the denied value must be one the positive half offers. This is
Contrast Sets' rule of one small change (Gardner et al. 2020, section 2) asked of finished pairs.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar, NamedTuple

import pyarrow as pa

from datagen.filters.contract import FilterSettings, Half, Joined, Said, said_in, scored
from datagen.filters.english import content_words
from schemas.ledger import Drop

Words = frozenset[str]

# Words of questions and replies in general: shared by two halves, they tie nothing together.
_LIGHT = frozenset(
    """yes no not none nothing nobody only color kind type sort shape posture position many much number look see show
    say tell be have do take name call other one thing part relation side way somebody someone true
    case hear read more most some any all both exact exactly""".split()  # noqa: SIM905
)
_TAG = re.compile(r",?\s*(?:is(?:n't| not) (?:that|it) )?right\s*\?\s*$", re.IGNORECASE)  # "…, right?"
_DENIALS = frozenset("no not none nothing nobody never without neither".split())  # noqa: SIM905
_PLACES = frozenset("left right upper lower top bottom center middle above below corner".split())  # noqa: SIM905
_COLORS = frozenset(
    """red orange yellow green blue purple pink brown black white gray golden gold silver beige violet cream turquoise
    striped dotted checkered plain""".split()  # noqa: SIM905
)


class SlotChange:
    """Drops pairs whose halves are about different facts, or whose fact and premise are not one slot apart."""

    name: ClassVar[str] = "slot_change"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "shared": pa.float64(),  # of what the positive half asks and answers, the share that comes back; 0 to 1
        "fault": pa.string(),  # null where none was found
    }

    def __init__(self, settings: FilterSettings | None = None) -> None:
        """It has no thresholds."""
        self.settings = settings or FilterSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """What ties each pair's halves together, and what is wrong with it; null for contrasts and other languages."""
        return scored(batch, self.columns, [_measured(said) for said in said_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop every pair with a fault."""
        return [
            Drop("slot-change", pair_id=row["pair_id"], detail=row["fault"], score=row["shared"])
            for row in scores.to_pylist()
            if row["fault"] is not None
        ]


class _Half(NamedTuple):
    """One half as sets of content words."""

    asked: Words  # by the question
    right: Words  # the right option
    frame: Words  # what each option says; nothing where there is but one
    all: Words

    @property
    def answered(self) -> Words:
        """The question and its right option."""
        return self.asked | self.right

    @property
    def subject(self) -> Words:
        """What the question is about."""
        return self.asked | self.frame

    @property
    def value(self) -> Words:
        """What the right option says that neither the question nor, at the least, each option does."""
        return (self.right - self.asked - self.frame) or (self.right - self.frame)


def _measured(said: Said) -> tuple[object, ...]:
    if not said.english or said.kind == "contrast":
        return None, None
    first, second = _half(said.positive), _half(said.negative)
    tied = first.value | first.subject
    shared = len(tied & second.answered) / len(tied) if tied else 1.0
    return shared, _of_halves(said, first, second) or _of_statements(said, first, second)


def _of_halves(said: Said, first: _Half, second: _Half) -> str | None:
    """What is wrong between the two halves."""
    lone, other = first.frame - second.all, second.frame - first.all
    if lone and other:
        return f"each half is about something else: {_listed(lone)}; {_listed(other)}"
    back = first.value & (second.answered - second.frame)
    if first.value and (not back or (first.value & _PLACES) - back):
        if not (_told_by_fact(said, first, second) or _denied(said, first, second)):
            return f"what the positive half answers does not come back: {_listed(first.value)}"
    elif first.value and all(map(_is_general, first.value)) and first.subject and not first.subject & second.answered:
        return f"what the positive half is about does not come back: {_listed(first.subject)}"
    own = second.right - second.frame
    if own and not own & (first.all - first.frame):
        return f"the negative half answers something else: {_listed(own)}"
    return None


def _of_statements(said: Said, first: _Half, second: _Half) -> str | None:
    """What is wrong with the fact and the premise, where they are given."""
    fact, premise = _words(said.fact), _words(said.premise)
    if fact and not fact & first.answered:
        return f"the positive half does not speak of the fact: {_listed(fact)}"
    if premise and not _beginnings(premise) & _beginnings(second.all):
        return f"the negative half does not speak of the premise: {_listed(premise)}"
    if not fact or not premise:
        return None
    gone, come = fact - premise, premise - fact
    told = f"{_listed(gone)}; {_listed(come)}"
    before, after = _slots(gone), _slots(come)
    if said.kind == "true-premise":  # in other words at times
        return f"fact and premise differ: {told}" if before & after or not _mostly(premise, fact) else None
    if (before and after and not before & after) or len(before & after) > 1:
        return f"fact and premise differ in more than one slot: {told}"
    both_presence = _is_presence(said.fact) and _is_presence(said.premise)  # whose only slot is the thing itself
    if not both_presence and not fact & premise and not premise & first.all:
        return f"fact and premise have nothing in common: {told}"
    return None


def _told_by_fact(said: Said, first: _Half, second: _Half) -> bool:
    """Whether the fact puts the value in other words ("the Netherlands": "a Dutch airline"), and those come back."""
    fact = _words(said.fact)
    agreed = fact & first.answered
    own = fact - _words(said.premise)
    return len(agreed) > 1 and 2 * len(agreed) >= len(fact) and bool(own & second.answered)


def _denied(said: Said, first: _Half, second: _Half) -> bool:
    """Whether the negative half denies, of the same subject, what the positive half offers as an answer."""
    offered = first.all - first.answered
    denies = bool(_DENIALS & frozenset(content_words(said.negative.right)))
    return denies and bool(offered & second.asked) and bool(first.subject) and _mostly(first.subject, second.answered)


def _is_presence(statement: str) -> bool:
    return statement.lower().startswith(("there is", "there are", "there's"))


def _mostly(words: Words, among: Words) -> bool:
    return 2 * len(words & among) >= len(words)


def _half(half: Half) -> _Half:
    options = [_words(text) for text in half.options]
    asked, right = _words(half.text), options[half.answer]
    frame = frozenset.intersection(*options) if len(options) > 1 else frozenset()
    return _Half(asked, right, frame, asked.union(*options))


@lru_cache(maxsize=2**16)
def _words(text: str) -> Words:
    return frozenset(content_words(_TAG.sub("", text))) - _LIGHT


def _is_general(word: str) -> bool:
    """Whether a value is one that many things have: that it comes back ties nothing together by itself."""
    return word in _COLORS or word in _PLACES or word.isdecimal()


def _slots(words: Words) -> frozenset[str]:
    found = {"color": words & _COLORS, "place": words & _PLACES, "number": {word for word in words if word.isdecimal()}}
    return frozenset(slot for slot, named in found.items() if named)


def _beginnings(words: Words) -> Words:
    """The words as far as derived ones begin alike: "rain" and "rainy", "delight" and "delightful"."""
    return frozenset(word[:4] for word in words)


def _listed(words: Words) -> str:
    return ", ".join(sorted(words)[:6])
