"""Pairs that still stand while others are taken out."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.leaks import Asked, AskedPairs

HALVES = ("leading", "positive")


@dataclass(frozen=True)
class Standing:
    """Pairs by their ids, with the questions of both halves in step."""

    ids: tuple[str, ...]
    positive: tuple[Asked, ...]
    leading: tuple[Asked, ...]

    def half(self, name: str) -> tuple[Asked, ...]:
        """The questions of one half: ``positive`` or ``leading``."""
        return self.positive if name == "positive" else self.leading

    def only(self, places: Sequence[int]) -> "Standing":
        """The pairs at those places."""
        return Standing(
            tuple(self.ids[place] for place in places),
            tuple(self.positive[place] for place in places),
            tuple(self.leading[place] for place in places),
        )

    @property
    def asked(self) -> AskedPairs:
        """Their questions, for an audit."""
        return AskedPairs(self.positive, self.leading)
