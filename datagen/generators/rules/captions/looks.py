"""Colours, materials and patterns: what captions agree on and nothing contradicts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from datagen.generators.rules.captions.alternatives import fits_texture, palette_of
from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.found import fact_of, support
from datagen.generators.rules.captions.people import People
from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.english import plural_of
from schemas.fact import Fact, Slot


@dataclass
class _Said:
    """What is said of one concept's looks: value to the captions that say it clearly."""

    colors: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    textures: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    phrases: list[Phrase] = field(default_factory=list)
    mixed: bool = False

    def note(self, phrase: Phrase, colors: Sequence[str], textures: Sequence[str], caption: int) -> None:
        """Takes in one phrase and what is said of it."""
        self.phrases.append(phrase)
        self.mixed |= len(colors) > 1 or any(color.startswith("?") for color in colors)
        told = {caption} if phrase.clear else set[int]()
        for color in colors:
            self.colors[color] |= told
        for texture in textures:
            self.textures[texture] |= told


def looks(image: str, census: Census, people: People) -> Iterator[Fact]:
    """Colour and texture facts of one image."""
    said: dict[str, _Said] = defaultdict(_Said)
    for caption, reading in enumerate(census.readings):
        for phrase in reading.phrases:
            if phrase.colors or phrase.textures:
                said[phrase.head.concept].note(phrase, phrase.colors, phrase.textures, caption)
        for looking in reading.lookings:
            said[looking.subject.head.concept].note(looking.subject, looking.colors, looking.textures, caption)
    for concept, heard in said.items():
        reason = _unfit(census, people, concept, heard)
        if reason:
            census.refused[reason] += 1
            continue
        if heard.colors and palette_of(heard.phrases[0].head):
            yield from _color(image, census, concept, heard)
        if heard.textures:
            yield from _one(image, "texture", census, concept, heard, heard.textures)


def _unfit(census: Census, people: People, concept: str, heard: _Said) -> str:
    """Why nothing can be said of a concept's looks; empty where something can."""
    phrase, numbers = heard.phrases[0], {phrase.plural for phrase in heard.phrases}
    if phrase.group in ("person", "abstract", "part", "place"):
        return "no thing with looks of its own"
    if not census.sure(concept) or not (census.several(concept) if numbers == {True} else census.single(concept)):
        return "not the only one of its kind"
    return "whose clothes" if phrase.group == "clothing" and not people.alone else ""


def _color(image: str, census: Census, concept: str, heard: _Said) -> Iterator[Fact]:
    if heard.mixed or len(heard.colors) > 1:
        census.refused["two colours"] += 1
        return
    yield from _one(image, "color", census, concept, heard, heard.colors)


def _one(
    image: str, slot: Slot, census: Census, concept: str, heard: _Said, values: dict[str, set[int]]
) -> Iterator[Fact]:
    """The one value said, if captions bear it out; of several things, or of an animal, two must say it."""
    if len(values) > 1:
        census.refused["captions disagree"] += 1
        return
    (value, captions), *_ = values.items()
    phrase = heard.phrases[0]
    plural = phrase.plural
    if slot == "texture" and not fits_texture(phrase.head, value):
        return
    doubtful = phrase.group == "animal" or (slot == "color" and contrast_sets().colors[value].doubtful)
    doubtful |= plural and census.captions > 1
    if not support(census, said=len(captions), named=census.named_by(concept), doubtful=doubtful):
        census.refused["said by one caption alone"] += 1
        return
    words = {phrase.head.lemma for phrase in heard.phrases}
    word = words.pop() if len(words) == 1 else census.word_for(concept)
    yield fact_of(image, slot, plural_of(word) if plural else word, value, census, captions, plural=plural)
