"""A noun phrase as read, with all that makes it unsure."""

from dataclasses import dataclass, field

from datagen.generators.rules.captions.terms import Noun, Term

LIVING = ("person", "animal")
NO_NOUN = Noun("", "abstract.words", "", "", plural=False)


@dataclass(slots=True)
class Phrase:
    """What a caption says of one head noun, while it is being read."""

    head: Noun = NO_NOUN
    opener: str = ""  # the determiner, or "number", "possessive", "vague"
    number: int = 0  # as written; 0 where no number is said
    vague: bool = False
    colors: list[str] = field(default_factory=list)
    textures: list[str] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)  # nouns before the head
    said: list[str] = field(default_factory=list)  # other words before the head
    measure: str = ""  # "slice", "group"
    measures: bool = False  # several of them: "bowls of"
    unsure: bool = False  # an unknown word in it, or only a part of the thing is meant
    absent: bool = False  # negated
    doubtful: bool = False  # only wished for, likened or feared
    unreal: bool = False  # a toy, a figure
    depicted: bool = False  # "a picture of …" in the middle of a caption
    joined: bool = False  # by "and" to another phrase

    @property
    def group(self) -> str:
        """The first half of its kind: "animal"."""
        return self.head.kind.partition(".")[0]

    @property
    def plural(self) -> bool:
        """Whether it speaks of several."""
        return self.head.plural or self.number > 1 or self.vague

    @property
    def clear(self) -> bool:
        """Whether it names something that is surely there as named."""
        return not (self.unsure or self.doubted)

    @property
    def doubted(self) -> bool:
        """Whether what it names may not be there, or be a picture or a toy."""
        return self.absent or self.doubtful or self.unreal or self.depicted


Item = Phrase | Term
