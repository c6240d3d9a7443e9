"""A rate limiter with the headers that OpenAI's has: token buckets for requests and for prompt tokens."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.model_server.config import Limits

_UNLIMITED_REQUESTS, _UNLIMITED_TOKENS = 10_000, 10_000_000  # what the headers say where nothing is limited


class Bucket:
    """Fills at a rate up to its size; each request takes out what it costs."""

    def __init__(self, rate: float, size: float, clock: Callable[[], float]) -> None:
        self.rate, self.size, self._clock = rate, size, clock
        self._level, self._at = size, clock()

    def level(self) -> float:
        """What is in it now."""
        now = self._clock()
        self._level = min(self.size, self._level + (now - self._at) * self.rate)
        self._at = now
        return self._level

    def take(self, cost: float) -> float:
        """Take that much out and give 0, or, where there is too little, the seconds until there is enough."""
        cost = min(cost, self.size)
        lacking = cost - self.level()
        if lacking > 1e-9:
            return lacking / self.rate
        self._level -= cost
        return 0.0


@dataclass(frozen=True)
class Verdict:
    """Whether a request may pass; ``wait`` is in seconds, and ``what`` names the limit that it ran into."""

    headers: dict[str, str]
    wait: float = 0.0
    what: str = ""


class Limiter:
    """The limits of one configuration."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        per_minute = limits.tokens_per_minute
        self._requests = Bucket(limits.requests_per_second, limits.burst, clock) if limits.requests_per_second else None
        self._tokens = Bucket(per_minute / 60, per_minute, clock) if per_minute else None

    def admit(self, tokens: int, under_way: int) -> Verdict:
        """Whether a request of so many prompt tokens may pass, as one of so many under way."""
        wait, what = 0.0, ""
        if self.limits.max_concurrent and under_way > self.limits.max_concurrent:
            wait, what = 0.1, "concurrent requests"
        elif self._requests and (wait := self._requests.take(1)):
            what = "requests per second"
        elif self._tokens and (wait := self._tokens.take(tokens)):
            what = "tokens per min"
        headers = {
            **_headers("requests", self._requests, _UNLIMITED_REQUESTS),
            **_headers("tokens", self._tokens, _UNLIMITED_TOKENS),
        }
        if what and self.limits.retry_after:
            headers["Retry-After-Ms"] = str(math.ceil(wait * 1000))
            headers["Retry-After"] = str(math.ceil(wait))
        return Verdict(headers, wait, what)


def spoken(seconds: float) -> str:
    """Seconds as the reset headers write them: ``20ms``, ``1s``, ``6m0s``."""
    if seconds < 1:
        return f"{math.ceil(seconds * 1000)}ms"
    whole, rest = divmod(seconds, 60)
    minutes = int(whole)
    tail = f"{round(rest, 3):g}s"
    if minutes >= 60:
        return f"{minutes // 60}h{minutes % 60}m{tail}"
    return f"{minutes}m{tail}" if minutes else tail


def _headers(what: str, bucket: Bucket | None, unlimited: int) -> dict[str, str]:
    limit = bucket.size if bucket else float(unlimited)
    level = bucket.level() if bucket else limit
    rate = bucket.rate if bucket else limit
    return {
        f"x-ratelimit-limit-{what}": f"{limit:.0f}",
        f"x-ratelimit-remaining-{what}": f"{math.floor(level):d}",
        f"x-ratelimit-reset-{what}": spoken((limit - level) / rate),
    }
