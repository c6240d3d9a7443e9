"""Showing what verifying models found."""

from app.asking_view import show_tally, usd
from app.console import say, show_table
from datagen.filters.verification.decision import REASONS
from datagen.filters.verification.stage import Voted
from schemas.manifest import Manifest


def show_verification(voted: Voted, manifest: Manifest, budget: float | None) -> None:
    """What verifying models found, what it took, and what is left to be verified."""
    against = {reason: manifest.drops[reason] for reason in REASONS if reason in manifest.drops}
    rows: list[tuple[str, object]] = [
        ("verified", manifest.counts["model-verified"]),
        *((f"dropped: {reason}", number) for reason, number in against.items()),
        *((f"not verified: {why}", number) for why, number in sorted(voted.unverified.items())),
        ("votes", voted.cast),
    ]
    show_table(f"Verified by {manifest.model}", ("", ""), rows)
    show_tally(voted.tally, spent=voted.spent, held=voted.held)
    if voted.unverified["no-usable-reply"] > manifest.counts["model-verified"]:
        say("Most replies could not be used: this model may not be up to verifying.")
    if voted.unverified["budget"]:
        say(f"The budget of {usd(budget)} is used up: {voted.open:,} pairs are kept, but not verified.")
        say("Raise --budget and repeat the command to go on; nothing is asked twice.")
    elif voted.open:
        say(f"{voted.open:,} pairs are kept, but not verified: repeat the command to ask about them again.")
