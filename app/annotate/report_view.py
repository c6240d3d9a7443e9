"""Showing what people's verdicts say, in 80 columns."""

import textwrap
from collections.abc import Mapping, Sequence

from annotation.agreement import Agreement, Figure
from annotation.reporting import Report
from annotation.standing import Standing
from app.console import say, show_table
from evaluation.statistics import Interval
from schemas.text import plain

_WIDTH = 78
_LONGEST = 28
_MOST_LISTED = 10
_HEADINGS = {"accept": "acc", "fix": "fix", "reject": "rej", "unsure": "?"}


def show_report(report: Report) -> None:
    """The whole report."""
    if not report.annotators and not report.decided.valid + report.decided.invalid + report.decided.open:
        say("No verdicts yet: `leadproof annotate pull` fetches them.")
        return
    _show_annotators(report.annotators)
    _show_flagged(report.flagged)
    names = _short_names(report)
    _show_agreement(report, names)
    _show_decided(report, names)
    _show_faults(report, names)
    _show_disagreements(report, names)
    if report.comments:
        say(f"Verdicts with a comment: {report.comments:,}; verdicts.jsonl has them.")


def _show_annotators(standings: Sequence[Standing]) -> None:
    rows = [
        (
            _name(one), one.done,
            *(one.judgements.get(name, 0) for name in _HEADINGS),
            "-" if one.seconds is None else f"{one.seconds:.0f} s",
            f"{one.gold.right}/{one.gold.seen}", _interval(one.gold.interval),
            "-" if one.skill is None else f"{one.skill.informedness:5.2f}",
        )
        for one in standings
    ]  # fmt: skip
    columns = ("", "done", *_HEADINGS.values(), "pace", "gold", "95 %", "skill")
    show_table("Annotators", columns, rows)
    say("pace: median time a pair. gold: right of seen, its interval in percent.")
    say("skill: 1 never wrong, 0 a coin or always the same answer.")
    blind = [(_name(one), one.blind) for one in standings if one.blind]
    if blind:
        say(f"Solved blind: {', '.join(f'{name} {number:,}' for name, number in blind)}")
    say()


def _show_flagged(flagged: Sequence[Standing]) -> None:
    if not flagged:
        say("Nobody stands out as unreliable.")
    else:
        say("Look closer at:")
    for one in flagged:
        say(f"  {_name(one, limit=76)}")
        for reason in one.flags:
            whole = plain(reason).replace(" %", "\u00a0%")  # a line does not end between the two
            for line in textwrap.wrap(whole, _WIDTH, initial_indent="    - ", subsequent_indent="      "):
                say(line.replace("\u00a0", " "))
    say()


def _show_agreement(report: Report, names: Mapping[str, str]) -> None:
    overall = report.agreement
    if not overall.pairs:
        say("No pair was judged by two people: there is no telling whether they agree.")
        say()
        return
    rows = [_agreement_row("all", overall)]
    if len(report.agreement_by_category) > 1:
        rows += [_agreement_row(names[name], one) for name, one in report.agreement_by_category.items() if one.pairs]
    show_table("Agreement", ("", "pairs", "raw %", "95 %", "alpha", "95 %", "AC1", "95 %"), rows)
    say("pairs: judged by two or more, gold apart. Where one label prevails alpha is")
    say("low however much people agree; AC1 is not.")
    if overall.unsure:
        say(f"Not sure: {100 * overall.unsure:.1f} % of {overall.judgements:,} judgements.")
    say()


def _agreement_row(name: str, found: Agreement) -> tuple[object, ...]:
    raw = "-" if found.raw.value is None else f"{100 * found.raw.value:5.1f}"
    chance_corrected = [cell for one in (found.alpha, found.ac1) for cell in (_figure(one), _bounds(one.interval))]
    return (plain(name, limit=20), found.pairs, raw, _interval(found.raw.interval), *chance_corrected)


def _show_decided(report: Report, names: Mapping[str, str]) -> None:
    decided = report.decided
    judged = decided.valid + decided.invalid + decided.open
    say(f"Consensus ({decided.method}) on {judged:,} pairs, gold apart:")
    say(f"  {decided.valid:,} valid, {decided.invalid:,} invalid, {decided.open:,} undecided")
    if not decided.converged:
        say("  The estimate did not come to rest; take the skills with care.")
    say()
    rows = [
        (plain(names[name], limit=30), one.decided, one.valid, _percent(one.share), _interval(one.interval))
        for name, one in report.acceptance.items()
    ]
    show_table("Held valid, by category", ("", "decided", "valid", "%", "95 %"), rows)
    say()


def _show_faults(report: Report, names: Mapping[str, str]) -> None:
    if not report.faults:
        return
    most = {
        fault: max(report.faults_by_category, key=lambda name: report.faults_by_category[name].get(fault, 0))
        for fault in report.faults
    }
    rows = [(fault, number, plain(names[most[fault]], limit=30)) for fault, number in report.faults.items()]
    show_table("Faults named", ("", "verdicts", "most of them in"), rows)
    say()


def _show_disagreements(report: Report, names: Mapping[str, str]) -> None:
    if not report.disagreements:
        return
    waiting = report.to_adjudicate
    say(f"Pairs that people disagree on: {len(report.disagreements):,}; not settled by votes: {len(waiting):,}")
    if waiting:
        rows = [
            (one.pair_id, plain(names[one.category], limit=20), one.valid, one.invalid, _percent(one.confidence))
            for one in waiting[:_MOST_LISTED]
        ]
        show_table("", ("", "", "valid", "invalid", "sure %"), rows)
    if len(waiting) > _MOST_LISTED:
        say(f"and {len(waiting) - _MOST_LISTED:,} more (--json names them all)")
    say()


def _name(standing: Standing, limit: int = _LONGEST) -> str:
    return plain(plain(standing.annotator), limit=limit)  # cut after escaping, which lengthens


def _short_names(report: Report) -> dict[str, str]:
    """Categories without their level, where that still tells them apart."""
    short = {category: category.rpartition("/")[2] for category in report.acceptance}
    return short if len(set(short.values())) == len(short) else {category: category for category in short}


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:5.1f}"


def _figure(found: Figure) -> str:
    return "-" if found.value is None else f"{found.value:5.2f}"


def _interval(found: Interval | None) -> str:
    return "" if found is None else f"{100 * found.low:.0f}-{100 * found.high:.0f}"


def _bounds(found: Interval | None) -> str:
    return "" if found is None else f"[{found.low:.2f}, {found.high:.2f}]"
