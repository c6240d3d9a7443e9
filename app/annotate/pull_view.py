"""Showing what came back."""

from datetime import UTC, datetime
from pathlib import Path

from annotation.pulling import Pulled
from app.console import say, say_json, show_counts, show_named
from schemas.text import plain


def show_pulled(found: Pulled, run: Path, *, json: bool) -> None:
    """How many verdicts came, and what is none, by name."""
    counts = _counts(found)
    if json:
        say_json(counts | {"no verdict": [str(one) for one in found.odd], "gone": [one.page for one in found.gone]})
        return
    show_counts("Verdicts", counts)
    show_named("No verdict", [str(one) for one in found.odd])
    show_named("Not at the server any more; verdicts stay", [one.page for one in found.gone])
    if found.new or found.edited or found.withdrawn:
        say(f"Next: leadproof annotate report --run {plain(str(run))}")


def show_watched(found: Pulled) -> None:
    """A line where something has come."""
    counts = {name: number for name, number in _counts(found).items() if number and name != "as before"}
    if counts:
        told = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        say(f"{datetime.now(UTC).astimezone():%H:%M:%S}  {told}")


def _counts(found: Pulled) -> dict[str, int]:
    return {
        "new": len(found.new),
        "edited": len(found.edited),
        "withdrawn": len(found.withdrawn),
        "as before": found.unchanged,
        "no verdict": len(found.odd),
    }
