"""What somebody who does not look is given of a pair: its two questions, each with lettered options."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.pair import Kind, Pair, Question


@dataclass(frozen=True)
class Asked:
    """One question with its options, A first, and the place of the right one among them."""

    image: str
    kind: Kind
    category: str
    text: str
    options: tuple[str, ...]
    right: int

    @property
    def chance(self) -> float:
        """How often drawing lots is right."""
        return 1 / len(self.options)


@dataclass(frozen=True)
class AskedPairs:
    """Positive and leading questions of pairs, in step, and how many pairs were left out as open."""

    positive: tuple[Asked, ...]
    leading: tuple[Asked, ...]
    open_pairs: int = 0

    def __len__(self) -> int:
        """How many pairs have options in both halves."""
        return len(self.positive)


def asked_of(pairs: Iterable[Pair]) -> AskedPairs:
    """The questions of pairs; a pair with an open half has nothing to choose from and is only counted."""
    positive: list[Asked] = []
    leading: list[Asked] = []
    left_out = 0
    for pair in pairs:
        if pair.open:
            left_out += 1
            continue
        positive.append(_asked(pair, pair.positive))
        leading.append(_asked(pair, pair.negative))
    return AskedPairs(tuple(positive), tuple(leading), left_out)


def _asked(pair: Pair, half: Question) -> Asked:
    return Asked(half.image, pair.kind, pair.category, half.text, half.shown, half.order.index(half.answer))
