"""Calls that are no requests to the model: tried again, then given up with the server's words."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from mllm.failure import Failure, Rejected
from mllm.patience import Patience, Tries
from schemas.errors import WorkFailed

T = TypeVar("T")
REPEAT = "Repeat the command: batches that are out stay out, and what was received is kept."


async def patiently(call: Callable[[], Awaitable[T]], tries: Tries, *, what: str) -> T:
    """What a call gives, however often it has to be tried.

    Args:
        call: Made anew each time.
        tries: How often.
        what: What fails, for people: ``the upload of a batch``.

    Raises:
        WorkFailed: The server turns it down, or fails on and on.
    """
    patience = Patience(tries)
    while True:
        try:
            return await call()
        except Failure as failure:
            wait = patience.wait(failure)
            if wait is None:
                raise gave_up(failure, what) from failure
        await asyncio.sleep(wait)


def gave_up(failure: Failure, what: str) -> WorkFailed:
    """The error for a call that came to nothing."""
    fix = failure.fix if isinstance(failure, Rejected) else None
    return WorkFailed(f"{what} failed: {failure.said}", fix=fix or REPEAT)
