"""Draws that depend on what is asked and how often, never on the order of arrival."""

import random
from dataclasses import dataclass

from schemas.identity import seeded, seeded_share


@dataclass(frozen=True)
class Chance:
    """The draws of one request; each purpose has its own."""

    seed: int
    body: str  # its hash
    attempt: int

    def share(self, *purpose: str) -> float:
        """A number in [0, 1), uniform."""
        return seeded_share(self.seed, self.body, str(self.attempt), *purpose)

    def happens(self, rate: float, *purpose: str) -> bool:
        """Whether something of that rate happens."""
        return rate > 0 and self.share(*purpose) < rate

    def order(self, *purpose: str) -> random.Random:
        """A source of shuffles and choices."""
        return random.Random(seeded(self.seed, self.body, str(self.attempt), *purpose))

    def token(self, length: int, *purpose: str) -> str:
        """Hex digits that name something of this request."""
        number = self.order(*purpose).getrandbits(4 * length)
        return f"{number:0{length}x}"
