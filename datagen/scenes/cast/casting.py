"""The choices shared by all who put things into a world: no two alike, colours dealt like cards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from datagen.scenes.layout import Cell
from datagen.scenes.palette import COLOR_NAMES
from datagen.scenes.vocabulary import alike, shows
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

    @property
    def whole(self) -> frozenset[str]:
        """Itself and what it has: all that must not be there a second time."""
        return self.has | {self.kind}

    def shows_a(self, kind: str) -> bool:
        """Whether someone who counts that kind might count this, or a part of it."""
        return shows(self.kind, kind, also=self.has | self.shows)


@dataclass
class Casting:
    """Who is in the picture so far.

    Attributes:
        rng: Decides.
        members: The kinds chosen, each with what it has and shows.
        counted: Those of them that stand there in a number to be told.
        deck: The colours not dealt yet.
    """

    rng: Random
    members: list[Member] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    deck: list[str] = field(default_factory=list)

    def color(self) -> str:
        """A colour that nothing else has, as long as there are any."""
        if not self.deck:
            self.deck = self.rng.sample(COLOR_NAMES, len(COLOR_NAMES))
        return self.deck.pop()

    def kind(self, pool: Sequence[str], *, counted: bool = False) -> str | None:
        """A kind that goes with those that are there; None if none of the pool does."""
        chosen = self.choose([Member(name) for name in pool], counted=counted)
        if chosen is None:
            return None
        if counted:
            self.counted.append(chosen.kind)
        return chosen.kind

    def choose(self, pool: Sequence[Member], *, counted: bool = False) -> Member | None:
        """Likewise from a pool of kinds that have or show others, perhaps of one kind in variants."""
        options = [member for member in pool if self.fits(member, counted=counted)]
        if not options:
            return None
        chosen = self.rng.choice(options)
        self.members.append(chosen)
        return chosen

    def fits(self, new: Member, *, counted: bool = False) -> bool:
        """Whether nothing there could be taken for it or for what it has, and no count is spoilt."""
        there = frozenset[str]().union(*(member.whole for member in self.members))
        if any(not there.isdisjoint(alike(name)) for name in new.whole):
            return False
        if counted and any(member.shows_a(new.kind) for member in self.members):
            return False
        return not any(new.shows_a(kind) for kind in self.counted)
