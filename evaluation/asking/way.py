"""How a benchmark is asked: everything that is not the model itself."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

By = Literal["generation", "likelihood"]
Over = Literal["letters", "text"]


@dataclass(frozen=True)
class Way:
    """How questions are asked and what is measured beside the answers.

    ``limit`` takes so many pairs, seeded, the same for every model. ``internals`` and ``efficiency`` are measured in
    local models alone.
    """

    strategy: str = "plain"
    by: By = "generation"
    over: Over = "letters"
    circular: bool = False
    blind: bool = False
    push_back: bool = False
    internals: bool = False
    efficiency: bool = False
    max_tokens: int = 512
    limit: int | None = None
    seed: int = 0

    @property
    def unusual(self) -> list[str]:
        """What sets it apart from asking plainly, in few words; measurements beside the answers do not."""
        said = [] if self.strategy == "plain" else [self.strategy]
        if self.by == "likelihood":
            said.append("likelihood" if self.over == "letters" else "likelihood of texts")
        return [*said, *(["blind"] if self.blind else []), *([f"{self.limit} pairs"] if self.limit else [])]

    def config(self) -> dict[str, Any]:
        """Everything that decides the evaluation, for its manifest."""
        return {**asdict(self), "unusual": self.unusual}
