"""Showing things: tables on a terminal, plain lines in a pipe, untrusted text always escaped."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from schemas.text import plain

_MOST_NAMED = 5


def out() -> Console:
    """Standard output; never wider than the terminal, 80 columns in a pipe."""
    width = 80 if os.environ.get("COLUMNS", "").strip() == "0" else None
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=width)


def say(line: str = "") -> None:
    """One line of our own words (untrusted parts made plain by the caller)."""
    out().print(Text(line))


def say_json(found: Any) -> None:
    """One JSON document, for machines."""
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A small table; numbers to the right, untrusted text escaped."""
    if title:
        out().print(Text(title, style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(columns))
    for position, column in enumerate(columns):
        numeric = all(isinstance(row[position], int | float) for row in rows) and bool(rows)
        table.add_column(Text(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    out().print(table)


def show_counts(title: str, counts: Mapping[str, int]) -> None:
    """Numbers by name, one a line."""
    show_table(title, ("", ""), [(name, number) for name, number in counts.items()])


def show_named(what: str, named: Sequence[str]) -> None:
    """How many there are of something, and the first few of them by name, untrusted text escaped; none is no line."""
    if not named:
        return
    say(f"{what}: {len(named):,}")
    for one in named[:_MOST_NAMED]:
        say(f"  {plain(one, limit=76)}")
    if len(named) > _MOST_NAMED:
        say(f"  and {len(named) - _MOST_NAMED:,} more (--json names them all)")


def _cell(value: object) -> Text:
    if isinstance(value, int) and not isinstance(value, bool):
        return Text(f"{value:,}")
    return Text(plain(str(value), limit=500))


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="dim")


@contextlib.contextmanager
def progress(what: str) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """A bar with rate and time left on a terminal, nothing in a pipe.

    Yields:
        How to tell the total, and how to tell that some more are done.
    """
    bar = Progress(
        TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(),
        console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda total: bar.update(task, total=total), lambda more: bar.advance(task, more)
