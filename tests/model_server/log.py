"""What was asked, what was sent, and what it came to."""

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal


@dataclass(frozen=True)
class Entry:
    """One request, or one line of a batch.

    ``status`` is 0 where no header went out. ``whole`` says that a reply's last byte was handed to the network;
    a completion that was not is *lost*: it was worked out, and a real service would charge for it.
    """

    time: float  # arrival, seconds since 1970
    seconds: float  # from arrival until it was sent
    method: str
    path: str
    via: Literal["live", "batch"]
    number: int  # of chat requests or batch lines, from 1; 0 for others
    body_sha256: str
    attempt: int  # how often this body was asked, this time included; 0 where not counted
    idempotency_key: str | None = None
    model: str = ""
    task: str = ""
    image: str | None = None
    status: int = 0
    fault: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0
    finish_reason: str | None = None
    whole: bool = True

    @property
    def completion(self) -> bool:
        """Whether a completion was worked out: it has a usage."""
        return self.prompt_tokens > 0


@dataclass(frozen=True)
class Spent:
    """Usage of some completions."""

    completions: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0


@dataclass(frozen=True)
class Counts:
    """Totals of a log; requests are those for completions, ``lines`` those of batches."""

    requests: int
    lines: int
    sent: Spent  # live completions whose reply was sent whole
    lost: Spent  # live completions that were cut or whose client had gone
    batch: Spent
    statuses: dict[int, int] = field(default_factory=dict)  # of live requests
    faults: dict[str, int] = field(default_factory=dict)
    tasks: dict[str, int] = field(default_factory=dict)
    at_once: int = 0  # the most live requests under way at one time


class Log:
    """Entries in order of their sending; safe to read from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._under_way = 0
        self._at_once = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All so far."""
        with self._lock:
            return tuple(self._entries)

    def add(self, entry: Entry) -> None:
        """One more."""
        with self._lock:
            self._entries.append(entry)

    @contextlib.contextmanager
    def sending(self, entry: Entry) -> Iterator[None]:
        """Enter a reply as sent whole just before it is, and take that back if sending fails.

        So whoever holds a reply finds it in the log.
        """
        with self._lock:
            self._entries.append(entry)
        try:
            yield
        except BaseException:
            with self._lock:
                place = next((at for at, one in enumerate(self._entries) if one is entry), None)
                if place is not None:
                    self._entries[place] = replace(entry, whole=False, seconds=time.time() - entry.time)
            raise

    @contextlib.contextmanager
    def under_way(self) -> Iterator[int]:
        """Count a live request as under way; gives how many are, this one included."""
        with self._lock:
            self._under_way += 1
            self._at_once = max(self._at_once, self._under_way)
            now = self._under_way
        try:
            yield now
        finally:
            with self._lock:
                self._under_way -= 1

    def clear(self) -> None:
        """Forget all entries."""
        with self._lock:
            self._entries.clear()
            self._at_once = self._under_way

    def counts(self) -> Counts:
        """The totals so far."""
        entries = [entry for entry in self.entries if entry.number]
        live = [entry for entry in entries if entry.via == "live"]
        return Counts(
            requests=len(live),
            lines=len(entries) - len(live),
            sent=_spent(entry for entry in live if entry.whole),
            lost=_spent(entry for entry in live if not entry.whole),
            batch=_spent(entry for entry in entries if entry.via == "batch"),
            statuses=dict(Counter(entry.status for entry in live)),
            faults=dict(Counter(entry.fault for entry in entries if entry.fault)),
            tasks=dict(Counter(entry.task for entry in entries if entry.task)),
            at_once=self._at_once,
        )


def _spent(entries: Iterator[Entry]) -> Spent:
    completions = [entry for entry in entries if entry.completion]
    return Spent(
        len(completions),
        sum(entry.prompt_tokens for entry in completions),
        sum(entry.completion_tokens for entry in completions),
        sum(entry.usd for entry in completions),
    )
