"""What a run of requests came to."""

from collections import Counter
from dataclasses import dataclass, field

from mllm.reply import Usage


@dataclass
class Tally:
    """Counts of one command; ``usd`` is None once a price was unknown."""

    requests: int = 0
    from_journal: int = 0
    asked: int = 0  # attempts that went out
    received: int = 0
    retried: int = 0
    ended: Counter[str] = field(default_factory=Counter)  # outcomes by status
    failures: Counter[str] = field(default_factory=Counter)  # attempts by kind of failure
    prompt_tokens: int = 0
    completion_tokens: int = 0
    unmeasured: int = 0  # replies without the server's count of tokens
    usd: float | None = 0.0

    @property
    def tokens(self) -> int:
        """Prompt and reply together."""
        return self.prompt_tokens + self.completion_tokens

    def count(self, usage: Usage, usd: float | None) -> None:
        """Count a reply."""
        self.received += 1
        self.unmeasured += not usage.measured
        self.prompt_tokens += usage.prompt
        self.completion_tokens += usage.completion
        self.usd = None if usd is None or self.usd is None else self.usd + usd

    def add(self, other: "Tally") -> None:
        """Count another one in."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.ended += other.ended
        self.failures += other.failures
        self.usd = None if self.usd is None or other.usd is None else self.usd + other.usd


_COUNTS = (
    "requests", "from_journal", "asked", "received", "retried", "prompt_tokens", "completion_tokens", "unmeasured",
)  # fmt: skip
