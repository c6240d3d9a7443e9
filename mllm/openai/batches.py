"""The Batch API of OpenAI's public reference: files of requests, worked off within a day for half the price."""

import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any, Literal

import httpx2
import openai

from mllm.batch.server import Answer, Gone, RemoteBatch
from mllm.failure import Down, Failure, Lost, Rejected
from mllm.openai.faults import failure_of, failure_said
from mllm.openai.wire import reply_of
from mllm.reply import Reply

ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
MARK = "leadproof"  # the key of our mark in a batch's metadata
MOST_LINE = 16 * 2**20  # bytes; more is no reply's line
MOST_LISTED = 10_000  # batches of an account that are looked through
_NO_BATCHES = "This server may not know the Batch API: repeat the command without --batch."
_OTHERS = "Use the key of the account that sent it."


class OpenAIBatches:
    """A server's batches, by the official client."""

    def __init__(self, client: openai.AsyncOpenAI, key: str) -> None:
        self._client, self._key = client, key

    async def upload(self, path: Path, name: str) -> str:
        """Send a file of lines, a piece at a time; returns the server's name for it."""
        with path.open("rb") as file, self._failing():
            return (await self._client.files.create(file=(name, file), purpose="batch")).id

    async def create(self, file: str, mark: str) -> RemoteBatch:
        """Begin to work off a file."""
        with self._failing():
            made = await self._client.batches.create(
                input_file_id=file,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={MARK: mark},
                extra_headers={"Idempotency-Key": mark},
            )
            return _remote(made)

    async def retrieve(self, batch: str) -> RemoteBatch:
        """How a batch stands."""
        with self._failing(fix=_OTHERS):
            return _remote(await self._client.batches.retrieve(batch))

    async def newest(self) -> AsyncGenerator[RemoteBatch, None]:
        """All batches of the account, the newest first."""
        with self._failing():
            seen = 0
            async for one in self._client.batches.list(limit=100):
                yield _remote(one)
                seen += 1
                if seen >= MOST_LISTED:
                    return

    async def answers(self, file: str) -> AsyncGenerator[Answer, None]:
        """The lines of a file of outputs or errors, as they come.

        Raises:
            Gone: It is not there any more.
            Failure: It cannot be had, or broke off.
        """
        rest = b""
        with self._failing(absent=Gone):
            async with self._client.files.with_streaming_response.content(file) as response:
                async for piece in response.iter_bytes():
                    *lines, rest = (rest + piece).split(b"\n")
                    for line in lines:
                        if line.strip():
                            yield self._answer(line)
                    if len(rest) > MOST_LINE:
                        raise Rejected(f"a line of the file {file} is longer than {MOST_LINE:,} bytes")
        if rest.strip():
            answer = self._answer(rest)
            if not answer.name:
                raise Lost(f"the file {file} broke off within a line")
            yield answer

    def _answer(self, line: bytes) -> Answer:
        try:
            found = json.loads(line)
            name, response, error = found["custom_id"], found.get("response"), found.get("error")
            status = int(response["status_code"]) if response else 0
            if not isinstance(name, str):
                raise TypeError("the custom_id is no text")
            return Answer(name, _came(status, response["body"] if response else None, error, self._key))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Answer("", Lost("a line of the batch's file cannot be read"))

    @contextmanager
    def _failing(self, *, absent: type[Rejected] = Rejected, fix: str = _NO_BATCHES) -> Iterator[None]:
        """The client's exceptions as failures."""
        try:
            yield
        except openai.NotFoundError as error:
            raise absent(failure_of(error, self._key).said, fix=fix) from error
        except openai.OpenAIError as error:
            raise failure_of(error, self._key) from error
        except Failure:
            raise
        except (httpx2.HTTPError, OSError) as error:
            raise Lost(f"the connection broke ({type(error).__name__}: {error})") from error
        except Exception as error:
            raise Lost(f"the server's answer cannot be read ({type(error).__name__})") from error


def line_of(name: str, body: bytes) -> bytes:
    """A body as a line of a batch's file."""
    head = json.dumps({"custom_id": name, "method": "POST", "url": ENDPOINT})
    return b'%b, "body": %b}\n' % (head.removesuffix("}").encode(), body)


def _came(status: int, body: Any, error: Any, key: str) -> Reply | Failure:
    if status == 200:
        try:
            return reply_of(json.dumps(body).encode(), 0.0)
        except Lost as failure:
            return failure
    told = body.get("error") if isinstance(body, dict) else error
    told = told if isinstance(told, dict) else {}
    said = str(told.get("message") or told.get("code") or "no reason given")
    said = said.replace(key, "(key)") if len(key) > 4 else said
    if not status:  # the line was not worked off: expired or cancelled
        return Down(said)
    return failure_said(status, str(told.get("code") or ""), str(told.get("type") or ""), f"{status}: {said}")


def _remote(batch: Any) -> RemoteBatch:
    """A batch as the client shows it; servers beside OpenAI's leave things out."""
    counts, metadata = batch.request_counts, batch.metadata or {}
    faults = (batch.errors.data or []) if batch.errors else []
    said = [f"{one.message or one.code}{f' (line {one.line})' if one.line else ''}" for one in faults[:3]]
    return RemoteBatch(
        batch.id,
        metadata.get(MARK),
        batch.status,
        float(batch.created_at or inf),
        counts.completed if counts else 0,
        counts.failed if counts else 0,
        tuple(file for file in (batch.output_file_id, batch.error_file_id) if file),
        "; ".join(said),
    )
