"""The choices shared by all who put things into a world: no two alike, colours dealt like cards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from datagen.scenes.layout import Cell
from datagen.scenes.palette import COLOR_NAMES
from datagen.scenes.vocabulary import resemble, shows
from datagen.scenes.world import Thing

NOTHING: frozenset[str] = frozenset()
Settle = Callable[[Random, Cell], list[Thing]]


@dataclass(frozen=True)
class Plan:
    """What has no place yet: how many cells it spans, and how it settles into a block of them."""

    settle: Settle
    span: int = 1


@dataclass
class Casting:
    """Who is in the picture so far.

    Attributes:
        rng: Decides.
        kinds: The kinds chosen, each with what else can be seen in it.
        counted: Those of them that stand there in a number to be told.
        deck: The colours not dealt yet.
    """

    rng: Random
    kinds: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    deck: list[str] = field(default_factory=list)

    def color(self) -> str:
        """A colour that nothing else has, as long as there are any."""
        if not self.deck:
            self.deck = self.rng.sample(COLOR_NAMES, len(COLOR_NAMES))
        return self.deck.pop()

    def kind(self, pool: Sequence[str], *, counted: bool = False) -> str | None:
        """A kind that goes with those that are there; None if none of the pool does."""
        options = [name for name in pool if self.fits(name, counted=counted)]
        if not options:
            return None
        chosen = self.rng.choice(options)
        self.kinds.append((chosen, NOTHING))
        if counted:
            self.counted.append(chosen)
        return chosen

    def variant(self, kind: str, pool: Mapping[str, frozenset[str]]) -> str | None:
        """A variant of a kind, which shows other kinds, that goes with those that are there."""
        options = [name for name, also in pool.items() if self.fits(kind, also)]
        if not options:
            return None
        chosen = self.rng.choice(options)
        self.kinds.append((kind, pool[chosen]))
        return chosen

    def fits(self, name: str, also: frozenset[str] = NOTHING, *, counted: bool = False) -> bool:
        """Whether nothing there could be taken for it or for what it shows, and no count is spoilt."""
        for kind, there in self.kinds:
            if resemble(name, kind) or any(resemble(name, seen) for seen in there):
                return False
            if any(resemble(seen, kind) for seen in also):
                return False
        if any(shows(name, kind, also=also) for kind in self.counted):
            return False
        return not counted or not any(shows(kind, name, also=there) for kind, there in self.kinds)
