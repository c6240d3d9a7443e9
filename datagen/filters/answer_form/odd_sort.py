"""The option that says another sort of thing than all others of its question: an activity among colors."""

from collections.abc import Sequence

from datagen.filters.answer_form.asked import Asked
from datagen.filters.answer_form.frames import common_end, common_start, said_words
from datagen.filters.answer_form.offered import COPULAS, Offer
from datagen.filters.answer_form.sorts import Sort, sort_of
from datagen.filters.english.tokens import STOP_WORDS

_ALIKE = (
    frozenset({"activity", "posture", "feeling"}), frozenset({"thing", "person", "shape", "name"}),
    frozenset({"number", "time"}), frozenset({"number", "thing"}),
)  # fmt: skip
"""Sorts that may stand beside each other: "smiling" among feelings, a person among things."""
CLEAR = frozenset({"color", "count", "where", "when", "posture", "doing", "shape", "feeling", "who", "text"})
"""Forms whose answers are of one sort whatever their wording."""
_REASONED = frozenset({"purpose", "polar", "open"})
"""Forms that a reason may answer, beside "why"."""
_OF_TIME = frozenset({"long", "often", "soon", "time", "day", "date", "event", "occasion", "holiday", "season", "age"})
_SHAPES_ONLY = frozenset({"shape"})
_COUNTS = frozenset({"number", "thing"})
"""Sorts beside "two": "the red one" is of it; a person is none."""
_NEVER_THINGS = frozenset({"reason", "time", "activity"})


def odd_sort(asked: Asked, offers: Sequence[Offer], texts: Sequence[str]) -> tuple[int, str] | None:
    """The first option of another sort than all others share, and its sort; None where there is none.

    All others must be of one sort. Where the question does not tell what it asks for, they must be parallel besides,
    word for word, or plain things among which a reason, a time or an activity stands. What denies is no odd one, and
    fewer than three options have none.

    Args:
        asked: What the question asks for.
        offers: What each option offers.
        texts: The options.
    """
    if len(texts) < 3 or asked.either:
        return None
    sorts = [sort_of(text) for text in texts]
    named = [sort.names for sort in sorts]
    if frozenset.intersection(*named) or sum(map(bool, named)) == 0:
        return None  # most questions
    for place, own in enumerate(sorts):
        others = sorts[:place] + sorts[place + 1 :]
        shared = frozenset.intersection(*(other.names for other in others))
        if own.names == {"reason"} and others.count(own) == 0 and not _may_give_reason(asked, place, texts):
            return place, "reason"
        if own.names == {"time"} and own.certain and _never_timed(asked, place, offers):
            return place, "time"
        if not own.names or not shared or offers[place].denies:
            continue
        if own.names & _with_like(shared, asked, own, framed=_framed(place, texts)):
            continue
        if "place" in own.names and not own.certain and shared & {"activity", "posture", "feeling"}:
            continue  # "on the phone"
        if not _comparable(asked, place, texts, own, others, shared):
            continue
        if "reason" in own.names and (asked.form.name == "why" or asked.form.name in _REASONED):
            continue
        if _answers(asked, offers[place]) and not (own.names == {"time"} and own.certain):
            continue
        return place, min(own.names)
    return None


def _may_give_reason(asked: Asked, place: int, texts: Sequence[str]) -> bool:
    """Whether a reason may answer: to "why" always, to what is asked less clearly unless all others are parallel."""
    if asked.form.name == "why":
        return True
    return asked.form.name in _REASONED and not _parallel([*texts[:place], *texts[place + 1 :]])


def _never_timed(asked: Asked, place: int, offers: Sequence[Offer]) -> bool:
    """Whether a question that asks what or how speaks of no time, and no other option does."""
    timed = any("time" in other.kinds for there, other in enumerate(offers) if there != place)
    return asked.form.name == "what" and not timed and not asked.words & _OF_TIME


def _answers(asked: Asked, offer: Offer) -> bool:
    """Whether an option names what is asked for, for all that its sort is another ("Three women were lying there")."""
    if asked.form.name == "count":
        return bool(asked.form.wants & offer.kinds)
    said = frozenset[str]().union(*(kinds for _, kinds in offer.says)) | (offer.kinds & {"direction"})
    return asked.form.name in {"color", "where"} and bool(asked.form.wants & said)


def _framed(place: int, texts: Sequence[str]) -> bool:
    """Whether the others begin alike beyond their verb ("The flag is the flag of …"), where this one does not."""
    words = [said_words(text) for text in texts]
    others = words[:place] + words[place + 1 :]
    start = others[0][: common_start(others)]
    verb = next((at for at, word in enumerate(start) if at and word in COPULAS), len(start))
    said = slice(verb + 1, verb + 3)
    return len(start[said]) == 2 and words[place][said] != start[said]


def _with_like(shared: frozenset[str], asked: Asked, own: Sort, *, framed: bool) -> frozenset[str]:
    """Sorts with those that may stand beside them.

    Args:
        shared: The sorts that all others are of.
        asked: What the question asks for.
        own: The sort of the option that is none of them.
        framed: Whether the others share words of what they say, too.
    """
    if "shape" in shared and asked.form.name == "shape":
        return _SHAPES_ONLY
    if asked.form.name == "count" or ("number" in shared and not own.bare):
        return _COUNTS
    if framed:
        return shared
    return shared.union(*(alike for alike in _ALIKE if shared & alike))


def _comparable(
    asked: Asked, place: int, texts: Sequence[str], own: Sort, others: Sequence[Sort], shared: frozenset[str]
) -> bool:
    """Whether a difference in sort tells anything: the question is clear, or the others are parallel."""
    if asked.form.name in CLEAR or _parallel([text for there, text in enumerate(texts) if there != place]):
        return True
    things = shared == {"thing"} and all(other.bare for other in others)
    return things and own.bare and own.certain and own.names <= _NEVER_THINGS and asked.form.name != "why"


def _parallel(texts: Sequence[str]) -> bool:
    """Whether options begin or end with two words alike, of which one speaks of something."""
    words = [said_words(text) for text in texts]
    start, end = common_start(words), common_end(words)
    frame = (*words[0][:start], *words[0][len(words[0]) - end :]) if words[0] else ()
    return max(start, end) >= 2 and (words[0][:1] == ("there",) or any(word not in STOP_WORDS for word in frame))
