"""Money: what a request may cost, what is set aside for it, what it did cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mllm.budget import Budget
from mllm.message import Message
from mllm.picture import Detail, Picture
from mllm.prices import Tariff
from mllm.reply import Reply, Usage
from mllm.request import Request
from mllm.tally import Tally
from mllm.tokens import request_tokens


class Bound(NamedTuple):
    """The most that a request takes: prompt tokens, reply tokens, and USD (0 where the price is unknown)."""

    prompt: int
    completion: int
    usd: float
    factors: tuple[float, float] = (1.0, 1.0)  # by which a server was known to exceed prompt and reply


@dataclass
class Till:
    """Keeps a command's accounts: reserves before a request goes out, counts when its reply has come."""

    tariff: Tariff
    detail: Detail = "auto"
    budget: Budget = field(default_factory=lambda: Budget(None))
    tally: Tally = field(default_factory=Tally)
    _overrun: float = 1.0  # how far a server's count of prompt tokens has exceeded our bound
    _longer: float = 1.0  # how far a reply has exceeded max_tokens

    @property
    def capped(self) -> bool:
        """Whether there is a limit."""
        return self.budget.limit is not None

    def bound(self, request: Request, pictures: Mapping[str, Picture], further: Sequence[Message] = ()) -> Bound:
        """What a request, with turns added to it, takes at most."""
        sizes = [(pictures[part.ref].width, pictures[part.ref].height) for part in request.images]
        prompt = request_tokens(request, sizes, self.detail, self.tariff.images).most
        prompt += sum(len(one.text.encode("utf-8", "replace")) for one in further)
        usd = self.tariff.usd(round(prompt * self._overrun), round(request.max_tokens * self._longer))
        return Bound(prompt, request.max_tokens, usd or 0.0, (self._overrun, self._longer))

    def holds(self, bound: Bound) -> bool:
        """Whether a bound is still the most that a request takes, by all that has been seen since."""
        return bound.factors == (self._overrun, self._longer)

    async def reserve(self, bound: Bound) -> bool:
        """Set aside what a request may cost; False if it no longer fits."""
        return await self.budget.reserve(bound.usd)

    def release(self, bound: Bound, *, lost: bool = False) -> None:
        """No reply came; one that was lost may have been charged, so what is set aside counts as spent."""
        self.budget.settle(bound.usd, bound.usd if lost else 0.0)

    def charge(self, bound: Bound, reply: Reply) -> tuple[Usage, float | None]:
        """Count a reply; one whose tokens nobody has counted is taken at its bound, unless it is free.

        Returns:
            The usage that is counted, and USD, None where the price is unknown.
        """
        measured = reply.usage.measured
        free = self.tariff.usd(bound.prompt, bound.completion) == 0
        usage = reply.usage if measured or free else Usage(bound.prompt, bound.completion, measured=False)
        cost = self.tariff.usd(usage.prompt, usage.completion)
        self.budget.settle(bound.usd, cost or 0.0)
        self._overrun = max(self._overrun, usage.prompt / max(1, bound.prompt))
        self._longer = max(self._longer, usage.completion / max(1, bound.completion))
        self.tally.count(usage, cost)
        return usage, cost
