"""The choices shared by all who put things into a world: no two alike, colours dealt like cards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from random import Random

from datagen.scenes.holdout import Combination, Holdout, held_out
from datagen.scenes.layout import Cell
from datagen.scenes.palette import COLOR_NAMES
from datagen.scenes.vocabulary import alike, shown_by
from datagen.scenes.world import Thing

Settle = Callable[[Random, Cell], list[Thing]]


@dataclass(frozen=True)
class Plan:
    """What has no place yet: how many cells it spans, and how it settles into a block of them."""

    settle: Settle
    span: int = 1


@dataclass(frozen=True)
class Member:
    """Something to put into the picture.

    Attributes:
        kind: Its kind.
        has: What else is there with it, as ``drawings.Figure`` has it.
        shows: What its parts could be taken for.
        variant: Which of its kind it is, if there are several.
    """

    kind: str
    has: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    variant: str = ""

    @cached_property
    def whole(self) -> frozenset[str]:
        """Itself and what it has: all that must not be there a second time."""
        return self.has | {self.kind}

    @cached_property
    def taken_for(self) -> frozenset[str]:
        """What all of that could be taken for."""
        return alike(self.kind).union(*(alike(name) for name in self.has))

    @cached_property
    def shown(self) -> frozenset[str]:
        """What someone who counts might count in it."""
        return shown_by(self.kind, self.has | self.shows)


@cache
def ordinary(kind: str) -> Member:
    """A kind without variants."""
    return Member(kind)


@dataclass
class Casting:
    """Who is in the picture so far.

    Attributes:
        rng: Decides.
        members: The kinds chosen, each with what it has and shows.
        counted: Those of them that stand there in a number to be told.
        deck: The colours not dealt yet.
        holdout: Which half of the combinations may be cast.
    """

    rng: Random
    members: list[Member] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    deck: list[str] = field(default_factory=list)
    holdout: Holdout = "none"

    def color(self, kind: str) -> str:
        """A colour for a kind that nothing else has, as long as there are any."""
        if not self.deck:
            self.deck = self.rng.sample(COLOR_NAMES, len(COLOR_NAMES))
        allowed = [color for color in self.deck if self.allows(color, kind)] or self.deck
        self.deck.remove(color := allowed[-1])
        return color

    def allows(self, look: str, kind: str) -> bool:
        """Whether a kind may have that colour or pattern here."""
        return self.holdout != "train" or not held_out(Combination(look, kind))

    def kind(self, pool: Sequence[str], *, counted: bool = False) -> str | None:
        """A kind that goes with those that are there; None if none of the pool does."""
        chosen = self.choose([ordinary(name) for name in pool], counted=counted)
        if chosen is None:
            return None
        if counted:
            self.counted.append(chosen.kind)
        return chosen.kind

    def choose(self, pool: Sequence[Member], *, counted: bool = False) -> Member | None:
        """Likewise from a pool of kinds that have or show others, perhaps of one kind in variants."""
        there = frozenset[str]().union(*(member.whole for member in self.members))
        shown = frozenset[str]().union(*(member.shown for member in self.members)) if counted else frozenset[str]()
        options = [
            member
            for member in pool
            if member.kind not in shown and there.isdisjoint(member.taken_for) and member.shown.isdisjoint(self.counted)
        ]
        if not options:
            return None
        chosen = self.rng.choice(options)
        self.members.append(chosen)
        return chosen
