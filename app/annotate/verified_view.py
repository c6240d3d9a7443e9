"""Showing what verdicts came to."""

from pathlib import Path

from annotation.verifying import Verified
from app.console import say, show_counts, show_table
from schemas.text import plain


def show_verified(done: Verified, run: Path) -> None:
    """Counts, drops, what samples say, and what to do next."""
    manifest, name = done.manifest, plain(str(run))
    if not done.changed:
        say("Nothing to do: no verdict has come since.")
    show_counts("Pairs that people have judged", {k: n for k, n in manifest.counts.items() if k != "verdicts"})
    if manifest.drops:
        show_counts("Dropped", manifest.drops)
    samples = manifest.notes.get("samples", {})
    if samples:
        rows = [
            (category, one["judged"], one["open"], f"{100 * one['error']:.1f} %", f"{100 * one['bound']:.1f} %")
            for category, one in samples.items()
        ]
        show_table("Samples", ("category", "judged", "open", "wrong", "at most (95 %)"), rows)
        say("Pairs that nobody looked at are exported as `sampled`, once their category's sample is settled.")
    if manifest.counts.get("lacking a judge"):
        say("Some are judged only by people who have left or whom `annotate report` names:")
        say(f"leadproof annotate push --run {name} deals them to others.")
    if manifest.counts.get("disputed"):
        say(f"Disputed pairs go to adjudication: leadproof annotate push --run {name}")
    if manifest.counts.get("human-verified") or manifest.counts.get("sampled"):
        say(f"Next: leadproof export --format mmr --run {name}")
