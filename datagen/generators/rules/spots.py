"""Where a thing is and what is there: the questions that a place told by captions answers, put the other way round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from datagen.generators.rules.captions import CaptionReading, absent_safe, being_of, contrast_sets
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.clause import Clause, be
from datagen.generators.rules.contrast import Contrast, Turn
from datagen.generators.rules.data_files import load
from datagen.generators.rules.pairs import ALTERNATIVES
from datagen.generators.rules.wordings import Wording, with_article
from schemas.fact import Fact

_RIDDEN_IN = ("airplane", "bus", "train", "boat")
_KINDS = ("rest", "mount", "dish")
_CATEGORY = "context/relation"
_PREPOSITION = {"inside": "in"}


@dataclass(frozen=True)
class Spot:
    """Something that a thing can be on or in; see ``turns.toml``."""

    said: str
    kind: str
    nouns: frozenset[str]
    like: frozenset[str]
    offered: bool


@cache
def spots() -> tuple[Spot, ...]:
    """All of them."""
    return tuple(
        Spot(
            entry["said"],
            kind,
            frozenset(split_words(entry["nouns"])),
            frozenset(entry["like"]),
            entry.get("offered", True),
        )
        for kind in _KINDS
        for entry in load("turns")[kind]
    )


def elsewhere(fact: Fact, reading: CaptionReading, taken: frozenset[str]) -> Iterator[Contrast]:
    """Where a thing is, by what else it could be on or by."""
    wording = Wording(
        _CATEGORY,
        lambda fact: f"Where {be(plural=fact.plural)} the {fact.subject}?",
        lambda fact, where: Clause(f"the {fact.subject}", be(plural=fact.plural), where),
    )
    spot = _spot(fact)
    if spot is not None:
        others = tuple(
            other.said
            for other in spots()
            if other.offered and _apart(spot, other) and other.nouns.isdisjoint(taken) and _holds(other, fact)
        )
        yield Contrast(fact, others, turn=Turn("elsewhere", _by(fact, fact.other or ""), wording))
        return
    others = tuple(_by(fact, label) for label in _absent_like(fact, reading))
    yield Contrast(fact, others, turn=Turn("elsewhere", _by(fact, fact.other or ""), wording))


def _absent_like(fact: Fact, reading: CaptionReading) -> list[str]:
    """Absent things that a thing could be on or by instead, of the sort it is on or by where there are enough."""
    things = contrast_sets().things
    absent = absent_safe(reading.named | reading.implied, None)
    by = things.get(fact.other or "")
    if fact.value == "on" and not being_of(fact.subject):
        return [label for label in absent if label in _RIDDEN_IN]
    if fact.value not in ("next to", "in front of", "behind") or by is None:
        return []
    near = [label for label in absent if things[label].group == by.group]
    far = [label for label in absent if things[label].group in ("animal", "vehicle")]
    return near if len(near) >= ALTERNATIVES else far


def _apart(one: Spot, other: Spot) -> bool:
    """Whether what is on the one is surely not on the other."""
    return one is not other and one.kind == other.kind and other.said not in one.like and one.said not in other.like


def _holds(spot: Spot, fact: Fact) -> bool:
    """Whether one could think of a thing there: nobody looks for a man in a suitcase."""
    return spot.said.startswith("on ") or being_of(fact.subject) != "person"


def _spot(fact: Fact) -> Spot | None:
    if fact.value not in ("on", "inside"):
        return None
    return next((spot for spot in spots() if fact.other in spot.nouns), None)


def _by(fact: Fact, other: str) -> str:
    return f"{_PREPOSITION.get(fact.value, fact.value)} {with_article(other)}"


def there(fact: Fact, taken: frozenset[str]) -> Iterator[Contrast]:
    """What is there, by what else could be: of things on furniture, on a plate, in a bowl."""
    spot = _spot(fact)
    others: Mapping[str, str] = load("turns")["there"]
    kind = spot.kind if spot else fact.other or ""
    if kind not in others or being_of(fact.subject) == "person":
        return
    place = f"{_PREPOSITION.get(fact.value, fact.value)} the {fact.other}"
    wording = Wording(_CATEGORY, lambda fact: f"What is {place}?", lambda fact, thing: _thing(fact, thing, place))
    things = tuple(thing for thing in split_words(others[kind]) if {thing, *thing.split(" ")}.isdisjoint(taken))
    yield Contrast(fact, things, turn=Turn("there", fact.subject, wording))


def _thing(fact: Fact, thing: str, place: str) -> Clause:
    several = fact.plural and thing == fact.subject
    return Clause("there", be(plural=several), f"{thing if several else with_article(thing)} {place}")
