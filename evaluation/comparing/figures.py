"""What a comparison finds: ``first`` is before, ``second`` after, and a difference is after less before."""

from dataclasses import asdict, dataclass
from typing import Any

ALPHA = 0.05


@dataclass(frozen=True)
class Difference:
    """A rate of two evaluations over the same pairs or questions.

    ``count`` is how many it is over; rates are fractions of 1, None where undefined. ``p`` is two-sided, of the
    permutation test by image; ``mcnemar`` of McNemar's exact test, which takes pairs for independent; ``holm`` is
    ``p`` adjusted for all categories. Each is None where there is no such test.
    """

    name: str
    count: int
    first: float | None
    second: float | None
    p: float | None
    mcnemar: float | None = None
    holm: float | None = None

    @property
    def difference(self) -> float | None:
        """After less before, in [-1, 1]."""
        return None if self.first is None or self.second is None else self.second - self.first

    @property
    def fell(self) -> bool:
        """Whether it fell by more than chance does, at a level of 5 %."""
        return self.difference is not None and self.difference < 0 and self.p is not None and self.p < ALPHA

    def to_json(self) -> dict[str, Any]:
        """The figures under the names that machines read."""
        return {**asdict(self), "difference": self.difference}


@dataclass(frozen=True)
class Flips:
    """Pairs that only one of the two has right, by id."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What these pairs can show of RA, at a level of 5 % and a power of 80 %.

    ``needed`` pairs would show a difference of 5 points; None where the two disagree on fewer pairs than would make
    one. ``least`` is the smallest difference that the pairs at hand show, None where they show none.
    ``design_effect`` is what it costs that pairs share images.
    """

    discordance: float
    design_effect: float
    needed: int | None
    least: float | None
