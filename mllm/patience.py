"""When to try again, and when to stop trying: one request's tries, and the whole run's."""

import random
import time
from dataclasses import dataclass
from typing import NamedTuple

from mllm.failure import Down, Failure, Lost, Throttled
from mllm.pace import MOST_PAUSE
from schemas.errors import WorkFailed


class Tries(NamedTuple):
    """How often one request is tried again after each kind of failure, and how long it waits in between.

    Each kind has a budget of its own: a server that throttles takes nothing from what a broken connection may take.
    """

    throttled: int = 20
    failed: int = 6
    repairs: int = 1
    first_wait: float = 0.5  # seconds; doubles, with full jitter
    longest_wait: float = 30.0


@dataclass
class Patience:
    """What is left of one request's tries."""

    tries: Tries
    throttled: int = 0
    failed: int = 0

    def wait(self, failure: Failure) -> float | None:
        """Seconds to wait before the next try; None when it is given up."""
        if isinstance(failure, Throttled):
            self.throttled += 1
            return None if self.throttled > self.tries.throttled else self._pause(self.throttled, failure)
        if isinstance(failure, Down | Lost):
            self.failed += 1
            return None if self.failed > self.tries.failed else self._pause(self.failed, failure)
        return None

    def _pause(self, times: int, failure: Failure) -> float:
        longest: float = min(self.tries.longest_wait, self.tries.first_wait * 2 ** float(min(times - 1, 16)))
        return min(MOST_PAUSE, max(failure.retry_after or 0.0, random.uniform(0.1, 1.0) * longest))


class Breaker:
    """Stops a run that comes to nothing: failures, or throttling, on and on, and not one reply in between.

    A burst of failures alone does not stop it, however many requests were out: it must also have lasted.
    """

    def __init__(self, most: int = 50, *, alone: int = 12, throttled: int = 500, seconds: float = 30.0) -> None:
        """How many failures in a row are too many, of requests that go alone too, once they have lasted so long."""
        self._most, self._most_alone, self._most_throttled = most, alone, throttled
        self._seconds = seconds
        self._failed = self._throttled = 0
        self._since: float | None = None

    def note(self, failure: Failure | None, *, alone: bool = False) -> None:
        """Take in how an attempt ended; None is a reply.

        Args:
            failure: Why it brought none.
            alone: Whether all others wait for this one.

        Raises:
            WorkFailed: Too many have failed in a row, for too long.
        """
        if failure is None:
            self._failed = self._throttled = 0
            self._since = None
            return
        throttled = isinstance(failure, Throttled)
        self._throttled += throttled
        self._failed += not throttled
        self._since = self._since or time.monotonic()
        most = self._most_alone if alone else self._most
        if time.monotonic() - self._since >= self._seconds and (
            self._failed >= most or self._throttled >= self._most_throttled
        ):
            times, what = (self._throttled, "throttled") if throttled else (self._failed, "failed")
            raise WorkFailed(
                f"the model's server {what} {times} times in a row, last with: {failure.said.rstrip('.')}",
                fix="See to the server and run it again: what was received is kept.",
            )
