"""A scene pair read back from its row: what each of its sentences claims.

Written from reading clean pairs alone; it shares nothing with what makes or filters them.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Slot = Literal[
    "presence", "count", "color", "look", "shape", "quarter", "place", "relation", "posture", "activity", "text",
    "mood", "flag", "landmark", "meaning",
]  # fmt: skip
Form = Literal["told", "why", "tell", "yes-no"]
PATTERNS = {"dotted", "plain", "checkered", "striped"}
# An answer to a leading question opens with one of these; the longer ones first.
DENIALS = ("That is not so: ", "No, but ", "No, ")
AGREEMENTS = ("It can be seen: ", "That is just how it is: ", "Yes, ")

_PLACE = "above|below|to the left of|to the right of"
_RELATION = "far away from|next to|inside|under|on"
_SENTENCES: dict[str, tuple[tuple[Slot, str], ...]] = {
    "attribute/existence": (("presence", r"there (?P<be>is|are) (?P<v>.+) in the picture"),),
    "attribute/number": (("count", r"there (?P<be>is|are) (?P<v>\w+) (?P<s>.+) in the picture"),),
    "attribute/color&texture": (("color", r"the (?P<s>.+) (?P<be>is|are) (?P<v>\w+)"),),
    "attribute/shape": (("shape", r"the (?P<s>.+?) (?P<be>is) (?P<v>an? .+)"),),
    "attribute/posture": (("posture", r"the (?P<s>.+?) (?P<be>is) (?P<v>\w+ing\b.*)"),),
    "attribute/position": (
        ("quarter", r"the (?P<s>.+) (?P<be>is|are) in the (?P<v>(?:upper|lower) (?:left|right)) of the picture"),
        ("place", rf"the (?P<s>.+) (?P<be>is|are) (?P<v>{_PLACE}) the (?P<o>.+)"),
    ),
    "character/character": (("text", r'the (?P<s>.+) (?P<be>says) "(?P<v>.+)"'),),
    "context/abstract": (("mood", r"the (?P<s>.+) (?P<be>looks) (?P<v>\w+)"),),
    "context/concrete": (
        ("flag", r"the (?P<s>.+?) (?P<be>is) the flag of (?P<v>.+)"),
        ("landmark", r"the (?P<s>.+?) (?P<be>is) (?P<v>.+)"),
    ),
    "context/expert": (("meaning", r'the (?P<s>.+) (?P<be>stands) for "(?P<v>.+)"'),),
    "context/activity": (("activity", r"the (?P<s>.+?) (?P<be>is) (?P<v>\w+ing\b.*)"),),
    "context/relation": (("relation", rf"the (?P<s>.+) (?P<be>is|are) (?P<v>{_RELATION}) the (?P<o>.+)"),),
}  # fmt: skip


class Unread(ValueError):
    """A sentence that is none of the known ones: nothing is planted into its pair."""


class Claim(NamedTuple):
    """What a statement says: the ``value`` of a ``slot`` of a ``subject``, in a relation also the ``other`` thing."""

    slot: Slot
    subject: str
    value: str
    other: str
    plural: bool
    clause: str
    """The statement as it stands in the middle of a sentence: small first letter, no full stop."""


class Answer(NamedTuple):
    """An option: what it opens with, and what it claims."""

    lead: str
    claim: Claim

    @property
    def agrees(self) -> bool:
        """Whether it grants a leading question its premise."""
        return self.lead in AGREEMENTS


class Read(NamedTuple):
    """A pair as claims; the answers stand in the order of the options."""

    fact: Claim
    premise: Claim
    positive: tuple[Answer, ...]
    negative: tuple[Answer, ...]
    form: Form

    def answers(self, half: str) -> tuple[Answer, ...]:
        """The answers of one half."""
        return self.positive if half == "positive" else self.negative


def read(row: Mapping[str, Any]) -> Read:
    """A row of ``pairs`` as claims.

    Raises:
        Unread: A statement or option of it is none of the known sentences.
    """
    category = row["category"]
    positive, negative = (
        tuple(_answer(option["text"], category) for option in row[half]["options"]) for half in ("positive", "negative")
    )
    return Read(
        claim(row["fact"], category), claim(row["premise"], category), positive, negative, form(row["negative"]["text"])
    )


def claim(text: str, category: str) -> Claim:
    """A statement, with or without its capital and full stop, as a claim.

    Raises:
        Unread: It is none of the category's sentences.
    """
    clause = (text[0].lower() + text[1:]).rstrip(".") if text else ""
    for slot, pattern in _SENTENCES.get(category, ()):
        if found := re.fullmatch(pattern, clause):
            parts = {"s": "", "o": "", **found.groupdict()}
            named: Slot = "look" if slot == "color" and parts["v"] in PATTERNS else slot
            return Claim(named, parts["s"], parts["v"], parts["o"], parts["be"] == "are", clause)
    raise Unread(f"{category}: {text!r}")


def form(question: str) -> Form:
    """How a leading question leads."""
    if question.startswith(("I was told that ", "Somebody says that ")):
        return "told"
    if question.startswith("Why "):
        return "why"
    if question.startswith("How can you tell that "):
        return "tell"
    if question.endswith(", right?") or re.match(r"(Isn't|Aren't|Doesn't|Don't) ", question):
        return "yes-no"
    raise Unread(question)


def sentence(clause: str, lead: str = "") -> str:
    """A clause as an option: after its lead or with a capital, and with a full stop."""
    whole = lead + clause
    return whole[0].upper() + whole[1:] + ("" if whole.endswith((".", "?", "!")) else ".")


def _answer(text: str, category: str) -> Answer:
    lead = next((lead for lead in (*DENIALS, *AGREEMENTS) if text.startswith(lead)), "")
    return Answer(lead, claim(text[len(lead) :], category))
