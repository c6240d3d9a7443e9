"""Colours, materials and patterns: what captions agree on and nothing contradicts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from datagen.generators.rules.captions.alternatives import fits_texture, palette_of
from datagen.generators.rules.captions.census import Census
from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.found import fact_of, support
from datagen.generators.rules.captions.people import People
from datagen.generators.rules.captions.phrases import Phrase
from schemas.fact import Fact, Slot


@dataclass
class _Said:
    """What is said of one concept's looks: value to the captions that say it."""

    colors: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    textures: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    plural: set[bool] = field(default_factory=set)
    mixed: bool = False
    phrase: Phrase | None = None


def looks(image: str, census: Census, people: People) -> Iterator[Fact]:
    """Colour and texture facts of one image."""
    said: dict[str, _Said] = defaultdict(_Said)
    for caption, reading in enumerate(census.readings):
        for phrase in reading.phrases:
            if phrase.colors or phrase.textures:
                _note(said[phrase.head.concept], phrase, phrase.colors, phrase.textures, caption)
        for looking in reading.lookings:
            _note(said[looking.subject.head.concept], looking.subject, looking.colors, looking.textures, caption)
    for concept, heard in said.items():
        yield from _facts(image, census, people, concept, heard)


def _note(
    heard: _Said,
    phrase: Phrase,
    colors: list[str] | tuple[str, ...],
    textures: list[str] | tuple[str, ...],
    caption: int,
) -> None:
    heard.phrase = phrase
    heard.plural.add(phrase.plural)
    if len(colors) > 1 or any(color.startswith("?") for color in colors):
        heard.mixed = True
    for color in colors:
        heard.colors[color].add(caption)
    for texture in textures:
        heard.textures[texture].add(caption)


def _facts(image: str, census: Census, people: People, concept: str, heard: _Said) -> Iterator[Fact]:
    phrase = heard.phrase
    if phrase is None or phrase.group in ("person", "abstract"):
        return
    plural = heard.plural == {True}
    if not census.sure(concept) or not (census.several(concept) if plural else census.single(concept)):
        census.refused["not the only one of its kind"] += 1
        return
    if phrase.group == "clothing" and not people.alone:
        census.refused["whose clothes"] += 1
        return
    subject = census.word_for(concept, plural=plural)
    if heard.colors and palette_of(phrase.head):
        yield from _color(image, census, concept, heard, subject, plural=plural)
    if heard.textures:
        yield from _one(image, "texture", census, concept, heard.textures, subject, plural=plural)


def _color(image: str, census: Census, concept: str, heard: _Said, subject: str, *, plural: bool) -> Iterator[Fact]:
    if heard.mixed or len(heard.colors) > 1:
        census.refused["two colours"] += 1
        return
    yield from _one(image, "color", census, concept, heard.colors, subject, plural=plural)


def _one(
    image: str, slot: Slot, census: Census, concept: str, values: dict[str, set[int]], subject: str, *, plural: bool
) -> Iterator[Fact]:
    """The one value said, if captions bear it out."""
    if len(values) > 1:
        census.refused["captions disagree"] += 1
        return
    (value, captions), *_ = values.items()
    phrase = census.mentions[concept][0].phrase
    sets = contrast_sets()
    doubtful = phrase.group == "animal" or (slot == "color" and sets.colors[value].doubtful)
    if slot == "texture" and not fits_texture(phrase.head, value):
        return
    if not support(census, said=len(captions), named=census.named_by(concept), doubtful=doubtful):
        census.refused["said by one caption alone"] += 1
        return
    yield fact_of(image, slot, subject, value, census, captions, plural=plural)
