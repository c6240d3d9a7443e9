"""Chains of requests: what is asked next follows from the outcomes before, and from nothing else.

A chain is a generator: it yields requests, is sent their outcomes, and returns its result. Since it depends on
outcomes alone, a run that was broken off is taken up by following all chains again, over the journal.
"""

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from mllm.asking import Asker
from mllm.reply import Outcome
from mllm.request import Request
from schemas.errors import WorkFailed

T = TypeVar("T")
Chain = Generator[Sequence[Request], Sequence[Outcome], T]


class Interrupted(WorkFailed):
    """The user broke the run off; what was out has been received and kept."""


async def follow(chain: Chain[T], asker: Asker) -> T:
    """Ask what a chain asks, to its end."""
    try:
        requests = next(chain)
        while True:
            if len(requests) == 1:
                outcomes = [await asker.ask(requests[0])]
            else:
                outcomes = list(await asyncio.gather(*map(asker.ask, requests)))
            requests = chain.send(outcomes)
    except StopIteration as end:
        result: T = end.value
        return result


async def follow_all(chains: Iterable[Chain[T]], asker: Asker, on_done: Callable[[T], None]) -> None:
    """Follow chains, as many at once as requests may be out.

    Args:
        chains: Taken one by one as there is room.
        asker: Asks; once it is stopped no further chain is begun.
        on_done: Takes each result, in the order of their ends.
    """
    waiting = iter(chains)

    async def worker() -> None:
        for chain in waiting:
            result = await follow(chain, asker)
            if asker.stopped:
                return
            on_done(result)

    async with asyncio.TaskGroup() as group:
        for _ in range(asker.terms.concurrency):
            group.create_task(worker())


def run_chains(chains: Iterable[Chain[T]], asker: Asker, on_done: Callable[[T], None]) -> None:
    """Follow chains to their end, from outside an event loop; then the model is closed.

    Ctrl-C lets nothing new out and waits for what is; a second one leaves at once.

    Raises:
        WorkFailed: The server rejects all requests or fails on and on, or the user interrupted.
    """

    async def main() -> None:
        with _interruptible(asker):
            try:
                await follow_all(chains, asker, on_done)
            finally:
                await asker.settle()
                await asker.model.close()

    try:
        with _brisk_threads():
            asyncio.run(main())
    except* WorkFailed as group:
        raise group.exceptions[0] from None
    if isinstance(asker.stopped, Interrupted):
        raise KeyboardInterrupt
    if asker.stopped:
        raise asker.stopped


@contextmanager
def _brisk_threads() -> Iterator[None]:
    """Threads take turns every 0.3 ms instead of 5: the journal's must not wait so long for each of its statements."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0003)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@contextmanager
def _interruptible(asker: Asker) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def stop() -> None:
        loop.remove_signal_handler(signal.SIGINT)  # the next one ends the process as usual
        asker.stop(Interrupted("interrupted"))
        asker.on_interrupt(asker.out)

    loop.add_signal_handler(signal.SIGINT, stop)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
