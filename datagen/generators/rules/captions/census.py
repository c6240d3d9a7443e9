"""What all captions of one image together say is there: how many of a kind, and whether "the" one is clear."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from datagen.generators.rules.captions.clauses import Reading
from datagen.generators.rules.captions.mentions import mentions
from datagen.generators.rules.captions.phrases import Phrase
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
        return bool(seen) and concept not in self.blurred

    def several(self, concept: str) -> bool:
        """Whether every caption that names a concept speaks of several in the same breath, and of no single one."""
        found = self.mentions[concept]
        captions = [mention.caption for mention in found]
        return (
            bool(found)
            and len(set(captions)) == len(captions)
            and all(mention.phrase.plural and not mention.phrase.joined for mention in found)
        )

    def sure(self, concept: str) -> bool:
        """Whether no caption puts a concept in doubt."""
        return all(mention.phrase.clear for mention in self.mentions[concept])

    def word_for(self, concept: str, *, plural: bool = False) -> str:
        """The captions' word for a concept where they agree, else the concept's own."""
        words = {mention.phrase.head.lemma for mention in self.mentions[concept]}
        word = words.pop() if len(words) == 1 else concept
        return plural_of(word) if plural else word


def take_census(readings: Sequence[Reading]) -> Census:
    """The census of one image."""
    census = Census(readings)
    classes = mentions().classes
    for caption, reading in enumerate(readings):
        for phrase in reading.phrases:
            if phrase.head.kind.startswith("abstract"):
                continue
            concept = "person" if phrase.group == "person" else phrase.head.concept
            census.mentions[concept].append(Mention(caption, phrase))
            wider = classes.get(phrase.head.lemma)
            if wider and (phrase.plural or is_mass(phrase.head.lemma)):
                census.blurred |= wider - {concept}
    return census
