"""Whether an option answers the question's form, and whether it is of the form its siblings have."""

from collections.abc import Sequence
from functools import lru_cache

from datagen.filters.answer_form.asked import Asked
from datagen.filters.answer_form.frames import outside_frame
from datagen.filters.answer_form.offered import Offer
from datagen.filters.english.lexicon import kinds_by_word

_CLOSED = ("number", "color", "place", "time", "emotion", "posture", "manner")
"""Kinds by which an option tells itself apart from siblings of another kind."""
_ALIKE = (
    frozenset({"number", "time"}), frozenset({"pattern", "color"}), frozenset({"action", "posture"}),
    frozenset({"direction", "place"}),
)  # fmt: skip
_BARE = frozenset({"number", "color", "time", "quantity", "place", "manner"})


def misfit(asked: Asked, offer: Offer, *, leading: bool) -> str | None:
    """What kind of answer an option gives where another is asked for; None where it may answer.

    Args:
        asked: What the question asks for.
        offer: What the option offers.
        leading: Whether the question takes something for granted, so that a bare "No, …" denies that.
    """
    name = asked.form.name
    if name == "polar":
        echoes = any(word in asked.words for word, _ in offer.says)  # "Is it open?" – "Open until nine"
        bare = None if offer.reply or asked.either or echoes else _bare(asked, offer)
        return bare if bare and bare != "place" and not _evoked(asked, bare) else None
    if name == "open":
        return None
    if offer.reply_word and not offer.says:
        return None if name == "why" and offer.denies else "yes-or-no"
    if offer.reply_word and not offer.denies and not asked.told and (offer.reply == "yes" or not leading):
        return "yes-or-no"
    if offer.because and name not in {"why", "what", "purpose"}:
        return "reason"
    if offer.denies or not offer.says:
        return None
    if "bare" not in asked.form.foreign:
        return _foreign(asked, offer)
    bare = _bare(asked, offer)  # "Why is it red?" – "That is not so: blue"
    return bare if bare and not (offer.reply and _evoked(asked, bare)) else None


def _evoked(asked: Asked, kind: str) -> bool:
    """Whether a question speaks of a kind itself ("Is it red?" may be answered by "Blue")."""
    known = kinds_by_word()
    return any(kind in known.get(word, ()) or (kind == "number" and word[0].isdigit()) for word in asked.words)


def _bare(asked: Asked, offer: Offer) -> str | None:
    """The kind of an option that is no more than a number, a color, a place or a time."""
    if offer.clause or offer.reason or not offer.says:
        return None
    said = offer.beyond(asked.words)
    if offer.place and (all(said) or offer.plainly_there):
        return "place"
    shared = frozenset.intersection(*said) & _BARE
    if ("quantity" in shared and "number" not in shared) or shared == {"place"}:
        return None
    return next((kind for kind in _CLOSED if kind in shared), None)


def _foreign(asked: Asked, offer: Offer) -> str | None:
    wants, foreign, name = asked.form.wants, asked.form.foreign, asked.form.name
    if not wants:
        return None
    said = offer.beyond(asked.words)
    core = frozenset.intersection(*said)
    off_topic = offer.definite and name in {"existence", "animal", "vehicle", "food", "doing", "posture"}
    plain = core & {"color", "pattern", "emotion", "number"}
    if off_topic and plain and not core & wants:
        return min(plain)
    somewhere = offer.place and not wants & {"place", "direction"}
    if (
        somewhere
        and (all(said) or offer.plainly_there)
        and (not offer.clause or (offer.definite and name == "existence"))
    ):
        return "place" if "place" in foreign or "*" in foreign else None
    if name == "where" and not offer.place and not offer.clause and "person" in offer.says[0][1]:
        return "person"
    all_over = name == "where" and core == {"quantity"}  # "Both", "All over"
    if wants & offer.kinds or "one" in offer.kinds or all_over:
        return None
    if offer.clause:
        return _in_sentence(offer, foreign)
    if offer.action and "*" in foreign:
        return "action"
    if not all(said):
        return None  # a word that is on no list may be just what is asked for
    if not offer.place:
        foreign = foreign - {"place"}  # "a building" is a place too
    if "manner" in core:
        return "manner"
    if "*" not in foreign and not all(kinds & foreign for kinds in said):
        return None
    return min(core or said[-1])


def odd_one(asked: Asked, offers: Sequence[Offer], texts: Sequence[str]) -> tuple[int, str] | None:
    """The option that names a number, a color, a place, … where all others name something else; and what it names.

    The others must be of one such kind themselves, or say what they say in the same frame ("There is a … in the
    picture"), of which the odd one has nothing. Fewer than three options have no odd one.

    Args:
        asked: What the question asks for.
        offers: What each option offers.
        texts: The options.
    """
    if len(offers) < 3:
        return None
    cores = [_closed(asked, offer) for offer in offers]
    texted = sum("text" in offer.kinds for offer in offers)
    if frozenset.intersection(*cores):
        return None
    named = [_named(offer) for offer in offers]
    for place, offer in enumerate(offers):
        others = [there for there in range(len(offers)) if there != place]
        core = cores[place]
        if offer.denies:
            continue
        if texted == len(offers) - 1 and _unquoted(texts[place], offer):
            return place, min(core, default="no text")
        if asked.form.wants & offer.kinds and not offer.place:
            continue
        shared = frozenset.intersection(*(cores[there] for there in others))
        apart = core - (frozenset({"place"}) if "posture" in shared else frozenset())  # "on its back" is a posture
        apart = apart - _doing(offer)
        if apart and shared and not core & shared and not shared & named[place]:
            return place, min(core)
        if not _answers(asked, offer) and outside_frame(place, texts) and _apart(asked, offers, place):
            return place, min(core, default="something else")
        new = core - _doing(offer) - frozenset().union(*(named[there] for there in others))
        if new and not any(_evoked(asked, kind) for kind in new) and outside_frame(place, texts):
            return place, min(new)
    return None


def _in_sentence(offer: Offer, foreign: frozenset[str]) -> str | None:
    """A closed kind that all of a sentence is of; other sentences may deny what was asked ("The letter is hidden")."""
    core = frozenset.intersection(*(kinds for _, kinds in offer.says))
    if core & {"food", "animal", "thing", "plant"}:
        return None  # limes and oranges
    return min(core & {"number", "color", "time", "emotion"} & (core if "*" in foreign else foreign), default=None)


def _doing(offer: Offer) -> frozenset[str]:
    """The closed kind that a verb amid a sentence stands for ("The jar contains …"), which tells nothing apart."""
    return frozenset() if offer.action else frozenset({"posture"})


def _answers(asked: Asked, offer: Offer) -> bool:
    """Whether it names what is asked for, where the question tells that, or replies with yes or no."""
    return offer.reply_word or bool(asked.form.wants & offer.kinds)


def _apart(asked: Asked, offers: Sequence[Offer], place: int) -> bool:
    """Whether it shares no word with the question and the others, and if it is a sentence, is on another kind too."""
    own = frozenset(word for word, _ in offers[place].says)
    others = [other for there, other in enumerate(offers) if there != place]
    if own & asked.words or any(own & frozenset(word for word, _ in other.says) for other in others):
        return False
    if asked.form.wants and not offers[place].clause:
        return True
    new = _named(offers[place]) - frozenset[str]().union(*map(_named, others))
    return any(not _evoked(asked, kind) for kind in new)


def _unquoted(text: str, offer: Offer) -> bool:
    """Whether it is without a text in quotes or capitals, and without a figure that may stand there as well."""
    if "text" in offer.kinds:
        return False
    return not any(character.isdigit() for character in text) and all(kinds for _, kinds in offer.says)


def _closed(asked: Asked, offer: Offer) -> frozenset[str]:
    """The closed kinds that all of what an option says may be of."""
    if not offer.says:
        return frozenset()
    if offer.place:
        return frozenset({"place"})
    return _joined(frozenset.intersection(*offer.beyond(asked.words))) & frozenset(_CLOSED)


def _named(offer: Offer) -> frozenset[str]:
    """The closed kinds that an option names anywhere."""
    return _joined(offer.kinds) & frozenset(_CLOSED)


@lru_cache(maxsize=2**12)
def _joined(kinds: frozenset[str]) -> frozenset[str]:
    """Kinds with those that stand for each other: 10:30 is a number and a time, stripes are told like a color."""
    for alike in _ALIKE:
        if kinds & alike:
            kinds = kinds | alike
    return kinds
