"""What captions tell of one thing or person that nobody overlooks: that it is one, its shape, its mood."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.found import enough, fact_of, most
from datagen.generators.rules.captions.people import People
from datagen.generators.rules.captions.statements import Reading
from datagen.generators.rules.captions.tokens import words_of
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import gerund_of
from schemas.fact import Fact


def singles(image: str, census: Census, words: Collection[str]) -> Iterator[Fact]:
    """Counts of one, and shapes, of what nearly all captions speak of as one.

    Args:
        image: The image's name.
        census: Of its captions.
        words: All words of the captions.
    """
    labels, crowded = _countable()
    for concept, found in census.mentions.items():
        label = found[0].phrase.head.label
        if label not in labels:
            continue
        alone = all(mention.phrase.head.label == label for mention in found) and census.single(concept)
        if not alone or census.figures or not census.sure(concept) or not crowded.isdisjoint(words):
            census.refused["not the only one of its kind"] += 1
            continue
        if not most(census, census.named_by(concept)):
            census.refused["said by few captions"] += 1
            continue
        captions = {mention.caption for mention in found}
        yield fact_of(image, "count", label, "1", census, captions)
        if label in load("singles")["shape"]:
            yield fact_of(image, "shape", label, load("singles")["shape"][label], census, captions)


def mood(image: str, census: Census, people: People, words: Collection[str]) -> Iterator[Fact]:
    """How the one person of a picture looks, where captions say one mood of them and no word of another."""
    if _moods().keys().isdisjoint(words):
        return
    told: dict[str, set[int]] = {}
    for caption, reading in enumerate(census.readings):
        for word in _moods().keys() & set(words_of(reading.text)):
            told.setdefault(_moods()[word], set())
            if word in _said_of_people(reading):
                told[_moods()[word]].add(caption)
    if not told:
        return
    (name, captions), *others = told.items()
    if others:
        census.refused["captions disagree"] += 1
    elif not people.alone or census.figures:
        census.refused["not clear who"] += 1
    elif not enough(census, len(captions)):
        census.refused["said by one caption alone"] += 1
    else:
        yield fact_of(image, "emotion", people.word, name, census, captions)


def _said_of_people(reading: Reading) -> set[str]:
    """What a caption says of its people: adjectives before the noun, and verbs in each of their forms."""
    said = {word for phrase in reading.phrases if phrase.group == "person" and phrase.clear for word in phrase.said}
    verbs = {doing.verb for doing in reading.doings if doing.subject.group == "person"}
    return said | {form for verb in verbs for form in (verb, f"{verb}s", f"{verb}ing", gerund_of(verb))}


@cache
def _countable() -> tuple[frozenset[str], frozenset[str]]:
    data = load("singles")["one"]
    return frozenset(split_words(data["labels"])), frozenset(split_words(data["crowded"]))


@cache
def _moods() -> Mapping[str, str]:
    """By word, the mood it tells."""
    return {word: name for name, words in load("singles")["mood"].items() for word in split_words(words)}
