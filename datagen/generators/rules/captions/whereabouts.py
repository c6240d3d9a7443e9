"""Where a picture was taken, told by the captions that name the place or what stands nowhere else."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.found import enough, fact_of, most
from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import plural_of
from schemas.fact import Fact

_OUTSIDE = ("ground.street", "ground.land", "ground.water", "ground.sport", "place.public", "building.house")
_PANES = frozenset({"window", "windshield", "doorway", "fence", "screen", "television", "monitor", "tv"})
_THROUGH = frozenset({"through", "from", "out of", "out", "outside", "outside of", "on"})
_MOST_FALSE = 6
_INDOORS = "indoors"


@dataclass(frozen=True, eq=False)  # each is itself: compared and hashed by identity
class Place:
    """A place; see ``whereabouts.toml``."""

    value: str
    words: frozenset[str]
    links: frozenset[str]
    side: str
    like: frozenset[str]
    backs: frozenset[str]
    sure: frozenset[str]
    spoils: frozenset[str]  # words with which it is no false place


@cache
def places() -> Mapping[str, Place]:
    """All places by how they are said."""
    return {value: _place(value, entry) for value, entry in load("whereabouts").items()}


@cache
def _by_word() -> tuple[Mapping[str, Place], Mapping[str, tuple[Place, ...]]]:
    """The place that a word names, and the places that it bears out."""
    backed: dict[str, tuple[Place, ...]] = {}
    for place in places().values():
        for word in place.backs:
            backed[word] = (*backed.get(word, ()), place)
    return {word: place for place in places().values() for word in place.words}, backed


def _place(value: str, entry: Mapping[str, str]) -> Place:
    words, links, signs, backs, sure = (
        frozenset(split_words(entry.get(name, ""))) for name in ("words", "links", "signs", "backs", "sure")
    )
    spoils = {form for word in words | signs | backs | sure for form in (word, plural_of(word))}
    return Place(value, words, links, entry["side"], frozenset(entry["like"]), backs | sure, sure, frozenset(spoils))


@dataclass(slots=True)
class _Told:
    """What captions tell of places, by place: those that say it, that name it at all, or what stands there."""

    said: dict[Place, set[int]] = field(default_factory=lambda: defaultdict(set))
    named: dict[Place, set[int]] = field(default_factory=lambda: defaultdict(set))
    backed: dict[Place, set[int]] = field(default_factory=lambda: defaultdict(set))
    sure: dict[Place, set[int]] = field(default_factory=lambda: defaultdict(set))
    outside: bool = False
    looked_through: bool = False  # "a street seen through a window" is taken on no street

    def note(self, caption: int, phrase: Phrase, link: str | None, *, first: bool) -> None:
        """Takes in one phrase of a caption."""
        words, backed = _by_word()
        head = phrase.head
        self.outside = self.outside or head.kind.startswith(_OUTSIDE)
        self.looked_through = self.looked_through or (head.lemma in _PANES and link in _THROUGH)
        place = words.get(head.lemma)
        if place is not None:
            self.named[place] |= set() if phrase.absent or phrase.depicted else {caption}
            if _is_there(phrase, place, link, first=first):
                self.said[place].add(caption)
        for place in backed.get(head.lemma, ()) if phrase.clear else ():
            self.backed[place].add(caption)
            if head.lemma in place.sure:
                self.sure[place].add(caption)


def whereabouts(image: str, census: Census) -> Iterator[Fact]:
    """The one place that enough captions tell of while none names another that is unlike it."""
    told = _Told()
    for caption, reading in enumerate(census.readings):
        links = {id(phrase): link for link, phrase, _ in reading.links}
        for number, phrase in enumerate(reading.phrases):
            told.note(caption, phrase, links.get(id(phrase)), first=number == 0)
    said = told.said
    for place, captions in told.backed.items():
        surely = not told.outside and not told.named.keys() - {place} and enough(census, len(told.sure.get(place, ())))
        if place in said or surely:
            said[place] |= captions
    for place, captions in told.named.items():
        if place in said and most(census, len(captions)):
            said[place] |= captions
    if not said:
        return
    best = max(said, key=lambda place: (len(said[place]), place.value))
    if told.looked_through or any(other is not best and not _alike(best, other) for other in told.named):
        census.refused["captions disagree"] += 1
    elif enough(census, len(said[best])):
        yield fact_of(image, "identity", "place", best.value, census, said[best])
    else:
        census.refused["said by one caption alone"] += 1


def _is_there(phrase: Phrase, place: Place, link: str | None, *, first: bool) -> bool:
    """Whether a phrase says that this is the place: "in a kitchen", or "A kitchen with …" at the beginning."""
    return (
        phrase.clear and not phrase.measure and not phrase.plural and (first if link is None else link in place.links)
    )


def _alike(one: Place, other: Place) -> bool:
    return other.value in one.like or one.value in other.like


def false_places(value: str, taken: Collection[str]) -> tuple[str, ...]:
    """Places that a picture taken at another was surely not taken at, the likeliest first.

    Args:
        value: The true one; of what is no known place there is none.
        taken: All words of the captions, and the classes that they name.
    """
    true = places().get(value)
    if true is None:
        return ()
    words = {part for word in taken for part in (word, *word.split(" "))}
    false = [
        place
        for place in places().values()
        if place is not true and not _alike(true, place) and words.isdisjoint(place.spoils)
    ]
    false.sort(key=lambda place: (place.side != true.side, (place.side == _INDOORS) != (true.side == _INDOORS)))
    return tuple(place.value for place in false[:_MOST_FALSE])


def is_outdoors(value: str) -> bool:
    """Whether a place is out of doors."""
    return value in places() and places()[value].side != _INDOORS
