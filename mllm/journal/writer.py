"""Group commit: one thread writes, and commits at once all that has come in meanwhile.

One commit a reply is some 300 a second on common disks; many replies a commit are tens of thousands.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Sequence
from typing import Any, NamedTuple

from schemas.errors import WorkFailed

MOST_AT_ONCE = 512


class Statement(NamedTuple):
    """One SQL statement and its values."""

    sql: str
    values: tuple[Any, ...]


class _Entry(NamedTuple):
    statements: Sequence[Statement]
    waiter: "asyncio.Future[None] | None"
    written: threading.Event | None = None


class GroupWriter:
    """Writes in the order of the calls; whoever waits goes on when its entry is on disk."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._broken: WorkFailed | None = None
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def post(self, *statements: Statement) -> None:
        """Write soon, without waiting."""
        self._queue.put(_Entry(statements, None))

    async def commit(self, *statements: Statement) -> None:
        """Write, and return when it is durable.

        Raises:
            WorkFailed: The disk would not take it.
        """
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put(_Entry(statements, waiter))
        await waiter

    def flush(self) -> None:
        """Wait until all that was posted is written."""
        written = threading.Event()
        self._queue.put(_Entry((), None, written))
        written.wait()

    def close(self) -> None:
        """Write what is left and stop.

        Raises:
            WorkFailed: Something could not be written.
        """
        self._queue.put(None)
        self._thread.join()
        if self._broken:
            raise self._broken

    def _work(self) -> None:
        closing = False
        while not closing:
            entries: list[_Entry] = []
            first: _Entry | None = self._queue.get()
            while first is not None:
                entries.append(first)
                if len(entries) >= MOST_AT_ONCE or self._queue.empty():
                    break
                first = self._queue.get()
            closing = first is None
            if entries:
                self._broken = self._broken or self._write(entries)
                _release([one.waiter for one in entries if one.waiter], self._broken)
                for one in entries:
                    if one.written:
                        one.written.set()

    def _write(self, entries: list[_Entry]) -> WorkFailed | None:
        try:
            self._database.execute("BEGIN IMMEDIATE")
            for entry in entries:
                for sql, values in entry.statements:
                    self._database.execute(sql, values)
            self._database.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            return WorkFailed(f"the journal cannot be written ({error})", fix="Make room on the disk and run it again.")
        return None


def _release(waiters: "list[asyncio.Future[None]]", error: WorkFailed | None) -> None:
    if not waiters:
        return

    def settle() -> None:
        for one in waiters:
            if not one.done():
                if error:
                    one.set_exception(error)
                else:
                    one.set_result(None)

    loop = waiters[0].get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(settle)
