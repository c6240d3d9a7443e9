"""What all captions of one image together say is there: how many of a kind, and whether "the" one is clear."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from datagen.generators.rules.captions.contrast_sets import contrast_sets
from datagen.generators.rules.captions.mentions import mentions
from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.captions.statements import Reading
from datagen.generators.rules.captions.words import split_words
from datagen.generators.rules.data_files import load
from datagen.generators.rules.english import is_mass, plural_of

_ANAPHORIC = ("the", "possessive", "this", "that")


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase and the caption it stands in."""

    caption: int
    phrase: Phrase


@dataclass
class Census:
    """All phrases of an image's captions by concept."""

    readings: Sequence[Reading]
    mentions: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    blurred: set[str] = field(default_factory=set)  # classes that a plural of a wider word may hold
    figures: bool = False  # a statue, a toy or a painting is spoken of: what seems alive may be none
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def captions(self) -> int:
        """How many captions there are."""
        return len(self.readings)

    def named_by(self, concept: str) -> int:
        """How many captions name a concept."""
        return len({mention.caption for mention in self.mentions[concept]})

    def single(self, concept: str) -> bool:
        """Whether every caption that names a concept speaks of one, and nothing hints at more."""
        seen: set[int] = set()
        for mention in self.mentions[concept]:
            phrase = mention.phrase
            if phrase.plural or phrase.measure or phrase.opener in ("another", "other", "each", "every"):
                return False
            if mention.caption in seen and phrase.opener not in _ANAPHORIC:
                return False
            seen.add(mention.caption)
        return bool(seen) and not self.is_blurred(concept)

    def is_blurred(self, concept: str) -> bool:
        """Whether a caption's plural of a wider word may hold more of a concept: "vehicles" of "bus"."""
        return any(mention.phrase.head.label in self.blurred for mention in self.mentions[concept])

    def several(self, concept: str) -> bool:
        """Whether every caption that names a concept speaks of several in the same breath, and of no single one."""
        found = self.mentions[concept]
        captions = [mention.caption for mention in found]
        return bool(found) and len(set(captions)) == len(captions) and all(mention.phrase.plural for mention in found)

    def sure(self, concept: str) -> bool:
        """Whether no caption puts a concept in doubt, and one at least names it clearly."""
        found = [mention.phrase for mention in self.mentions[concept]]
        if self.figures and found and found[0].group == "animal":
            return False
        return any(phrase.clear for phrase in found) and not any(phrase.doubted for phrase in found)

    def word_for(self, concept: str, *, plural: bool = False) -> str:
        """The captions' word for a concept: theirs where they agree, else one that covers all."""
        heads = [mention.phrase.head for mention in self.mentions[concept]]
        if concept == "person":
            kinds = {head.kind.partition(".")[2] for head in heads}
            word = kinds.pop() if len(kinds) == 1 and kinds <= _SEXES else "person"
        else:
            word = _covering(Counter(head.lemma for head in heads), concept, {head.label for head in heads})
        return plural_of(word) if plural else word


def _covering(words: Counter[str], concept: str, labels: set[str]) -> str:
    """One word for a thing that captions call by several: of animals the class, since breeds are often wrong."""
    lasts = {word.rpartition(" ")[2] for word in words}
    if len(words) > 1 and len(lasts) == 1 and (last := lasts.pop()) in words:
        return last
    label = next(iter(labels)) if len(labels) == 1 else ""
    if len(words) > 1 and label and contrast_sets().things[label].group == "animal":
        return label
    word = max(words, key=lambda word: (words[word], word == label, word == concept, word))
    return word if words[word] * 2 > words.total() or not label else _SPOKEN.get(label, label)


_SPOKEN = {"tv": "screen", "dining table": "table", "cell phone": "phone", "sports ball": "ball", "oven": "stove"}
_SEXES = {"man", "woman", "boy", "girl"}
_BIKES = ("bicycle", "motorcycle")


@cache
def wider_words() -> frozenset[str]:
    """Words whose plural may hold more of what is named by itself: "vehicles" of a bus."""
    return frozenset(split_words(load("nouns")["wider"]["words"]))


def take_census(readings: Sequence[Reading], *, figures: bool = False) -> Census:
    """The census of one image; ``figures`` where a caption speaks of statues, toys or pictures."""
    census = Census(readings, figures=figures)
    classes = mentions().classes
    for caption, reading in enumerate(readings):
        for phrase in reading.phrases:
            if phrase.head.kind.startswith("abstract"):
                continue
            head = phrase.head
            census.mentions[head.concept].append(Mention(caption, phrase))
            if head.lemma in wider_words() and (phrase.plural or is_mass(head.lemma)):
                census.blurred |= classes.get(head.lemma, frozenset()) - {head.label}
    bikes = [concept for concept in _BIKES if concept in census.mentions]
    if "bike" in census.mentions and len(bikes) == 1:
        census.mentions[bikes[0]] += census.mentions.pop("bike")
    return census
