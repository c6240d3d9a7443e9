"""Things that are there: named plainly by two captions, and put in doubt by none."""

from collections.abc import Iterator

from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.found import fact_of
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
        if concept == "person" or not found[0].phrase.head.kind.startswith(_SEEN):
            continue
        if found[0].phrase.head.kind.endswith(".many") and not is_mass(found[0].phrase.head.lemma):
            continue
        captions = {mention.caption for mention in found}
        if not census.sure(concept) or len(captions) < min(_TWO, census.captions):
            census.refused["not surely there"] += 1
            continue
        word = census.word_for(concept)
        several = sum(mention.phrase.plural for mention in found) * 2 > len(found) and not is_mass(word)
        yield fact_of(image, "presence", word, "present", census, captions, plural=several)
