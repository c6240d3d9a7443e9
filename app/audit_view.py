"""Showing a leak audit: strategies against chance, letters, and categories, in 80 columns."""

from collections.abc import Sequence

from app.console import say, show_table
from evaluation.leaks import Audit, BlindRate, Group
from schemas.text import plain

_SHORT = {
    "longest option": "longest",
    "word overlap": "overlap",
    "answer opening": "opening",
    "text classifier": "text",
}


def show_audit(audit: Audit, *, what: str, pairs: int, left_out: int = 0) -> None:
    """The whole audit.

    Args:
        audit: As measured.
        what: What was audited; untrusted.
        pairs: How many.
        left_out: Rows of a file that make no pair.
    """
    say(f"{plain(what, limit=36)}: {pairs:,} pairs, answered without the image")
    say("95 % intervals by image in brackets; + above chance, - below chance")
    _show_overall(audit)
    for group in audit.groups[:2]:
        if len(group.by_category) > 1:
            _show_categories(group)
    _show_notes(audit, left_out)


def _show_overall(audit: Audit) -> None:
    groups = [group for group in audit.groups if group.questions]
    say()
    rows = []
    for name in dict.fromkeys(rate.strategy for group in groups for rate in group.rates):
        found = [group.rate(name) for group in groups]
        rows.append((name, *("-" if rate is None else _with_interval(rate) for rate in found)))
    chances = [f" {100 * group.rates[0].chance:4.1f} %" for group in groups]
    counts = [f"{group.questions:,}" for group in groups]
    show_table("", ("", *(group.name for group in groups)), [("questions", *counts), ("chance", *chances), *rows])


def _show_categories(group: Group) -> None:
    names = [rate.strategy for rate in group.rates]
    letters = [name for name in names if name.startswith("always ")]
    others = [name for name in names if name not in letters]
    say()
    names_alone = [category.rpartition("/")[2] for category in group.by_category]
    alone = len(set(names_alone)) == len(names_alone)  # else the levels tell them apart
    short = dict(zip(group.by_category, names_alone if alone else group.by_category, strict=True))
    rows: list[tuple[object, ...]] = []
    for category, rates in group.by_category.items():
        by_name = {rate.strategy: rate for rate in rates}
        cells = [_whole(by_name[name]) for name in (*letters[:4], *others)]
        rows.append((plain(short[category], limit=24), by_name[names[0]].questions, *cells))
    columns = ("", "n", *(name.removeprefix("always ") for name in letters[:4]), *(_SHORT[name] for name in others))
    show_table(f"By category, {group.name} (%)", columns, rows)


def _show_notes(audit: Audit, left_out: int) -> None:
    say()
    missing = {(name, why) for group in audit.groups for name, why in group.not_measured.items()}
    for name, why in sorted(missing):
        say(f"Not measured: {name}: {why}.")
    if audit.false_premise.questions:
        say("False premises alone: who denies every premise is right there by construction;")
        say("judge by the leading questions of both kinds together.")
    few = [group.name for group in audit.groups if group.rates and group.rates[0].few]
    if few:
        say(f"Few images, or all alike: {', '.join(few)}.")
        say("Intervals are Wilson's there, of as many trials as there are images.")
    cells = [rate for group in audit.groups for rate in (*group.rates, *_of_categories(group))]
    marked = sum(rate.above or rate.below for rate in cells)
    say(f"{marked:,} of {len(cells):,} figures are marked; one in twenty would be by luck alone.")
    if audit.open_pairs:
        say(f"Open pairs, without options to pick from, left out: {audit.open_pairs:,}.")
    if left_out:
        say(f"Rows that make no pair, left out: {left_out:,}; `leadproof lint` names them.")


def _of_categories(group: Group) -> Sequence[BlindRate]:
    return [rate for rates in group.by_category.values() for rate in rates]


def _with_interval(rate: BlindRate) -> str:
    return f"{_marked(rate)} [{100 * rate.interval.low:.0f}-{100 * rate.interval.high:.0f}]"


def _marked(rate: BlindRate) -> str:
    return f"{'+' if rate.above else '-' if rate.below else ' '}{100 * rate.accuracy:4.1f}"


def _whole(rate: BlindRate) -> str:
    return f"{'+' if rate.above else '-' if rate.below else ' '}{100 * rate.accuracy:3.0f}"
