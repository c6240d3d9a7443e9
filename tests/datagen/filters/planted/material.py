"""What a defect is planted into, and the edits that plant it."""

import copy
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from tests.datagen.filters.planted.claims import Read, read

Row = dict[str, Any]
Half = Literal["positive", "negative"]
HALVES: tuple[Half, Half] = ("positive", "negative")
T = TypeVar("T")


class Unfit(Exception):
    """This way cannot be taken with this pair: another is tried."""


@dataclass
class Material:
    """A copy of a clean pair's row, edited in place, with what one may know when spoiling it."""

    row: Row
    read: Read
    captions: Sequence[str]
    others: Sequence[Mapping[str, Any]]
    """Rows of other pairs, those of the same image first; for pairs that mix two facts."""
    rng: random.Random = field(repr=False)

    @classmethod
    def of(
        cls, row: Mapping[str, Any], captions: Sequence[str], others: Sequence[Mapping[str, Any]], rng: random.Random
    ) -> "Material":
        """Material over a copy of the row.

        Raises:
            Unread: The pair is not made of sentences that :mod:`claims` knows.
        """
        return cls(copy.deepcopy(dict(row)), read(row), captions, others, rng)

    def pick(self, choices: Sequence[T]) -> T:
        """One of them.

        Raises:
            Unfit: There is none.
        """
        if not choices:
            raise Unfit
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.rng.random() < share

    def halves(self, *, both: float = 0.3) -> tuple[Half, ...]:
        """The halves to spoil: both in this share of cases, else either."""
        return HALVES if self.chance(both) else (self.rng.choice(HALVES),)

    def text(self, half: Half, index: int) -> str:
        """An option's text."""
        found: str = self.row[half]["options"][index]["text"]
        return found

    def write(self, half: Half, index: int, text: str) -> None:
        """Put another text in an option's place."""
        self.row[half]["options"][index]["text"] = text

    def ask(self, half: Half, text: str) -> None:
        """Put another question in place of a half's."""
        self.row[half]["text"] = text

    def right(self, half: Half) -> int:
        """The index of the right option."""
        index: int = self.row[half]["answer"]
        return index

    def wrong(self, half: Half) -> list[int]:
        """The indices of the others; the one that says the premise, which carries the leading question, last."""
        found = [index for index in range(len(self.row[half]["options"])) if index != self.right(half)]
        premise = self.read.premise.clause
        return sorted(found, key=lambda index: self.read.answers(half)[index].claim.clause == premise)

    def lose(self, half: Half) -> int:
        """A wrong option that can be replaced: not the one that says the premise, where there is another."""
        wrong = self.wrong(half)
        return self.pick(wrong[:-1] or wrong)


Way = Callable[[Material], None]
"""Spoils the material's row in one way; raises :class:`Unfit` where it does not apply."""
