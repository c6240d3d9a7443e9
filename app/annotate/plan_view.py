"""Showing a plan of annotation, in 80 columns."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.console import say, show_named, show_table
from schemas.text import plain

if TYPE_CHECKING:
    from annotation.planning import Basis, Estimate, Plan, Row

_ENOUGH = 200
"""Pairs that outweigh what is assumed ten to one; with fewer the plan says that it blends the two."""
_BRIEF = 10
"""Hours below which a decimal place says something."""


def show_plan(plan: "Plan") -> None:
    """The whole plan: pairs by category, work and time, and what it all rests on."""
    of_these = f", {plan.benchmark:,} of them for the benchmark" if plan.benchmark else ""
    say(f"{plan.total:,} verified pairs{of_these}; {_many(plan.annotators, 'annotator')}")
    say()
    twice = f", {_percent(plan.overlap)} of the pairs by two" if plan.overlap else ""
    _show_rows(f"Training and validation: reviewed{twice}", plan.of("train"))
    _show_rows(f"Benchmark: solved blind, each pair by {plan.judges}", plan.of("benchmark"))
    _show_limits(plan)
    if not plan.to_judge.value:
        say("Nothing is left to judge.")
        return
    _show_work(plan)
    _show_time(plan)
    _show_bases(plan)


def _show_rows(title: str, rows: "Sequence[Row]") -> None:
    """One table, with a line for all where there are several; nothing where nothing is wanted."""
    wanted = [row for row in rows if row.quota]
    if not wanted:
        return
    done = any(row.verified for row in wanted)
    lines: list[tuple[object, ...]] = [
        (
            plain(row.category, limit=24), row.supply, row.quota, *([row.verified] if done else []),
            row.to_judge.value, between, row.judgements.value,
        )
        for row, between in zip(wanted, _between([row.to_judge for row in wanted]), strict=True)
    ]  # fmt: skip
    if len(wanted) > 1:
        lines.append((
            "all", sum(row.supply for row in wanted), sum(row.quota for row in wanted),
            *([sum(row.verified for row in wanted)] if done else []),
            sum(row.to_judge.value for row in wanted), "", sum(row.judgements.value for row in wanted),
        ))  # fmt: skip
    show_table(title, ("", "have", "want", *(["done"] if done else []), "to judge", "95 %", "judgements"), lines)
    say()


def _show_limits(plan: "Plan") -> None:
    """Where there are too few pairs, by how many, and what can be done."""
    asked = [row for row in plan.rows if (plan.benchmark if row.group == "benchmark" else plan.total > plan.benchmark)]
    below = [row for row in asked if row.supply and row.quota < row.even and not row.short]
    short = [row for row in asked if row.short]
    show_named("No pairs to judge", [_name(row) for row in asked if not row.supply])
    show_named(
        "Less than an even share, made up for by others",
        [f"{_name(row)}: {row.quota:,} of {row.even:,}" for row in below],
    )
    show_named("Too few pairs", [f"{_name(row)}: short by {row.short:,} of {row.quota:,}" for row in short])
    if plan.short.value:
        span = f" (95 %: {plan.short.low:,} - {plan.short.high:,})" if plan.short.low < plan.short.high else ""
        say(f"Short by {plan.short.value:,} of {plan.total:,} in all{span}.")
    elif plan.short.high:
        say(f"If fewer pairs are right than expected, up to {plan.short.high:,} may be missing.")
    if plan.short.high:
        say("More pairs help (ingest, generate, filter), or a lower --want.")
    if plan.short.high or below or any(not row.supply for row in asked):
        say()


def _show_work(plan: "Plan") -> None:
    """Judgements and hours: of all, and of each where there are several."""
    columns = [
        ("in all", plan.judgements, plan.hours),
        *([("each annotator", plan.judgements_each, plan.hours_each)] if plan.annotators > 1 else []),
    ]
    judgements: list[object] = ["judgements"]
    hours: list[object] = ["hours"]
    for _, one, other in columns:
        above, under = _aligned(
            [(f"{one.low:,}", f"{one.high:,}"), (f"{_hours(other.low):,}", f"{_hours(other.high):,}")]
        )
        judgements += [one.value, above]
        hours += [_hours(other.value), under]
    show_table("Work", ("", *(title for name, _, _ in columns for title in (name, "95 %"))), [judgements, hours])
    gold = f"Gold is {_percent(plan.gold)} of the judgements. " if plan.gold else ""
    say(f"{gold}Settling disagreements is not counted.")
    say()


def _show_time(plan: "Plan") -> None:
    show_table(
        "Time",
        ("", "", "95 %"),
        [
            ("working days", f"{plan.days.value:,}", f"{plan.days.low:,} - {plan.days.high:,}"),
            ("ends on", _day(plan.ends.value), f"{_day(plan.ends.low)} - {_day(plan.ends.high)}"),
        ],
    )
    say(f"From {_day(plan.start)} on, Monday to Friday, {plan.hours_per_day:g} hours a day.")
    if plan.annotators > 1:
        say("All work the same hours; whoever is quicker judges more.")


def _show_bases(plan: "Plan") -> None:
    """What was measured and what is assumed, of the modes that the plan has work in."""
    asked = {"review": plan.total > plan.benchmark, "blind": plan.benchmark > 0}
    bases = [one for one in plan.bases if asked[one.way]]
    if not bases:
        return
    say()
    show_table(
        "What it rests on",
        ("", "right", "95 %", "seconds", "95 %", ""),
        [
            (
                one.way, _percent(one.accept.value), f"{100 * one.accept.low:.0f} - {_percent(one.accept.high)}",
                round(one.seconds.value), f"{one.seconds.low:.0f} - {one.seconds.high:.0f}", _source(one),
            )
            for one in bases
        ],
    )  # fmt: skip
    if not any(one.sure or one.timed for one in bases):
        say("Assumed, not measured: have some hundred pairs judged, and plan again.")


def _source(basis: "Basis") -> str:
    """Where the figures of a mode come from; those of a small pilot are pulled towards what was assumed."""
    if not basis.sure and not basis.timed:
        return "assumed, no pilot yet"
    measured = f"measured on {_many(max(basis.sure, basis.timed), 'verdict')}"
    return measured if basis.pairs >= _ENOUGH else f"{measured}, and assumed"


def _name(row: "Row") -> str:
    """A category and where its pairs go, short enough for numbers beside it."""
    return f"{plain(row.category, limit=36)} ({'training' if row.group == 'train' else 'benchmark'})"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %" if share < 0.01 else f"{100 * share:.0f} %"


def _hours(hours: float) -> int | float:
    return round(hours, 1) if hours < _BRIEF else round(hours)


def _between(found: "Sequence[Estimate[int]]") -> list[str]:
    return _aligned([(f"{one.low:,}", f"{one.high:,}") for one in found])


def _aligned(ends: Sequence[tuple[str, str]]) -> list[str]:
    """Intervals of a column, their ends below one another."""
    below, above = (max(len(pair[side]) for pair in ends) for side in (0, 1))
    return [f"{low:>{below}} - {high:>{above}}" for low, high in ends]


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
