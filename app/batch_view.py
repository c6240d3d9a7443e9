"""Showing what is out in batches: a line that changes on a terminal, a line for each change in a pipe."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console

from app.console import say
from mllm.batch import Out

_UNITS = (("day", 86_400), ("h", 3_600), ("min", 60))


@contextlib.contextmanager
def batch_progress() -> Iterator[Callable[[Out], None]]:
    """Shows how batches get on.

    Yields:
        How to tell what is out.
    """
    last = ""
    with contextlib.ExitStack() as stack:
        terminal = sys.stderr.isatty()
        status = stack.enter_context(Console(stderr=True).status("Looking at the batches")) if terminal else None

        def show(out: Out) -> None:
            nonlocal last
            line = f"{_batches(out)} out: {out.answered:,} of {out.requests:,} requests answered"
            if status:
                status.update(line)
            elif line != last:
                say(line)
            last = line

        yield show


def show_out(out: Out) -> None:
    """Say what is out, and how it is collected."""
    requests = f"{out.requests:,} {'request' if out.requests == 1 else 'requests'} ({out.answered:,} answered)"
    say(f"{_batches(out)} out with {requests}, the oldest sent {ago(out.oldest)}; repeat the command to collect.")
    if out.over_budget:
        say("More is to be asked than the budget has room for while these are out; what they leave of it is used then.")


def ago(seconds: float) -> str:
    """How long since, in the largest unit that fits."""
    for name, size in _UNITS:
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {name}{'s' if name == 'day' and number > 1 else ''} ago"
    return "just now"


def _batches(out: Out) -> str:
    return f"{out.batches:,} {'batch' if out.batches == 1 else 'batches'}"
