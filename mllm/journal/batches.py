"""Batches in the journal: what was sent in them, before the server is told to work on it, and what has ended."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mllm.journal.statements import SEND
from mllm.journal.writer import GroupWriter, Statement
from mllm.request import Asked

_PAGE = 1_000
_BEGIN = "INSERT INTO batches (id, endpoint, model, sent, requests) VALUES (?, ?, ?, ?, ?)"
_LINE = "INSERT INTO batch_lines VALUES (?, ?, ?, ?, ?)"
_OPEN = """SELECT id, remote, sent, requests FROM batches WHERE endpoint = ? AND model = ? AND ended IS NULL
ORDER BY sent, id"""
_HELD = """SELECT attempts.id, key, step, about, coalesce(reserved, 0), form, prompt, completion
FROM batch_lines JOIN attempts ON attempts.id = batch_lines.attempt WHERE ended IS NULL"""
_OUT = "SELECT 1 FROM attempts JOIN batch_lines ON attempt = id WHERE key = ? AND ended IS NULL"
_FAILED = "SELECT count(*) FROM attempts JOIN batch_lines ON attempt = id WHERE key = ? AND ended <> 'received'"
_RECEIVED = "SELECT count(*) FROM attempts WHERE key = ? AND ended = 'received'"


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch that has not ended; ``remote`` is the server's name for it, None where it is not known yet."""

    id: str
    remote: str | None
    sent: float  # seconds since 1970
    requests: int


class HeldLine(NamedTuple):
    """A line of a batch that has no answer yet."""

    attempt: int
    key: str
    step: str
    about: str
    reserved: float  # USD
    form: str  # the mark of the form that the reply must fill in
    prompt: int  # tokens at most
    completion: int


class BatchBook:
    """The batches of a journal."""

    def __init__(self, read: sqlite3.Connection, writer: GroupWriter) -> None:
        self._read, self._writer = read, writer

    def open(self, endpoint: str, model: str) -> list[SentBatch]:
        """The batches of a model that have not ended, the oldest first."""
        return [SentBatch(*row) for row in self._read.execute(_OPEN, (endpoint, model))]

    def is_out(self, key: str) -> bool:
        """Whether a request is in a batch that has not answered it yet."""
        return self._read.execute(_OUT, (key,)).fetchone() is not None

    def held(self, batch: str, attempt: int) -> HeldLine | None:
        """A line of a batch; None where there is none, or it has its answer."""
        row = self._read.execute(f"{_HELD} AND batch = ? AND attempt = ?", (batch, attempt)).fetchone()
        return HeldLine(*row) if row else None

    def unheard(self, batch: str) -> Iterator[list[HeldLine]]:
        """The lines of a batch that have no answer, some at a time; each page must be ended before the next."""
        sql = f"{_HELD} AND batch = ? ORDER BY attempt LIMIT {_PAGE}"
        while page := [HeldLine(*row) for row in self._read.execute(sql, (batch,))]:
            yield page

    def failures(self, key: str) -> int:
        """How often a request was in a batch that brought no reply to it."""
        (times,) = self._read.execute(_FAILED, (key,)).fetchone()
        return int(times)

    def replies(self, key: str) -> int:
        """How often a request had a reply, usable or not."""
        (times,) = self._read.execute(_RECEIVED, (key,)).fetchone()
        return int(times)

    async def begin(self, batch: str, asked: Asked, lines: Sequence[HeldLine], *, sent: float) -> None:
        """Note that a batch is about to be created; it is on disk when this returns, all of it or nothing."""
        statements = [Statement(_BEGIN, (batch, asked.endpoint, asked.model, sent, len(lines)))]
        for line in lines:
            statements.append(Statement(SEND, (line.attempt, line.key, line.step, line.about, sent, line.reserved)))
            statements.append(Statement(_LINE, (line.attempt, batch, line.form, line.prompt, line.completion)))
        await self._writer.commit(*statements)

    async def created(self, batch: str, remote: str) -> None:
        """Note the server's name for a batch."""
        await self._writer.commit(Statement("UPDATE batches SET remote = ? WHERE id = ?", (remote, batch)))

    async def ended(self, batch: str, word: str) -> None:
        """Note how a batch ended; all its lines have been noted before."""
        await self._writer.commit(Statement("UPDATE batches SET ended = ? WHERE id = ?", (word, batch)))

    async def note(self, statements: Sequence[Statement]) -> None:
        """Note what became of some lines, as one; it is on disk when this returns."""
        await self._writer.commit(*statements)
