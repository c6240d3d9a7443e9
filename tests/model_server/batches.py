"""Batches: many requests in a file, worked off in the background, with outputs and errors in files."""

import asyncio
import hashlib
import itertools
import json
import math
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.identity import seeded
from tests.model_server.batch_lines import Line, errors_of, read_lines
from tests.model_server.config import Config
from tests.model_server.files import Files
from tests.model_server.refused import Refused

ENDPOINT = "/v1/chat/completions"
FINAL = ("completed", "failed", "expired", "cancelled")
EXPIRED = "This request could not be executed before the completion window expired."
Row = dict[str, Any]
Answer = Callable[[Row, str, int], Awaitable[tuple[int, Row]]]  # body, its hash, place: status, body


@dataclass
class Batch:
    """One batch; times are kept by status."""

    id: str
    input_file_id: str
    metadata: Row | None
    status: str = "validating"
    times: dict[str, int] = field(default_factory=dict)
    total: int = 0
    outputs: list[Row] = field(default_factory=list)
    failures: list[Row] = field(default_factory=list)
    output_file_id: str | None = None
    error_file_id: str | None = None
    errors: list[Row] = field(default_factory=list)

    def become(self, status: str) -> None:
        """Enter a status."""
        self.status = status
        self.times[status] = int(time.time())

    def shown(self) -> Row:
        """The batch in the protocol's shape."""
        created = self.times["validating"]
        moments = ("in_progress", "finalizing", "completed", "failed", "expired", "cancelling", "cancelled")
        usages = [row["response"]["body"]["usage"] for row in self.outputs]
        spent = {key: sum(usage[key] for usage in usages) for key in ("prompt_tokens", "completion_tokens")}
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": ENDPOINT,
            "completion_window": "24h",
            "created_at": created,
            "expires_at": created + 86_400,
            "input_file_id": self.input_file_id,
            "status": self.status,
            "metadata": self.metadata,
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "output_file_id": self.output_file_id,
            "error_file_id": self.error_file_id,
            "request_counts": {
                "total": self.total, "completed": len(self.outputs), "failed": len(self.failures),
            },
            "usage": {
                "input_tokens": spent["prompt_tokens"],
                "input_tokens_details": {"cached_tokens": 0},
                "output_tokens": spent["completion_tokens"],
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": sum(spent.values()),
            },
            **{f"{status}_at": self.times.get(status) for status in moments},
        }  # fmt: skip


class Batches:
    """All batches by id; each is worked off in a task of the server's loop."""

    def __init__(self, files: Files, answer: Answer, config: Callable[[], Config]) -> None:
        self._files, self._answer, self._config = files, answer, config
        self._batches: dict[str, Batch] = {}
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def create(self, asked: Mapping[str, Any]) -> Batch:
        """Take a batch on.

        Raises:
            Refused: Its file, endpoint or window is not one the server takes.
        """
        if asked.get("endpoint") != ENDPOINT:
            raise Refused(400, f"Invalid value: '{asked.get('endpoint')}'.", param="endpoint")
        if asked.get("completion_window") != "24h":
            raise Refused(400, "Invalid value for 'completion_window': only '24h' is.", param="completion_window")
        held = self._files.get(str(asked.get("input_file_id")))
        if held.purpose != "batch":
            raise Refused(400, f"File '{held.id}' has purpose '{held.purpose}', not 'batch'.", param="input_file_id")
        batch = Batch(f"batch_{next(self._numbers):024d}", held.id, asked.get("metadata"))
        batch.become("validating")
        self._batches[batch.id] = batch
        task = asyncio.create_task(self._work_off(batch, held.content))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return batch

    def get(self, batch_id: str) -> Batch:
        """A batch.

        Raises:
            Refused: There is none of that id.
        """
        if batch_id not in self._batches:
            raise Refused(404, f"No batch found with id '{batch_id}'.", param="batch_id")
        return self._batches[batch_id]

    def cancel(self, batch_id: str) -> Batch:
        """Stop a batch; what is done stays done.

        Raises:
            Refused: There is none of that id, or it has ended.
        """
        batch = self.get(batch_id)
        if batch.status in FINAL:
            raise Refused(409, f"Cannot cancel a batch with status '{batch.status}'.")
        batch.become("cancelling")
        return batch

    def all(self) -> list[Batch]:
        """All batches, the newest first."""
        return list(reversed(self._batches.values()))

    async def stop(self) -> None:
        """Drop what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work_off(self, batch: Batch, content: bytes) -> None:
        told = self._config().batching
        await asyncio.sleep(told.seconds_per_state)
        lines = read_lines(content)
        batch.errors = errors_of(lines, ENDPOINT)
        if told.fails_with:
            batch.errors = [{"code": "batch_failed", "line": None, "message": told.fails_with, "param": None}]
        if batch.errors:
            batch.become("failed")
            return
        batch.total = len(lines)
        if batch.status != "cancelling":
            batch.become("in_progress")
        most = batch.total if told.expires_after is None else math.floor(told.expires_after * batch.total)
        for place, line in enumerate(lines[:most], 1):
            await asyncio.sleep(told.seconds_per_line)
            if batch.status == "cancelling":
                break
            await self._do(batch, line, place)
        await asyncio.sleep(told.seconds_per_state)
        await self._close(batch, lines[most:])

    async def _do(self, batch: Batch, line: Line, place: int) -> None:
        body = line.body or {}
        sha = hashlib.sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
        status, reply = await self._answer(body, sha, place)
        response = {"status_code": status, "request_id": f"req_{batch.id[-6:]}{place:06d}", "body": reply}
        row = {"id": _row_id(batch, line), "custom_id": line.custom_id, "response": response, "error": None}
        (batch.outputs if status == 200 else batch.failures).append(row)

    async def _close(self, batch: Batch, undone: list[Line]) -> None:
        told = self._config().batching
        cancelled, expired = batch.status == "cancelling", told.expires_after is not None
        if not cancelled and not expired:
            batch.become("finalizing")
            await asyncio.sleep(told.seconds_per_state)
        if expired and not cancelled:
            error = {"code": "batch_expired", "message": EXPIRED}
            batch.failures += [
                {"id": _row_id(batch, line), "custom_id": line.custom_id, "response": None, "error": error}
                for line in undone
            ]
        if told.shuffled:
            random.Random(seeded(self._config().seed, "batch", batch.id)).shuffle(batch.outputs)
        batch.output_file_id = self._write(batch, "output", batch.outputs)
        batch.error_file_id = self._write(batch, "error", batch.failures)
        batch.become("cancelled" if cancelled else "expired" if expired else "completed")

    def _write(self, batch: Batch, what: str, rows: list[Row]) -> str | None:
        if not rows:
            return None
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        return self._files.add(f"{batch.id}_{what}.jsonl", "batch_output", content).id


def _row_id(batch: Batch, line: Line) -> str:
    return f"batch_req_{seeded(0, batch.id, str(line.custom_id)):016x}"
