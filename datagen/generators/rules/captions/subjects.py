"""Whose verb a verb is: the phrase before it, the one a chain of prepositions began with, or none for sure."""

from collections.abc import Mapping, Sequence

from datagen.generators.rules.captions.phrase import LIVING, Item, Phrase
from datagen.generators.rules.captions.terms import Term
from datagen.generators.rules.captions.words import word_set

_SETTING = frozenset({"clothing", "ground", "place", "building"})
_OBJECT = -1  # the head of a phrase that is a verb's object


def heads_of(items: Sequence[Item]) -> dict[int, int]:
    """For a phrase after a preposition: the place of the phrase its chain begins with; -1 for a verb's object."""
    heads: dict[int, int] = {}
    last = -1
    for place, item in enumerate(items):
        if not isinstance(item, Phrase):
            continue
        previous = before(items, place)
        if previous >= 0 and last >= 0:
            link = items[previous]
            if isinstance(link, Term) and link.tag == "preposition":
                heads[place] = heads.get(last, last)
            elif isinstance(link, Term) and (link.verb or link.tag == "conjunction" or link.text == ","):
                heads[place] = _OBJECT if link.verb or last in heads else place
        last = place
    return heads


def before(items: Sequence[Item], place: int) -> int:
    """The place of what stands before, adverbs left out; -1 at the beginning."""
    place -= 1
    while place >= 0:
        item = items[place]
        if isinstance(item, Phrase) or item.tag != "adverb":
            return place
        place -= 1
    return -1


def subject_of(items: Sequence[Item], heads: Mapping[int, int], place: int, verb: Term) -> Phrase | None:
    """Whose verb it is; None where it could be two phrases'."""
    previous = before(items, place)
    while previous >= 0:
        item = items[previous]
        if isinstance(item, Phrase):
            break
        if not (item.tag == "auxiliary" or item.text in ("that", "who", "which")):
            return _shared_subject(items, heads, previous)
        previous = before(items, previous)
    if previous < 0:
        return None
    phrase = items[previous]
    if not isinstance(phrase, Phrase):
        return None
    if phrase.joined:
        return phrase if _two_people(items, previous) else None
    head = heads.get(previous, previous)
    if head == previous:
        return phrase
    if head == _OBJECT:
        return None
    link = items[before(items, previous)]
    if phrase.group in LIVING:
        return phrase if isinstance(link, Term) and link.text == "with" else None
    chief = items[head]
    if not isinstance(chief, Phrase) or chief.group not in LIVING or chief.joined:
        return None
    if verb.form in ("third", "base") or phrase.group in _SETTING:
        return chief
    return chief if verb.verb not in word_set("placing") else None


def _two_people(items: Sequence[Item], place: int) -> bool:
    """Whether a phrase ends "a man and a woman" at the beginning of what a caption says."""
    if place < 2 or before(items, place - 2) >= 0:
        return False
    one, other = items[place - 2], items[place]
    return isinstance(one, Phrase) and isinstance(other, Phrase) and one.group == other.group == "person"


def _shared_subject(items: Sequence[Item], heads: Mapping[int, int], link: int) -> Phrase | None:
    """The subject of the verb before "and" or "while": "a man sitting on a bench and reading"."""
    item = items[link]
    if not isinstance(item, Term) or item.text not in ("and", "while", ","):
        return None
    for place in range(link - 1, -1, -1):
        term = items[place]
        if isinstance(term, Term) and term.verb and not term.tag:
            return subject_of(items, heads, place, term)
        if isinstance(term, Phrase) and heads.get(place, place) == place:
            return term if term.group in LIVING and not term.joined else None
    return None
