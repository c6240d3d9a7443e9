"""Showing a comparison, in 80 columns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.console import say, show_named, show_table
from app.score_view import percent
from schemas.text import plain

if TYPE_CHECKING:
    from evaluation.comparing import Comparison, Difference, Shown


def show_comparison(found: "Comparison") -> None:
    """The whole comparison."""
    say(f"A  {plain(found.first, limit=74)}")
    say(f"B  {plain(found.second, limit=74)}")
    say(f"{found.pairs:,} pairs that both were asked, read by {found.scorer}; B less A")
    say()
    _show_differences("", [*found.overall, *([found.guard] if found.guard else [])], tests=("p", "McNemar"))
    say("p: permutation test by image. McNemar's takes pairs of an image for independent.")
    say()
    if len(found.by_category) > 1:
        _show_differences("RA by category", found.by_category, tests=("p", "Holm"))
        say("Holm: p adjusted for all categories; go by this one.")
        say()
    show_named("Gained (only B has both halves right)", found.flips.gained)
    show_named("Lost (only A has)", found.flips.lost)
    if found.shown is not None:
        _show_shown(found.shown, found.pairs)
    if any(found.unread):
        say(f"Unread rows: {found.unread[0]:,} of A, {found.unread[1]:,} of B.")
    if found.only_first or found.only_second:
        say(f"Left out, for only one was asked them: {found.only_first:,} of A, {found.only_second:,} of B.")
    for line in found.warnings:
        say(f"Warning: {line}")


def _show_differences(title: str, differences: "Sequence[Difference]", *, tests: tuple[str, str]) -> None:
    show_table(
        title,
        ("", "n", "A", "B", "B - A", *tests),
        [
            (
                plain(one.name, limit=26), one.count, percent(one.first), percent(one.second),
                "-" if one.difference is None else f"{100 * one.difference:+.1f}", _p(one.p),
                _p(one.mcnemar if tests[1] == "McNemar" else one.holm),
            )
            for one in differences
        ],
    )  # fmt: skip


def _show_shown(shown: "Shown", pairs: int) -> None:
    say()
    say(f"They differ on {percent(shown.discordance)} of the pairs; design effect {shown.design_effect:.2f}.")
    if shown.needed is None:
        say("With so few differences RA cannot be 5 points apart, however many pairs there are.")
    else:
        say(f"{shown.needed:,} pairs would show a difference of 5 points in RA (power 80 %).")
    if shown.least is not None:
        say(f"These {pairs:,} show one of {100 * shown.least:.1f} points or more.")


def _p(value: float | None) -> str:
    if value is None:
        return "-"
    return "<0.001" if value < 0.001 else f"{value:.3f}"
