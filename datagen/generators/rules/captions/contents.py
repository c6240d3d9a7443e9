"""What is in a bowl or on a desk, told by "a bowl of noodles" and "a desk with a laptop"."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.found import enough, fact_of
from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import is_mass, is_pair, plural_of
from schemas.fact import Fact


def contents(image: str, census: Census) -> Iterator[Fact]:
    """Relation facts of what a container holds, where enough captions say so and none names it in another."""
    held: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    phrases: dict[str, Phrase] = {}
    for caption, reading in enumerate(census.readings):
        for phrase in reading.phrases:
            if phrase.measure in _words("others") and phrase.group == "food" and not phrase.doubted:
                surely = phrase.measure in _words("words") and not phrase.measures and not phrase.unsure
                holder = phrase.measure if surely else ""
                held[phrase.head.concept][holder].add(caption)
                phrases[phrase.head.concept] = phrase
    for concept, holders in held.items():
        (holder, captions), *others = holders.items()
        word = census.word_for(concept)
        if others or not holder or word in _vague():
            census.refused["captions disagree"] += 1
        elif not enough(census, len(captions)) or not census.sure(concept):
            census.refused["said by one caption alone"] += 1
        else:
            plural = phrases[concept].head.plural and not is_mass(word)
            subject = word if is_pair(word) or not plural else plural_of(word)
            yield fact_of(image, "relation", subject, "inside", census, captions, other=holder, plural=plural)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(split_words(load("turns")["holders"][name]))


@cache
def _vague() -> frozenset[str]:
    return frozenset(split_words(load("nouns")["unseen"]["words"]))
