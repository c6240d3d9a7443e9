"""Reads all captions of one image into facts that are surely true of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from datagen.generators.rules.captions.census import Census, take_census
from datagen.generators.rules.captions.clauses import read_clauses
from datagen.generators.rules.captions.contents import contents
from datagen.generators.rules.captions.doings import doings
from datagen.generators.rules.captions.looks import looks
from datagen.generators.rules.captions.mentions import named_in
from datagen.generators.rules.captions.numbers import class_counts, count_facts
from datagen.generators.rules.captions.people import People
from datagen.generators.rules.captions.phrases import read_phrases
from datagen.generators.rules.captions.places import relations
from datagen.generators.rules.captions.presence import people_there, present
from datagen.generators.rules.captions.singles import mood, singles
from datagen.generators.rules.captions.sorts import food, only_ones, sports_of
from datagen.generators.rules.captions.statements import Reading
from datagen.generators.rules.captions.tokens import terms_of, words_of
from datagen.generators.rules.captions.whereabouts import whereabouts
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from schemas.fact import Fact

_KNOWN_SHARE = 0.5  # of a caption's words; below, it is no English we can read


@dataclass(frozen=True)
class CaptionReading:
    """What the captions of one image say.

    Attributes:
        facts: Surely true; no two share slot, subject and other.
        named: COCO classes that a caption names or may name: never to be claimed absent.
        implied: COCO classes that the scene makes likely, beyond those named.
        counts: By COCO class, every number that a caption states or implies.
        vague: COCO classes spoken of as "several", "a group of", …: their number is not known.
        who: Whether the one person they speak of is surely a man, a woman, a boy or a girl; or empty.
        reflections: Whether a mirror, picture, statue or toy may show what is not there.
        words: All words of the captions, lower-cased: hand them to :func:`alternatives` as taken too.
        refused: What was not turned into a fact, by reason.
    """

    facts: tuple[Fact, ...]
    named: frozenset[str]
    implied: frozenset[str]
    counts: Mapping[str, frozenset[int]]
    vague: frozenset[str]
    reflections: bool
    words: frozenset[str] = frozenset()
    refused: Mapping[str, int] = field(default_factory=dict)
    who: str = ""


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(split_words(load("grammar")["unreal"][name]))


def read_captions(image: str, captions: Sequence[str]) -> CaptionReading:
    """Reads the English captions of one image; a caption that is no English gives nothing.

    Args:
        image: The image's name, for its facts.
        captions: All of its captions, in order.
    """
    named: set[str] = set()
    implied: set[str] = set()
    said: set[str] = set()
    reflections = figures = False
    readings: list[Reading] = []
    foreign = 0
    for caption in captions:
        words = words_of(caption)
        said.update(words)
        here, likely = named_in(words)
        named |= here
        implied |= likely
        reflections = reflections or not _listed("shown_in").isdisjoint(words)
        figures = figures or not _listed("figures").isdisjoint(words)
        terms = terms_of(words)
        if sum(term.known for term in terms) < _KNOWN_SHARE * len(terms) or not terms:
            foreign += 1
            continue
        readings.append(read_clauses(caption, read_phrases(terms)))
    census = take_census(readings, figures=figures)
    counts, vague = class_counts(census)
    people = People(census)
    facts = tuple(_facts(image, census, people, said)) if readings else ()
    if foreign:
        census.refused["not English"] += foreign
    return CaptionReading(
        facts=facts,
        named=frozenset(named),
        implied=frozenset(implied),
        counts=counts,
        vague=vague,
        reflections=reflections,
        words=frozenset(said),
        refused=dict(census.refused),
        who=people.surely,
    )


def _facts(image: str, census: Census, people: People, words: set[str]) -> Iterator[Fact]:
    yield from present(image, census)
    yield from people_there(image, census, people)
    yield from looks(image, census, people)
    yield from count_facts(image, census)
    done = tuple(doings(image, census, people))
    yield from done
    placed = tuple(relations(image, census, people))
    yield from placed
    known = {(fact.subject, fact.other) for fact in placed}
    yield from (fact for fact in contents(image, census) if (fact.subject, fact.other) not in known)
    yield from whereabouts(image, census)
    yield from only_ones(image, census, words)
    yield from food(image, census, words)
    yield from sports_of(image, census, done)
    yield from mood(image, census, people, words)
    yield from singles(image, census, words)
