"""Requests that wait at the same time are worked on together, in one thread."""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")
QUIET = 0.02  # seconds without a newcomer after which a batch begins though it is not full


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[In, Out]):
    item: In
    kind: Hashable
    done: "asyncio.Future[Out]"


class Batcher(Generic[In, Out]):
    """Hands items to a worker in batches, first come, first served.

    Args:
        work: What the thread does: as many results as items, an exception as the result of an item that fails.
        most: Items of a batch.
        kind: Items of one batch are of one kind.
        quiet: Seconds to wait for newcomers while a batch is not full.
    """

    def __init__(
        self,
        work: Callable[[Sequence[In]], Sequence[Out | Exception]],
        *,
        most: int,
        kind: Callable[[In], Hashable] = lambda item: None,
        quiet: float = QUIET,
    ) -> None:
        self._work, self._most, self._kind, self._quiet = work, max(1, most), kind, quiet
        self._waiting: deque[_Waiting[In, Out]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="model")
        self._drain: asyncio.Task[None] | None = None
        self._came = asyncio.Event()

    async def do(self, item: In) -> Out:
        """The result of one item.

        Raises:
            Exception: What the worker gave as its result, or raised for its batch.
        """
        one: _Waiting[In, Out] = _Waiting(item, self._kind(item), asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        self._came.set()
        if self._drain is None or self._drain.done():
            self._drain = asyncio.create_task(self._work_off())
        return await one.done

    async def close(self) -> None:
        """Let go of the thread once it has ended what was asked of it."""
        if self._drain:
            await asyncio.gather(self._drain, return_exceptions=True)
        self._thread.shutdown()

    async def _work_off(self) -> None:
        while self._waiting:
            await self._gather()
            batch = self._taken()
            if not batch:
                continue
            items = [one.item for one in batch]
            try:
                results = await asyncio.get_running_loop().run_in_executor(self._thread, self._work, items)
            except Exception as error:  # noqa: BLE001 - whoever waits is told
                results = [error] * len(batch)
            for one, result in zip(batch, results, strict=True):
                if one.done.done():
                    continue
                if isinstance(result, Exception):
                    one.done.set_exception(result)
                else:
                    one.done.set_result(result)

    async def _gather(self) -> None:
        while len(self._waiting) < self._most:
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), self._quiet)
            except TimeoutError:
                return

    def _taken(self) -> list[_Waiting[In, Out]]:
        """The next batch: the one that waits longest and others of its kind; who has given up is left out."""
        waiting = [one for one in self._waiting if not one.done.done()]
        batch = [one for one in waiting if one.kind == waiting[0].kind][: self._most]
        taken = {id(one) for one in batch}
        self._waiting = deque(one for one in waiting if id(one) not in taken)
        return batch
