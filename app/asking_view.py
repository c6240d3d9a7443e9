"""Showing how asking a model goes: a bar with pairs a second and USD, and a table at the end."""

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.console import show_table
from mllm.tally import Tally


@contextlib.contextmanager
def asking_progress(
    what: str, *, made: str = "pairs"
) -> Iterator[tuple[Callable[[int], None], Callable[[int, int, float | None], None]]]:
    """A bar on a terminal, nothing in a pipe.

    Yields:
        How to tell how many there are, and how to tell how many are done, things made of them and USD spent so far.
    """
    bar = Progress(
        TextColumn(what), BarColumn(bar_width=12), MofNCompleteColumn(), TextColumn("{task.fields[said]}", style="dim"),
        TimeRemainingColumn(), console=Console(stderr=True), disable=not Console(stderr=True).is_terminal,
        transient=True,
    )  # fmt: skip
    began = time.monotonic()
    with bar:
        task = bar.add_task(what, total=None, said="")

        def update(done: int, things: int, spent: float | None) -> None:
            total = bar.tasks[0].total
            rate = f"{things / max(time.monotonic() - began, 1e-3):,.1f} {made}/s"
            money = "" if spent is None else f", {usd(spent)}"
            if spent and total and done:
                money += f", {usd(spent / done * total)} in all"
            bar.update(task, completed=done, said=rate + money)

        yield lambda total: bar.update(task, total=total), update


def waiting_for(out: int) -> None:
    """Said on the first Ctrl-C."""
    err = Console(stderr=True)
    if out:
        err.print(f"Waiting for {out:,} replies that are paid for; Ctrl-C again leaves at once.", highlight=False)


def usd(amount: float | None) -> str:
    """An amount in USD; fractions of a cent are shown where there is nothing more."""
    if amount is None:
        return "unknown (no price)"
    return f"${amount:,.2f}" if amount >= 1 or amount == 0 else f"${amount:,.4f}"


def show_tally(tally: Tally, *, spent: float, held: float, declined: int | None = None) -> None:
    """What was asked, what came back, and what it cost."""
    rows: list[tuple[str, object]] = [
        ("requests", tally.requests),
        ("from the journal", tally.from_journal),
        ("sent", tally.asked),
        ("retried", tally.retried),
        *((f"  {name}", times) for name, times in sorted(tally.failures.items())),
        ("malformed", tally.ended["malformed"]),
        ("refused", tally.ended["refused"]),
        ("no reply", tally.ended["failed"]),
        ("not asked, for now", tally.ended["unasked"]),
        *([] if declined is None else [("declined (categories)", declined)]),
        ("tokens in", tally.prompt_tokens),
        ("tokens out", tally.completion_tokens),
        ("USD", usd(tally.usd)),
    ]
    if tally.unmeasured:
        rows.append(("replies without a count of tokens", tally.unmeasured))
    if spent:
        rows.append(("USD of the run folder in all", usd(spent)))
    if held:
        rows.append(("  of it held for lost replies or batches", usd(held)))
    show_table("Asked", ("", ""), [(name, value) for name, value in rows if value or name == "requests"])
