"""What sort of animal, vehicle or sport a picture shows, where captions name one of the sort alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.found import fact_of, most
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from schemas.fact import Fact

_SORTS = ("animal", "vehicle")
_TWO = 2
_AND = " and "


@dataclass(frozen=True)
class Sort:
    """A sort of things; see ``sorts.toml``."""

    name: str
    false: tuple[str, ...]
    alike: tuple[frozenset[str], ...]
    crowded: frozenset[str]


@cache
def sorts() -> Mapping[str, Sort]:
    """The sorts by name."""
    data = load("sorts")
    return {name: _sort(name, data[name]) for name in _SORTS}


def _sort(name: str, entry: Mapping[str, str]) -> Sort:
    alike = tuple(frozenset(split_words(group)) for group in entry["alike"])
    return Sort(name, tuple(split_words(entry["false"])), alike, frozenset(split_words(entry["crowded"])))


@cache
def sports() -> Mapping[str, str]:
    """By activity, its sport."""
    return {activity: sport for sport, activities in load("sorts")["sports"].items() for activity in activities}


def only_ones(image: str, census: Census, words: Collection[str]) -> Iterator[Fact]:
    """The animal or the vehicle of a picture, or the two, where most captions name them and none another."""
    for sort in sorts().values():
        named = {
            concept: found for concept, found in census.mentions.items() if found and found[0].phrase.group == sort.name
        }
        if not named:
            continue
        if len(named) > _TWO or not sort.crowded.isdisjoint(words):
            census.refused["not the only one of its kind"] += 1
            continue
        single = all(census.single(concept) for concept in named)
        several = len(named) == 1 and all(census.several(concept) for concept in named)
        if not (single or several) or not all(census.sure(concept) for concept in named):
            census.refused["not surely there"] += 1
        elif all(most(census, census.named_by(concept)) for concept in named):
            captions = {mention.caption for found in named.values() for mention in found}
            called = sorted(found[0].phrase.head.label or census.word_for(concept) for concept, found in named.items())
            plural = several or len(named) > 1
            yield fact_of(image, "identity", sort.name, _AND.join(called), census, captions, plural=plural)


def food(image: str, census: Census, words: Collection[str]) -> Iterator[Fact]:
    """The food of a picture, where most captions name one kind clearly and none another."""
    table = _table("true"), _table("drinks"), _table("crowded")
    found = [
        mentions
        for mentions in census.mentions.values()
        if mentions and mentions[0].phrase.group == "food" and mentions[0].phrase.head.lemma not in table[1]
    ]
    if not found:
        return
    if len(found) > 1 or not table[2].isdisjoint(words) or census.figures:
        census.refused["not the only one of its kind"] += 1
        return
    labels = {mention.phrase.head.label for mention in found[0]}
    clear = {mention.caption for mention in found[0] if mention.phrase.clear}
    denied = any(mention.phrase.absent or mention.phrase.unreal for mention in found[0])
    if labels <= table[0] and len(labels) == 1 and most(census, len(clear)) and not denied:
        yield fact_of(image, "identity", "food", labels.pop(), census, clear)


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(split_words(load("sorts")["food"][name]))


def sports_of(image: str, census: Census, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The sport that a picture shows, told by what people do in it."""
    found = {sports()[fact.value]: fact for fact in facts if fact.slot == "activity" and fact.value in sports()}
    if len(found) == 1:
        ((sport, fact),) = found.items()
        told = {number for number, reading in enumerate(census.readings) if reading.text.strip() in fact.evidence}
        yield fact_of(image, "identity", "sport", sport, census, told)


def false_of_sort(subject: str, value: str, taken: Collection[str]) -> tuple[str, ...]:
    """Others of a sort that the only one of a picture is surely not.

    Args:
        subject: "animal", "vehicle", "food" or "sport"; of others there are none.
        value: The true one.
        taken: All words of the captions, and the classes that they name.
    """
    if subject == "sport":
        near = {value, *load("sorts")["near"].get(value, ())}
        return tuple(sport for sport in load("sorts")["sports"] if sport not in near and sport not in taken)
    if subject == "food":
        foods = split_words(load("sorts")["food"]["false"])
        return tuple(one for one in foods if one != value and {one, *one.split(" ")}.isdisjoint(taken))
    sort, things = sorts().get(subject), contrast_sets().things
    if sort is None:
        return ()
    true = value.split(_AND)
    unlike = {*true}.union(*(group for group in sort.alike if not group.isdisjoint(true)))
    unlike |= {near for one in true if one in things for near in things[one].near}
    false = tuple(one for one in sort.false if one not in unlike and one not in taken)
    if len(true) == 1:
        return false
    return tuple(_AND.join(sorted((kept, one))) for one in false for kept in true)
