"""Showing a score: the figures, the 2x2 table, categories, and what was not read or not matched."""

import textwrap
from collections.abc import Iterator, Sequence

from app.console import say, show_named, show_table
from evaluation.baselines import Baseline
from evaluation.scores import ScoreResult, Scores
from evaluation.statistics import Interval
from schemas.text import plain

_WIDTH = 80  # columns


def show_score(result: ScoreResult) -> None:
    """The whole result, in 80 columns."""
    scores = result.overall
    pairs = scores.table.pairs or (result.contrast.pairs if result.contrast else 0)
    say(f"{pairs:,} pairs, read by {result.scorer}; 95 % intervals in brackets")
    say()
    if scores.table.pairs:
        misled = "leading one wrong where plain one right"
        say(f"RA            {percent(scores.table.ra):>7} {bounds(scores.ra_ci)}  both questions right")
        say(f"MR            {percent(scores.table.mr):>7} {bounds(scores.mr_ci)}  {misled}")
    if scores.true_premise is not None:
        asked = f"right of {scores.true_premise_questions:,} leading questions"
        say(f"true premise  {percent(scores.true_premise):>7} {bounds(scores.true_premise_ci)}  {asked}")
    if result.contrast is not None:
        both = f"{percent(result.contrast.both):>7} {bounds(result.contrast.both_ci)}"
        say(f"contrast      {both}  both answers of a contrast pair right")
    if scores.ra_ci is not None and scores.ra_ci.how == "wilson-images":
        say("Few images, or all alike: each counts as one trial in these intervals.")
    say()
    table = scores.table
    if table.pairs:
        show_table(
            "Pairs",
            ("", "leading right", "leading wrong"),
            [
                ("plain right", table.right_right, table.right_wrong),
                ("plain wrong", table.wrong_right, table.wrong_wrong),
            ],
        )
        say()
    if result.contrast is not None:
        _show_contrast(result)
    if len(result.by_category) > 1:
        _show_groups(list(_by_level(result)))
        say()
    _show_reading(result)
    if result.readings and result.unread_by(result.scorer) == len(result.readings):
        say("Nothing could be read: look at the replies before you go by these figures.")
    _show_letters(result)
    _show_troubles(result)


def show_baselines(baselines: Sequence[Baseline]) -> None:
    """What answering without looking scores."""
    say()
    show_table(
        "Answering blind",
        ("strategy", "RA", "MR", "true premise"),
        [
            (one.name, percent(scores.table.ra), percent(scores.table.mr), percent(scores.true_premise))
            for one in baselines
            for scores in (one.result.overall,)
        ],
    )


def percent(rate: float | None) -> str:
    """A rate in per cent; a dash where it is undefined."""
    return "-" if rate is None else f"{100 * rate:.1f} %"


def bounds(interval: Interval | None) -> str:
    """An interval in per cent, always of the same width."""
    return f"{'':<15}" if interval is None else f"[{100 * interval.low:5.1f}, {100 * interval.high:5.1f}]"


def _show_contrast(result: ScoreResult) -> None:
    groups = [("all", result.contrast), *result.contrast_by_category.items()]
    rates = ("both", "right", "images", "groups", "precision", "recall", "f1", "yes")
    told = [(name, one) for name, one in groups if one is not None]
    shown = [rate for rate in rates if any(getattr(one, rate) is not None for _, one in told)]
    show_table(
        "Contrast pairs: two questions whose answers are opposite",
        ("", "pairs", *shown),
        [
            (plain(name, limit=30), one.pairs, *(percent(getattr(one, rate)) for rate in shown))
            for name, one in (told if len(told) > 2 else told[:1])
        ],
    )
    say()


def _show_letters(result: ScoreResult) -> None:
    found = result.letters
    if found is not None:
        told = [f"{letter} {count:,} ({found.right[letter]:,})" for letter, count in found.answered.items()]
        for line in textwrap.wrap(f"Letters answered (right ones): {', '.join(told)}.", _WIDTH):
            say(line)


def _by_level(result: ScoreResult) -> Iterator[tuple[str, Scores]]:
    """Each level with its categories below it; a level of one category is that category."""
    for level, scores in result.by_level.items():
        below = [(name, one) for name, one in result.by_category.items() if name.split("/")[0] == level]
        if len(below) == 1:
            yield below[0]
            continue
        yield level, scores
        yield from ((f"  {name.partition('/')[2]}", one) for name, one in below)


def _show_groups(groups: Sequence[tuple[str, Scores]]) -> None:
    show_table(
        "By level and category, in per cent",
        ("", "pairs", "RA", "95 %", "MR", "95 %", "++", "+-", "-+", "--", "unread"),
        [
            (
                plain(name, limit=19), one.table.pairs,
                _rounded(one.table.ra), _span(one.ra_ci), _rounded(one.table.mr), _span(one.mr_ci),
                one.table.right_right, one.table.right_wrong, one.table.wrong_right, one.table.wrong_wrong, one.unread,
            )
            for name, one in groups
        ],
    )  # fmt: skip
    say("++ both right, +- leading one wrong, -+ plain one wrong, -- both wrong.")
    if any(one.approximate for _, one in groups):
        say("Intervals of categories are approximate: some of their pairs share an image.")


def _rounded(rate: float | None) -> str:
    return "-" if rate is None else f"{100 * rate:.1f}"


def _span(interval: Interval | None) -> str:
    return "" if interval is None else f"{100 * interval.low:.0f}-{100 * interval.high:.0f}"


def _show_reading(result: ScoreResult) -> None:
    rows = len(result.readings)
    say(
        f"Unread of {rows:,} rows: {result.unread_by('strict'):,} by strict, "
        f"{result.unread_by('official'):,} by official. They differ on {result.disagreements:,}."
    )


def _show_troubles(result: ScoreResult) -> None:
    show_named("Rows without a reply, counted as wrong", [f"{row.id} {row.question_type}" for row in result.unanswered])
    show_named("Replies to no row", [f"{reply.id} {reply.question_type}" for reply in result.unmatched])
    if result.unmatched and not result.overall.true_premise_questions:
        say("If these answer true_premise.json, pass it as --true-premise.")
    show_named(
        "Rows that stand more than once, the k-th reply taken for the k-th",
        [f"{one.id} {one.question_type} ({one.rows} rows, {one.replies} replies)" for one in result.repeats],
    )
    show_named("Ids that make no pair, left out", [f"{one.id}: {one.what}" for one in result.left_out])
