"""What one caption states, each statement by itself."""

from dataclasses import dataclass, field

from datagen.generators.rules.captions.phrase import Phrase
from datagen.generators.rules.captions.terms import Form


@dataclass(frozen=True, slots=True)
class Doing:
    """Someone doing something: verb in its base form, words between ("on", "out of"), and to what."""

    subject: Phrase
    verb: str
    form: Form
    link: str
    target: Phrase | None
    then: str = ""
    second: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """One thing said to be somewhere by another."""

    subject: Phrase
    link: str
    other: Phrase


@dataclass(frozen=True, slots=True)
class Looking:
    """Colours and textures said of a phrase by a verb: "the kitchen is yellow"."""

    subject: Phrase
    colors: tuple[str, ...]
    textures: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """One caption, read."""

    text: str
    phrases: list[Phrase] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)
    placings: list[Placing] = field(default_factory=list)
    lookings: list[Looking] = field(default_factory=list)
    links: list[tuple[str, Phrase, frozenset[str]]] = field(default_factory=list)
    """Every preposition before a phrase, and the concepts named before it: one of them may be meant."""
