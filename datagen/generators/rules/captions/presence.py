"""Things that are there: named plainly by two captions, and put in doubt by none."""

from collections.abc import Iterator
from functools import cache

from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.found import fact_of, most
from datagen.generators.rules.captions.people import People
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import is_mass
from schemas.fact import Fact

_SEEN = (
    "animal",
    "vehicle",
    "furniture",
    "appliance",
    "electronics",
    "thing",
    "container",
    "food",
    "building.house",
    "plant.one",
)
_TWO = 2


def present(image: str, census: Census) -> Iterator[Fact]:
    """Presence facts of one image."""
    for concept, found in census.mentions.items():
        head = found[0].phrase.head
        if not head.kind.startswith(_SEEN) or (head.kind.endswith(".many") and not is_mass(head.lemma)):
            continue
        word = census.word_for(concept)
        if not head.label:  # no class of things: its very word must have been said twice
            found = [mention for mention in found if mention.phrase.head.lemma == word]
        captions = {mention.caption for mention in found}
        if word in _unseen() or not census.sure(concept) or len(captions) < min(_TWO, census.captions):
            census.refused["not surely there"] += 1
            continue
        several = sum(mention.phrase.plural for mention in found) * 2 > len(found) and not is_mass(word)
        yield fact_of(image, "presence", word, "present", census, captions, plural=several)


def people_there(image: str, census: Census, people: People) -> Iterator[Fact]:
    """That people are there, or one person, where most captions name them."""
    found = census.mentions.get("person", [])
    captions = {mention.caption for mention in found}
    clear = {mention.caption for mention in found if mention.phrase.clear}
    if not found or census.figures or not most(census, len(clear)):
        return
    if any(mention.phrase.clear and mention.phrase.plural for mention in found):
        yield fact_of(image, "presence", "person", "present", census, captions, plural=True)
    elif people.alone:
        yield fact_of(image, "presence", people.surely or "person", "present", census, captions)


@cache
def _unseen() -> frozenset[str]:
    return frozenset(split_words(load("nouns")["unseen"]["words"]))
