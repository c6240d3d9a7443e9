"""How many pairs there are to judge, and what has been judged already."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from annotation.planning.cells import Cell, Group, group_of
from schemas.config import Split


@dataclass(frozen=True)
class Supply:
    """Kept pairs by category and group, judged ones among them; a category without any may stand with 0."""

    pairs: Mapping[Cell, int]

    @classmethod
    def of(cls, kept: Iterable[tuple[str, Split]]) -> Self:
        """The supply of kept pairs, each given by its category and its image's split."""
        return cls(Counter(Cell(category, group_of(split)) for category, split in kept))

    @property
    def categories(self) -> tuple[str, ...]:
        """Each category once, in the order given."""
        return tuple(dict.fromkeys(cell.category for cell in self.pairs))

    def left(self, category: str, group: Group, so_far: "SoFar") -> int:
        """Pairs that nobody has judged yet."""
        cell = Cell(category, group)
        return max(0, self.pairs.get(cell, 0) - so_far.judged.get(cell, 0))


@dataclass(frozen=True)
class SoFar:
    """What has been done when a plan is made again: pairs verified, and pairs judged to the end, right or not."""

    verified: Mapping[Cell, int] = field(default_factory=dict)
    judged: Mapping[Cell, int] = field(default_factory=dict)
