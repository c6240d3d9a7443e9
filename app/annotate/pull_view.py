"""Showing what came back."""

from datetime import UTC, datetime
from json import dumps
from pathlib import Path

from annotation.pulling import Pulled
from app.console import say, say_json, show_counts, show_named
from schemas.errors import LeadproofError
from schemas.text import plain

_MOST = 5


def show_pulled(found: Pulled, run: Path, *, json: bool) -> None:
    """How many verdicts came, and what is none, by name."""
    counts = _counts(found)
    if json:
        say_json(counts | {"no verdict": [str(one) for one in found.odd], "gone": [one.page for one in found.gone]})
        return
    show_counts("Verdicts", counts)
    _show_odd(found)
    show_named("Not at the server any more; verdicts stay", [one.page for one in found.gone])
    if not any(_counts(found).values()):
        say("Annotators have submitted nothing yet.")
    if found.new or found.edited or found.withdrawn:
        say(f"Next: leadproof annotate report --run {plain(str(run))}")


def _show_odd(found: Pulled) -> None:
    """Each annotation that is no verdict, why, and where it can be done again."""
    if not found.odd:
        return
    say(f"No verdict: {len(found.odd):,}. Have them done again:")
    for one in found.odd[:_MOST]:
        say(f"  {plain(one.annotator, limit=30)}, pair {plain(one.pair_id, limit=20)}:")
        say(f"    {plain(one.why, limit=100)}")
        say(f"    {one.page}")
    if len(found.odd) > _MOST:
        say(f"  and {len(found.odd) - _MOST:,} more (--json names them all)")


def show_watched(found: Pulled, *, json: bool = False) -> None:
    """A line where something has come; with ``json`` a line of JSON."""
    counts = {name: number for name, number in _counts(found).items() if number and name != "as before"}
    if counts and json:
        say(dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **counts}))
    elif counts:
        told = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        say(f"{datetime.now(UTC).astimezone():%H:%M:%S}  {told}")


def show_missed(error: LeadproofError) -> None:
    """A line for a look that failed; the next one brings what this one missed."""
    say(f"{datetime.now(UTC).astimezone():%H:%M:%S}  not now: {error.what}")


def _counts(found: Pulled) -> dict[str, int]:
    return {
        "new": len(found.new),
        "edited": len(found.edited),
        "withdrawn": len(found.withdrawn),
        "as before": found.unchanged,
        "no verdict": len(found.odd),
    }
