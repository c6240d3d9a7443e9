"""Where one thing is by another, in the closed set of relations."""

from collections import defaultdict
from collections.abc import Iterator

from datagen.generators.rules.captions.alternatives import fits_relation
from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.found import fact_of, support
from datagen.generators.rules.captions.people import People
from datagen.generators.rules.captions.phrase import LIVING, Phrase
from datagen.generators.rules.captions.statements import Placing
from schemas.fact import Fact

_THINGS = (
    "animal",
    "vehicle",
    "furniture",
    "appliance",
    "electronics",
    "thing",
    "container",
    "food",
    "person",
    "plant",
)
Pair = tuple[str, str]


def relations(image: str, census: Census, people: People) -> Iterator[Fact]:
    """Relation facts of one image: one for each two things that captions place by each other alike."""
    sets = contrast_sets()
    found: dict[Pair, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    links: dict[Pair, set[str]] = defaultdict(set)
    words: dict[Pair, Pair] = {}
    for caption, reading in enumerate(census.readings):
        for link, phrase, before in reading.links:
            for concept in before if link in sets.relations else ():
                links[concept, _concept(phrase)].add(sets.relations[link])
        for placing in reading.placings:
            relation = sets.relations.get(placing.link) or _mounted(placing)
            concepts = (_concept(placing.subject), _concept(placing.other))
            if relation:
                links[concepts].add(relation)
            if relation is None or not _fits(relation, placing):
                continue
            named = (_word(placing.subject, census, people), _word(placing.other, census, people))
            if named[0] and named[1] and concepts[0] != concepts[1]:
                found[concepts][relation].add(caption)
                words[concepts] = named
            else:
                census.refused["not the only one of its kind"] += 1
    for concepts, said in found.items():
        (relation, captions), *_ = said.items()
        if not links[concepts] <= {relation, *sets.like_relations[relation]}:
            census.refused["captions disagree"] += 1
            continue
        named_by = min(census.named_by(concept) for concept in concepts)
        if not support(census, said=len(captions), named=named_by):
            census.refused["said by one caption alone"] += 1
            continue
        subject, other = words[concepts]
        yield fact_of(image, "relation", subject, relation, census, captions, other=other)


def _mounted(placing: Placing) -> str | None:
    """Whether a preposition says "on" of these two: a boy on the back of a horse, a clock on the side of a building."""
    mounted = contrast_sets().mounted
    living = placing.subject.group in LIVING
    links = mounted["living"] if living else mounted.get(placing.other.group, ())
    return "on" if placing.link in links else None


def _concept(phrase: Phrase) -> str:
    return phrase.head.concept


def _fits(relation: str, placing: Placing) -> bool:
    return placing.subject.group in _THINGS and fits_relation(placing.other.head, relation)


def _word(phrase: Phrase, census: Census, people: People) -> str:
    """The word for one thing that is clear in the picture; empty where it is not."""
    if not phrase.clear or phrase.plural or phrase.measure:
        return ""
    if phrase.group in ("person", "animal"):
        who = people.who(phrase)
        return who.word if who and not who.plural else ""
    concept = phrase.head.concept
    return census.word_for(concept) if census.single(concept) and census.sure(concept) else ""
