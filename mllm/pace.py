"""How many requests go out at once: fewer after a 429, more again while all goes well.

Additive increase, multiplicative decrease (as in TCP's congestion avoidance, RFC 5681): a 429 halves the limit,
once for all requests that were out at the time; every full round of replies raises it by a sixteenth of the most.
"""

import asyncio
import contextlib
import time
from collections.abc import Mapping

MOST_PAUSE = 300.0  # seconds; a server that asks for longer is asked again after this


class Pace:
    """A limit on requests in flight that adapts, and pauses that the server asks for."""

    def __init__(self, most: int) -> None:
        self.most, self.limit = most, most
        self.halved = 0
        self.out, self._good = 0, 0
        self._not_before = 0.0
        self._last_cut = 0.0
        self._waiters: list[asyncio.Future[None]] = []
        self._end = asyncio.Event()

    async def enter(self) -> float:
        """Wait for a place; returns the moment at which it was taken, for :meth:`throttled`."""
        while not self._end.is_set():
            pause = self._not_before - time.monotonic()
            if pause > 0:
                await self.rest(pause)
            elif self.out < self.limit:
                break
            else:
                waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiters.append(waiter)
                await waiter
        self.out += 1
        return time.monotonic()

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until all is ended."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._end.wait(), seconds)

    def end(self) -> None:
        """Hold nobody back any more: the run has been stopped, and whoever enters will see that."""
        self._end.set()
        self._wake(len(self._waiters))

    def leave(self, *, good: bool) -> None:
        """Give the place back."""
        self.out -= 1
        if good and self.limit < self.most:
            self._good += 1
            if self._good >= self.limit:
                self._good = 0
                self.limit = min(self.most, self.limit + max(1, self.most // 16))
        self._wake(self.limit - self.out)

    def throttled(self, entered: float, retry_after: float | None) -> None:
        """A request that entered at that moment was told to come later."""
        if entered >= self._last_cut:
            self._last_cut = time.monotonic()
            self.limit = max(1, self.limit // 2)
            self._good = 0
            self.halved += 1
        if retry_after:
            self.pause(retry_after)

    def pause(self, seconds: float) -> None:
        """Let nothing out for so long."""
        self._not_before = max(self._not_before, time.monotonic() + min(seconds, MOST_PAUSE))

    def _wake(self, places: int) -> None:
        while places > 0 and self._waiters:
            waiter = self._waiters.pop(0)
            if not waiter.done():
                waiter.set_result(None)
                places -= 1


def asked_pause(headers: Mapping[str, str]) -> float:
    """Seconds until a server's window is over, where its rate-limit headers say that nothing is left in it."""
    spent = [kind for kind in ("requests", "tokens") if headers.get(f"x-ratelimit-remaining-{kind}") == "0"]
    return max((span(headers.get(f"x-ratelimit-reset-{kind}", "")) or 0.0 for kind in spent), default=0.0)


_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def span(text: str) -> float | None:
    """Seconds in a span such as ``6m0s``, ``20ms`` or ``1.5``; None where it is not one."""
    total, number, unit = 0.0, "", ""
    for character in text.strip() + " ":
        if character.isdigit() or character == ".":
            if unit:
                if unit not in _UNITS:
                    return None
                total, number, unit = total + _number(number) * _UNITS[unit], "", ""
            number += character
        elif character.isalpha() and number:
            unit += character
        elif character != " ":
            return None
    try:
        return total + _number(number) * _UNITS[unit or "s"] if number else None
    except KeyError:
        return None


def _number(text: str) -> float:
    """A number, 0 where it is none."""
    try:
        return float(text)
    except ValueError:
        return 0.0
