"""Showing an evaluation: the score, what both readers say, and everything measured beside it, in 80 columns."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.asking_view import usd
from app.console import say, show_table
from app.score_view import bounds, percent, show_baselines, show_score
from evaluation.asking.chain import inside_of
from evaluation.baselines import score_baselines
from evaluation.internals import summarise
from schemas.text import plain

if TYPE_CHECKING:
    from evaluation.asking import Estimated, Findings
    from evaluation.benchmarks import Benchmark

_MOST_NAMED = 5


def show_evaluation(findings: "Findings", benchmark: "Benchmark", *, model: str) -> None:
    """The whole evaluation."""
    how = f", {', '.join(findings.way.unusual)}" if findings.way.unusual else ""
    say(f"{plain(model, limit=60)} on {plain(benchmark.name, limit=40)}{how}")
    say()
    strict = findings.score("strict")
    show_score(strict)
    _show_official(findings)
    _show_circular(findings)
    _show_push_back(findings)
    _show_guard(findings)
    if findings.way.internals:
        _show_internals(findings)
    if strict.overall.table.pairs:
        show_baselines(score_baselines([one.item for one in findings.asked], seed=findings.way.seed))
    _show_efficiency(findings.efficiency)
    say()
    for line in benchmark.left_out[:_MOST_NAMED]:
        say(f"Left out: {plain(line, limit=70)}")
    if len(benchmark.left_out) > _MOST_NAMED:
        say(f"and {len(benchmark.left_out) - _MOST_NAMED:,} more.")


def _show_official(findings: "Findings") -> None:
    scores = findings.score("official").overall
    if scores.table.pairs and findings.way.by == "generation":
        say(f"By the released rule: RA {percent(scores.table.ra)}, MR {percent(scores.table.mr)}.")


def _show_circular(findings: "Findings") -> None:
    found = findings.circular
    if found is None:
        return
    say()
    say(f"circular RA   {percent(found.ra):>7} {bounds(found.ra_ci)}  right in every order of the options")
    if found.true_premise is not None:
        say(f"true premise  {percent(found.true_premise):>7} {'':<15}  likewise")
    say(f"by rotation   {', '.join(percent(one) for one in found.by_rotation)}")
    if found.fixed:
        say(f"{found.fixed:,} pairs cannot be lettered in another order and are left out of it.")


def _show_push_back(findings: "Findings") -> None:
    if not findings.push_back:
        return
    say()
    show_table(
        "Right answers that were challenged once",
        ("", "challenged", "kept", "95 % interval", "unread"),
        [
            (_HALVES[name], one.asked, percent(one.rate), bounds(one.rate_ci), one.unread)
            for name, one in findings.push_back.items()
        ],
    )


def _show_guard(findings: "Findings") -> None:
    if findings.guard is not None:
        asked = f"{len(findings.guarded):,} questions of general ability"
        say()
        say(f"guard         {percent(findings.guard):>7} {'':<15}  {asked}")


def _show_internals(findings: "Findings") -> None:
    rows = summarise([one for one in map(inside_of, findings.asked) if one is not None])
    say()
    show_table(
        "Attention from the answer in per cent, and the right letter's margin in nats",
        ("", "", "n", "system", "image", "question", "other", "margin"),
        [
            (
                plain(str(row["category"]).partition("/")[2] or "all", limit=17), row["polarity"].replace(", ", " "),
                row["questions"],
                *(_rounded(row[part]) for part in ("system", "image", "question", "other")),
                "-" if row["margin"] is None else f"{row['margin']:+.2f}",
            )
            for row in rows
        ],
    )  # fmt: skip


def _rounded(share: float) -> str:
    return f"{100 * share:.1f}"


def _show_efficiency(found: Mapping[str, Any] | None) -> None:
    if found is None:
        return
    say()
    show_table(
        "What it takes",
        ("", ""),
        [(name.replace("_", " "), "-" if value is None else _number(value)) for name, value in found.items()],
    )


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def show_estimate(found: "Estimated") -> None:
    """What an evaluation would cost."""
    rows: list[tuple[str, object]] = [
        ("questions", found.questions),
        *((f"requests: {step}", times) for step, times in found.requests.items()),
        ("in the journal already", found.kept),
        ("tokens in", found.prompt_tokens),
        ("tokens out", found.completion_tokens),
        ("USD", usd(found.usd)),
    ]
    show_table("Still to be asked", ("", ""), rows)
    if not found.measured:
        say("By rules of thumb: a pilot (--limit 20) makes it a measurement.")


_HALVES = {"all": "all", "POS": "plain questions", "NEG": "leading questions"}
