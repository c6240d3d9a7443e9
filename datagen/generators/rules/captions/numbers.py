"""Counts that captions state, and what they say or imply of numbers for each COCO class."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from datagen.generators.rules.captions.census import Census, Mention, wider_words
from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.found import fact_of
from datagen.generators.rules.captions.mentions import mentions
from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.captions.words import word_set
from datagen.generators.rules.english import is_mass, is_pair
from schemas.fact import Fact

_COUNTED = (
    "person",
    "animal",
    "vehicle",
    "furniture",
    "appliance",
    "electronics",
    "thing",
    "container",
    "food.one",
    "clothing",
    "building.house",
    "plant.one",
)
_UNCOUNTED = ("tv",)  # what is a monitor, a screen, a computer: no two people count alike
_MOST = 12


def count_facts(image: str, census: Census) -> Iterator[Fact]:
    """Numbers from two to twelve that two captions state, one of them in words, and none contradicts."""
    for concept, found in census.mentions.items():
        if not any(_explicit(mention.phrase) for mention in found) or found[0].phrase.head.label in _UNCOUNTED:
            continue
        totals = _totals(found)
        stated = {total for total in totals.values() if total}
        captions = {caption for caption, total in totals.items() if total}
        head = found[0].phrase.head
        if len(stated) != 1 or None in totals.values() or not census.sure(concept):
            census.refused["captions disagree"] += 1
        elif census.is_blurred(concept):
            census.refused["not the only ones of their kind"] += 1
        elif len(captions) < min(2, census.captions) or not head.kind.startswith(_COUNTED):
            census.refused["said by one caption alone"] += 1
        elif 1 < (number := stated.pop()) <= _MOST and not is_pair(head.lemma) and not is_mass(head.lemma):
            yield fact_of(image, "count", census.word_for(concept), str(number), census, captions, plural=True)


def _totals(found: Sequence[Mention]) -> dict[int, int | None]:
    """By caption, how many of a concept it speaks of: 0 for a bare plural, None where that is vague."""
    totals: dict[int, int | None] = {}
    for mention in found:
        number, before = _counted(mention.phrase), totals.get(mention.caption)
        if mention.caption not in totals:
            totals[mention.caption] = number
        elif number is None or before is None or not number or not before:
            totals[mention.caption] = None
        elif mention.phrase.opener not in ("the", "possessive"):
            totals[mention.caption] = before + number
    return totals


def _counted(phrase: Phrase) -> int | None:
    """As :func:`_number`, but "a group of" is no more vague than a bare plural."""
    grouped = phrase.head.plural and phrase.measure in word_set("grouping") and not phrase.unsure
    return 0 if grouped and not phrase.number else _number(phrase)


def _explicit(phrase: Phrase) -> bool:
    """Whether a number is said, not "a couple" or "a pair"."""
    return phrase.number > 1 and not phrase.measure


def class_counts(census: Census) -> tuple[dict[str, frozenset[int]], frozenset[str]]:
    """By COCO class: every number stated or implied; and the classes of which captions speak vaguely."""
    things, classes = contrast_sets().things, mentions().classes
    counts: dict[str, set[int]] = defaultdict(set)
    vague: set[str] = set()
    for reading in census.readings:
        sums: dict[str, int] = defaultdict(int)
        for phrase in reading.phrases:
            label = phrase.head.label or phrase.head.concept
            if label not in things:
                if phrase.plural and phrase.head.lemma in wider_words():
                    vague |= classes.get(phrase.head.lemma, frozenset())
                continue
            number = _number(phrase)
            if number is None:
                vague.add(label)
            elif number:
                sums[label] += number
        for label, number in sums.items():
            counts[label].add(number)
    return {label: frozenset(numbers) for label, numbers in counts.items()}, frozenset(vague)


def _number(phrase: Phrase) -> int | None:
    """How many a phrase speaks of; 0 for a bare plural, None for a vague one."""
    if phrase.vague or phrase.measure not in ("", "couple", "pair") or phrase.unsure:
        return None
    if phrase.number:
        return phrase.number
    if phrase.head.kind == "person.many":
        return 2 if phrase.head.lemma == "couple" else None
    return 0 if phrase.head.plural or is_mass(phrase.head.lemma) else 1
