"""One fact, three false alternatives, and which part of the fact is put in question."""

from dataclasses import dataclass

from datagen.generators.rules.wordings import Wording, wording_of
from schemas.fact import Fact


@dataclass(frozen=True)
class Turn:
    """Another part of a fact than its value put in question: who does it, where else, what is there."""

    part: str
    truth: str
    wording: Wording


@dataclass(frozen=True)
class Contrast:
    """A true value and values that are surely false of the same subject in the same picture."""

    fact: Fact
    alternatives: tuple[str, ...]
    variant: int = 0  # of several contrasts of one fact
    turn: Turn | None = None

    @property
    def key(self) -> str:
        """What this contrast is about, within its image."""
        parts = (self.fact.slot, self.fact.subject, self.fact.other or "", str(self.variant))
        return "\x1f".join((*parts, self.turn.part) if self.turn else parts)

    @property
    def truth(self) -> str:
        """The value that is true."""
        if self.turn:
            return self.turn.truth
        return self.fact.subject if self.fact.slot in ("presence", "event") else self.fact.value

    @property
    def wording(self) -> Wording:
        """How it is put into words."""
        return self.turn.wording if self.turn else wording_of(self.fact)
