"""What a sentence says of the presence of something that was asked for: "Is there a dog in the image?"."""

import re
from enum import Enum
from functools import lru_cache

_ASKED = re.compile(
    r"\s*(?:is|are)\s+there\s+(?:(?:a|an|any|some)\s+)?(?P<what>[\w -]{1,80}?)\s+"
    r"(?:(?:visible|shown|present|depicted)\s+)?(?:in|on)\s+(?:the|this)\s+(?:image|picture|photo|photograph|scene)\s*\?"
    r"(?:\s*(?:please\s+)?answer[^?]{0,80})?\s*",
    re.IGNORECASE,
)
_IMAGE = r"(?:the|this)\s+(?:image|picture|photo|photograph|scene)"
_A = r"(?:a|an|any|some|the|one|two|three|four|five|several|many|multiple|at least one|\d{1,3})\s+"
_SEEN = r"(?:visible|shown|present|depicted|seen)"
# Behind the thing nothing may go on that makes another of it: "dog" is not in "dog house".
_HERE = (
    rf"(?=\s*(?:[.,;:!)\n]|$)|\s+(?:in|on|at|near|by|with|behind|beside|under|next|to|within|among|between|{_SEEN}|here|"
    r"sitting|standing|lying|and|that|which)\b)"
)
# What is not in one place may be in another: only what is nowhere in the image is absent.
_NOWHERE = (
    rf"(?:\s+(?:is|are|can be|could be))?(?:\s+(?:{_SEEN}|here|anywhere|at all))?(?:\s+(?:in|on)\s+{_IMAGE})?"
    r"(?=\s*(?:[.,;!)\n]|$)|\s+(?:or|and)\b)"
)
_WAVERS = re.compile(
    r"\b(?:but|however|although|though|except|unless|if|whether|would|could|might|may|or)\b|\?", re.IGNORECASE
)
_WAVERS_OF_NONE = re.compile(_WAVERS.pattern.replace("|or)", ")"), re.IGNORECASE)


class Presence(Enum):
    """Whether the thing is there."""

    THERE = 1
    ABSENT = 0


@lru_cache(maxsize=1_024)
def presence_of(question: str) -> str | None:
    """What a question asks the presence of ("dog"); None for a question of another kind, or one that denies."""
    found = _ASKED.fullmatch(question) if len(question) < 300 else None
    what = " ".join(found["what"].casefold().split()) if found is not None else ""
    return what if what and not re.search(r"\b(?:no|not|and|or|without)\b", what) else None


def states_presence(text: str, what: str) -> set[Presence]:
    """All that a reply says outright of a thing's presence; nothing where it wavers.

    Only plain sentences are read: "There is no dog in the image", "The image does not contain a dog", "I see a dog".

    Args:
        text: A reply without its wrapping.
        what: The thing, as :func:`presence_of` gives it.
    """
    there, absent = _patterns(what)
    found: set[Presence] = set()
    if absent.search(text) and not _WAVERS_OF_NONE.search(text):
        found.add(Presence.ABSENT)
    if there.search(text) and not _WAVERS.search(text):
        found.add(Presence.THERE)
    return found


@lru_cache(maxsize=1_024)
def _patterns(what: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says that it is there, and what says that it is not."""
    thing = r"\s+".join(re.escape(word) for word in what.split()) + r"(?:e?s)?"
    start = r"(?:^|[.!?\n,;:]\s{0,4}|\b(?:that|and|so)\s+)"
    there = (
        rf"{start}(?:there\s+(?:is|are)\s+(?:indeed\s+|clearly\s+)?(?:{_A})?|"
        rf"{_IMAGE}\s+(?:shows|contains|features|includes|depicts|has)\s+(?:{_A})?|"
        rf"i\s+(?:can\s+)?see\s+(?:{_A})?){thing}{_HERE}"
    )
    absent = (
        rf"{start}(?:there\s+(?:is|are)\s+no\s+(?:visible\s+)?|"
        rf"there\s+(?:is|are)\s+not\s+(?:{_A})?|there\s+(?:isn't|aren't)\s+(?:{_A})?|"
        rf"{_IMAGE}\s+(?:does\s+not|doesn't)\s+(?:show|contain|feature|include|depict|have)\s+(?:{_A})?|"
        rf"i\s+(?:do\s+not|don't|cannot|can't|can\s+not)\s+see\s+(?:{_A})?|no\s+){thing}{_NOWHERE}"
    )
    return re.compile(there, re.IGNORECASE), re.compile(absent, re.IGNORECASE)
