"""What a generator is given of one image, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from schemas.config import GenerateSettings
from schemas.fact import Fact
from schemas.pair import Pair


@dataclass(frozen=True)
class SeenBox:
    """A labelled box; sides and corner as fractions of the image's width and height."""

    label: str
    left: float
    top: float
    width: float
    height: float
    pixels: float
    crowd: bool

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def share(self) -> float:
        """The part of the image it covers, 0 to 1."""
        return self.width * self.height


@dataclass(frozen=True)
class Evidence:
    """All that is known of one image."""

    image: str
    captions: tuple[str, ...] = ()
    boxes: tuple[SeenBox, ...] = ()
    facts: tuple[Fact, ...] = ()
    boxed: bool = False  # whether boxes were given for this image, even if it has none


@dataclass(frozen=True)
class Made:
    """What came of one image."""

    pairs: tuple[Pair, ...] = ()
    facts: tuple[Fact, ...] = ()
    refused: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (category, reason): times


class Generator(Protocol):
    """Makes pairs from one image's evidence, by itself: the result depends on nothing else."""

    name: str

    def __call__(self, evidence: Evidence, settings: GenerateSettings, *, seed: int) -> Made:
        """Pairs of one image."""
