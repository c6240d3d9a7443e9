"""Asking by batches, round by round: collect what has ended, follow the chains, send what they ask next."""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import BaseModel

from mllm.asking import Asker
from mllm.batch.collecting import Collector
from mllm.batch.draft import drafts_in
from mllm.batch.following import Following
from mllm.batch.limits import Limits
from mllm.batch.out import Out
from mllm.batch.patiently import patiently
from mllm.batch.sending import Sender
from mllm.batch.server import BatchModel, BatchServer, RemoteBatch
from mllm.chains import Chain
from mllm.journal.batches import SentBatch
from schemas.errors import BadConfig, LeadproofError, WorkFailed

T = TypeVar("T")
FIRST_POLL = 1 / 64  # of the longest; doubles


def run_batches(
    make_chains: Callable[[], Iterable[Chain[T]]],
    asker: Asker,
    on_done: Callable[[T], None],
    *,
    forms: Iterable[type[BaseModel]],
    wait: bool,
    poll: float = 60.0,
    on_state: Callable[[Out], None] = lambda _: None,
    limits: Limits = Limits(),  # noqa: B008 - a tuple
) -> Out | None:
    """Follow chains to their end by batches, from outside an event loop; then the model is closed.

    Args:
        make_chains: Makes all chains anew, the same ones in the same order: each round follows them over the
            journal.
        asker: Whose journal, till and terms are used.
        on_done: Takes each result once, as chains end.
        forms: All forms that the chains' requests have.
        wait: Whether to stay until all have ended, however long that takes.
        poll: Seconds between looks at the batches, at most.
        on_state: Told what is out while waiting, after each look.
        limits: How large batches are.

    Returns:
        What is still out, None where all chains have ended.

    Raises:
        BadConfig: The model's server takes no batches.
        WorkFailed: A batch failed as a whole, or the server fails on and on.
    """

    async def main() -> Out | None:
        try:
            if not isinstance(asker.model, BatchModel):
                raise BadConfig("only the backend openai takes batches", where="--batch", fix="Leave --batch out.")
            rounds = _Rounds(asker, asker.model.batches(), asker.model, forms, limits, poll, on_state)
            return await rounds.run(make_chains, on_done, wait=wait)
        finally:
            await asker.model.close()

    try:
        return asyncio.run(main())
    except* LeadproofError as group:
        raise _first(group) from None


class _Rounds:
    def __init__(
        self,
        asker: Asker,
        server: BatchServer,
        model: BatchModel,
        forms: Iterable[type[BaseModel]],
        limits: Limits,
        poll: float,
        on_state: Callable[[Out], None],
    ) -> None:
        self._asker, self._server, self._poll, self._on_state = asker, server, poll, on_state
        self._sender = Sender(asker, server)
        self._collector = Collector(asker, server, self._sender, forms, limits)
        self._following = Following(asker, model, self._sender, self._collector, limits)

    async def run(
        self, make_chains: Callable[[], Iterable[Chain[T]]], on_done: Callable[[T], None], *, wait: bool
    ) -> Out | None:
        for path in drafts_in(self._asker.journal.path.parent):
            path.unlink(missing_ok=True)
        await self._sender.settle()
        await self._collect()
        while True:
            await self._following.follow(make_chains(), on_done)
            if not self._open():
                await self._following.follow(make_chains(), on_done, last=True)
                return None
            out = await self._look()
            if not wait:
                return out
            self._on_state(out)
            await self._wait()
            await self._collect()

    async def _collect(self) -> None:
        """Take in what has ended; an error of one batch stops the command after the others are taken in."""
        errors: list[WorkFailed] = []
        for batch in self._open():
            remote = await self._retrieve(batch)
            error = await self._collector.collect(batch, remote) if remote.ended else None
            errors += [error] if error else []
        if errors:
            raise errors[0]

    async def _wait(self) -> None:
        """Look at the batches until one has ended."""
        pause = self._poll * FIRST_POLL
        while True:
            await asyncio.sleep(pause)
            pause = min(self._poll, pause * 2)
            out = await self._look()
            self._on_state(out)
            if out.ended:
                return

    async def _look(self) -> Out:
        batches = self._open()
        seen = [await self._retrieve(batch) for batch in batches]
        return Out(
            batches=len(batches),
            ended=sum(one.ended for one in seen),
            requests=sum(batch.requests for batch in batches),
            answered=sum(one.completed + one.failed for one in seen),
            oldest=max((time.time() - batch.sent for batch in batches), default=0.0),
            over_budget=self._following.over_budget,
        )

    def _open(self) -> list[SentBatch]:
        return self._asker.journal.batches.open(self._asker.asked.endpoint, self._asker.asked.model)

    async def _retrieve(self, batch: SentBatch) -> RemoteBatch:
        name = batch.remote or ""
        return await patiently(
            lambda: self._server.retrieve(name), self._asker.terms.tries, what=f"looking at the batch {name}"
        )


def _first(group: BaseExceptionGroup[LeadproofError]) -> LeadproofError:
    found = group.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found
