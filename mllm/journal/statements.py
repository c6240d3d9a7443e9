"""What is written of replies, live ones and those of batches."""

from typing import TYPE_CHECKING

from mllm.journal.writer import Statement
from mllm.reply import Reply
from mllm.request import Asked, Request

if TYPE_CHECKING:
    from mllm.journal.journal import Attempt, Kept

SEND = "INSERT INTO attempts (id, key, step, about, sent, reserved) VALUES (?, ?, ?, ?, ?, ?)"
_END = """UPDATE attempts SET ended = ?, prompt_tokens = ?, completion_tokens = ?, usd = ?, latency = ?, said = ?
WHERE id = ?"""
_KEEP = """INSERT INTO replies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
status = excluded.status, finish = excluded.finish, text = excluded.text, detail = excluded.detail,
attempt = excluded.attempt WHERE replies.status <> 'ok'"""


def received(attempt: "Attempt", reply: Reply, usd: float | None) -> Statement:
    """A reply that is paid for."""
    usage = reply.usage
    return Statement(_END, ("received", usage.prompt, usage.completion, usd, reply.latency, None, attempt.number))


def unanswered(attempt: "Attempt", ended: str, said: str) -> Statement:
    """No reply came: ``lost`` keeps what was reserved, any other word frees it."""
    return Statement(_END, (ended, None, None, None, None, said, attempt.number))


def kept_under(attempt: "Attempt", asked: Asked, request: Request, kept: "Kept") -> Statement:
    """The outcome of a key; the first one in the form stays."""
    about = (attempt.key, request.step, request.about, asked.endpoint, asked.model)
    return Statement(_KEEP, (*about, *kept, attempt.number))
