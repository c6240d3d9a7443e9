"""What was asked, what came back, what it cost."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from mllm.journal.batches import BatchBook
from mllm.journal.layout import connect
from mllm.journal.statements import SEND, kept_under, received, unanswered
from mllm.journal.writer import GroupWriter, Statement
from mllm.reply import Reply, Status
from mllm.request import Asked, Request

_FIND = "SELECT status, finish, text, detail FROM replies WHERE key = ?"
# What counts as spent: the price of replies, and what is held for those that never came.
_SPENT = """SELECT coalesce(sum(CASE WHEN ended = 'received' THEN usd WHEN ended IS NULL OR ended = 'lost' THEN reserved
ELSE 0 END), 0), coalesce(sum(CASE WHEN ended = 'received' THEN 0 WHEN ended IS NULL OR ended = 'lost' THEN reserved
ELSE 0 END), 0), coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0), count(*) FROM attempts"""


_MEANS = """SELECT count(*), coalesce(avg(prompt_tokens), 0), coalesce(avg(completion_tokens), 0)
FROM replies JOIN attempts ON attempts.id = replies.attempt
WHERE replies.step = ? AND endpoint = ? AND model = ? AND ended = 'received'"""
_SPENT_BY_STEP = "SELECT step, coalesce(sum(usd), 0) FROM attempts WHERE ended = 'received' GROUP BY step"


class Kept(NamedTuple):
    """What the journal keeps of a key: the outcome's status, and the reply."""

    status: Status
    finish: str
    text: str
    detail: str


class Means(NamedTuple):
    """What replies of a step have taken on average, and how many there were."""

    replies: int
    prompt_tokens: float
    completion_tokens: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request on its way."""

    number: int
    key: str


class Spending(NamedTuple):
    """All that a run folder's requests have cost: USD (with what is held for lost replies), tokens, attempts."""

    usd: float
    held: float
    prompt_tokens: int
    completion_tokens: int
    attempts: int


class Journal:
    """The journal of a run folder; its lock is the caller's to hold.

    Entries are written by one thread in groups. What is read has been committed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read = connect(path)
        self._writer_connection = connect(path)
        self._writer = GroupWriter(self._writer_connection)
        self.batches = BatchBook(self._read, self._writer)
        self._means: dict[tuple[str, str, str], Means] = {}
        self._last = int(self._read.execute("SELECT coalesce(max(id), 0) FROM attempts").fetchone()[0])

    def find(self, key: str) -> Kept | None:
        """The outcome kept under a key."""
        row = self._read.execute(_FIND, (key,)).fetchone()
        return Kept(*row) if row else None

    def spending(self) -> Spending:
        """What was spent until now."""
        self._writer.flush()
        return Spending(*self._read.execute(_SPENT).fetchone())

    def means(self, asked: Asked, step: str) -> Means:
        """What replies of a model to a step had taken when this was first asked."""
        about = (step, asked.endpoint, asked.model)
        if about not in self._means:
            self._means[about] = Means(*self._read.execute(_MEANS, about).fetchone())
        return self._means[about]

    def spent_by_step(self) -> dict[str, float]:
        """USD that replies have cost, by step."""
        return {step: float(usd) for step, usd in self._read.execute(_SPENT_BY_STEP)}

    def number(self) -> int:
        """The number of a new attempt."""
        self._last += 1
        return self._last

    async def sending(self, key: str, request: Request, *, reserved: float | None, durable: bool) -> Attempt:
        """Note that a request goes out; where ``durable``, it is on disk when this returns."""
        attempt = Attempt(self.number(), key)
        statement = Statement(SEND, (attempt.number, key, request.step, request.about, time.time(), reserved))
        if durable:
            await self._writer.commit(statement)
        else:
            self._writer.post(statement)
        return attempt

    def unanswered(self, attempt: Attempt, ended: str, said: str) -> None:
        """Note that no reply came: ``lost`` keeps what was reserved, any other word frees it."""
        self._writer.post(unanswered(attempt, ended, said))

    async def received(self, attempt: Attempt, reply: Reply, usd: float | None) -> None:
        """Note a reply that is paid for, but not to be kept: one that is repaired by another."""
        await self._writer.commit(received(attempt, reply, usd))

    async def keep(
        self, attempt: Attempt, asked: Asked, request: Request, reply: Reply, usd: float | None, kept: Kept
    ) -> None:
        """Note a reply and the outcome it brings, as one; both are on disk when this returns."""
        await self._writer.commit(received(attempt, reply, usd), kept_under(attempt, asked, request, kept))

    def dialect(self, endpoint: str, model: str) -> str | None:
        """What was found out of a server."""
        row = self._read.execute("SELECT dialect FROM servers WHERE endpoint = ? AND model = ?", (endpoint, model))
        found = row.fetchone()
        return str(found[0]) if found else None

    async def learn(self, endpoint: str, model: str, dialect: str) -> None:
        """Keep what was found out of a server."""
        await self._writer.commit(
            Statement("INSERT OR REPLACE INTO servers VALUES (?, ?, ?)", (endpoint, model, dialect))
        )

    def close(self) -> None:
        """Write what is left; nothing can be asked afterwards."""
        try:
            self._writer.close()
        finally:
            self._read.close()
            self._writer_connection.close()


def read_spending(path: Path) -> Spending | None:
    """What a journal says was spent, without writing to it; None where there is none."""
    if not path.is_file():
        return None
    database = connect(path)
    try:
        return Spending(*database.execute(_SPENT).fetchone())
    except sqlite3.Error:
        return None
    finally:
        database.close()
