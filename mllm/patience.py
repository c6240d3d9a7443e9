"""When to try again, and when to stop trying: one request's tries, and the whole run's."""

import random
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from mllm.failure import Down, Failure, Lost, Throttled
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
        return max(failure.retry_after or 0.0, random.uniform(0.1, 1.0) * longest)


class Breaker:
    """Stops a run that only fails: so many failures, of as many requests sent last, and not one reply."""

    def __init__(self, most: int = 50) -> None:
        self._last: deque[bool] = deque(maxlen=most)

    def note(self, failure: Failure | None) -> None:
        """Take in how an attempt ended; None is a reply. Throttling is no failure.

        Raises:
            WorkFailed: All of the last attempts failed.
        """
        if isinstance(failure, Throttled):
            return
        self._last.append(failure is not None)
        if failure and len(self._last) == self._last.maxlen and all(self._last):
            raise WorkFailed(
                f"the model's server failed {len(self._last)} times in a row, last with: {failure.said}",
                fix="See to the server and run it again: what was received is kept.",
            )
