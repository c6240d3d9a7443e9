"""The choices shared by all who put things into a world: no two alike, colours dealt like cards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from datagen.scenes.layout import Cell
from datagen.scenes.palette import COLOR_NAMES
from datagen.scenes.vocabulary import resemble, shows
from datagen.scenes.world import Thing

Settle = Callable[[Random, Cell], Thing]


@dataclass(frozen=True)
class Plan:
    """A thing that has no place yet: how many cells it spans, and how it settles into a block of them."""

    settle: Settle
    span: int = 1


@dataclass
class Casting:
    """Who is in the picture so far.

    Attributes:
        rng: Decides.
        kinds: The kinds chosen, with the outline of its board for a sign.
        counted: Those of them that stand there in a number to be told.
        deck: The colours not dealt yet.
    """

    rng: Random
    kinds: list[tuple[str, str | None]] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    deck: list[str] = field(default_factory=list)

    def color(self) -> str:
        """A colour that nothing else has, as long as there are any."""
        if not self.deck:
            self.deck = self.rng.sample(COLOR_NAMES, len(COLOR_NAMES))
        return self.deck.pop()

    def kind(self, pool: Sequence[str], *, counted: bool = False) -> str | None:
        """A kind that cannot be taken for one that is there, nor spoils its count; None if there is none."""
        options = [name for name in pool if self._fits(name, None, counted=counted)]
        if not options:
            return None
        chosen = self.rng.choice(options)
        self.add(chosen, counted=counted)
        return chosen

    def form(self, pool: Sequence[str]) -> str | None:
        """The outline of a board that is not that of a shape which is there."""
        options = [
            name for name in pool
            if not any(resemble(name, kind) or name == form for kind, form in self.kinds)
        ]  # fmt: skip
        return self.rng.choice(options) if options else None

    def add(self, kind: str, *, form: str | None = None, counted: bool = False) -> None:
        """Note that a kind is there."""
        self.kinds.append((kind, form))
        if counted:
            self.counted.append(kind)

    def _fits(self, name: str, form: str | None, *, counted: bool) -> bool:
        if any(resemble(name, kind) or (there and resemble(name, there)) for kind, there in self.kinds):
            return False
        if any(shows(name, kind, form=form) for kind in self.counted):
            return False
        return not counted or not any(shows(kind, name, form=there) for kind, there in self.kinds)
