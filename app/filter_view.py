"""Showing what ``filter`` and ``select`` did."""

from typing import Any

from app.console import say, show_counts, show_table
from datagen.filters import Filtered
from schemas.manifest import Manifest

MANY = 0.25  # of what there was; more lost to debiasing means that the generator leaks


def show_filtered(done: Filtered, *, budget: float | None = None) -> None:
    """What was kept, what each filter dropped, what was chosen and what could not be measured."""
    manifest, notes = done.manifest, done.manifest.notes
    if not done.changed:
        say("Nothing to do: these pairs were filtered before, with the same settings.")
        return
    show_counts("Filtered", manifest.counts)
    if any(notes["dropped alone"].values()):
        say()
        _show_drops(manifest)
    for name, pairs in notes["reported on imported pairs"].items():
        some = ", ".join(pairs[:3]) + ("…" if len(pairs) > 3 else "")
        say(f"{name} would drop {len(pairs):,} imported pairs ({some}); --apply does so.")
    for name, why in notes["not measured"].items():
        if name != "grounding":  # who has no image model knows that
            say(f"{name} was not measured: it {why}.")
    if late := manifest.drops.get("not-scored"):
        say(f"{late:,} pairs came after these scores and lack them: run filter without --rethreshold to have them.")
    if "debias" in notes:
        _show_debias(notes["debias"])
    if "target" in notes:
        _show_target(notes["target"])
    if "coreset" in notes:
        _show_coreset(notes["coreset"])
    if done.voted:
        from app.verification_view import show_verification

        say()
        show_verification(done.voted, manifest, budget)


def _show_coreset(noted: dict[str, Any]) -> None:
    if "ranked by" in noted:
        say(f"The coreset was ranked by {noted['ranked by']}.")
        return
    found, there = noted["recall on a sample"]
    share = f" ({found / there:.1%})" if there else ""
    cells = noted["cells"]
    say(f"Of {there:,} pairs of duplicates that a sample shows, {found:,}{share} were found within {cells} cells.")


def _show_drops(manifest: Manifest) -> None:
    """What each filter dropped in its turn, and would have dropped alone; then the reasons."""
    in_order, alone = manifest.notes["dropped in order"], manifest.notes["dropped alone"]
    rows = [(name, number, alone[name]) for name, number in in_order.items() if number or alone[name]]
    show_table("", ("filter", "dropped", "alone would"), rows)
    say()
    show_counts("Dropped", manifest.drops)


def _show_debias(noted: dict[str, Any]) -> None:
    """What blind strategies got of the questions before and after."""
    say()
    rows = []
    for group, before in noted["before"].items():
        after = {one["strategy"]: one for one in noted["after"].get(group, ())}
        for one in before:
            now = after.get(one["strategy"])
            rows.append((group, one["strategy"], f"{one['chance']:.1%}", _rate(one), _rate(now) if now else "-"))
    gone = noted["dropped by telltales"] + noted["dropped by classifiers"]
    show_table("Answered blind", ("", "", "chance", "before", "after"), rows)
    say(f"Debiased: {gone:,} of {noted['pairs']:,} pairs dropped, {noted['lettered anew']:,} lettered anew.")
    emptied = [name for name, (lost, there) in noted["dropped by category"].items() if lost > there * MANY]
    if gone > noted["pairs"] * MANY:
        say("That is more than a quarter: these pairs give themselves away as they are made; see `leadproof audit`.")
    elif emptied:
        say(f"More than a quarter of {', '.join(emptied)} went: see `leadproof audit` for what gives them away.")


def _rate(one: dict[str, Any]) -> str:
    return f"{one['rate']:.1%} [{100 * one['low']:.1f}-{100 * one['high']:.1f}]"


def _show_target(noted: dict[str, Any]) -> None:
    """How many of each category and kind were taken, of how many."""
    say()
    rows = [(cell, wanted, supply) for cell, (wanted, supply) in noted["quotas"].items()]
    show_table("Chosen", ("category, kind", "of them", "of"), rows)
    if noted["missing"]:
        say(f"{noted['missing']:,} fewer than wanted: there are no more.")
    if noted["diversity by"] == "words":
        say('Pairs were told apart by their words: with pip install "leadproof[embed]" it is by what they mean.')
    for cell in noted["split"]:
        say(f"{cell}: too many to compare each with each; they were chosen from in parts.")
