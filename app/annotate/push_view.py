"""Showing a push: what was dealt, where each annotator begins, what was left out."""

from collections import Counter
from pathlib import Path

from app.annotate.dealing import Dealt
from app.console import say, say_json, show_named, show_table
from schemas.text import plain


def show_pushed(dealt: Dealt, run: Path, *, json: bool) -> None:
    """What was dealt to whom; with ``json`` for machines."""
    pushed = dealt.pushed
    tasks = Counter((one.annotator, one.mode) for one in dealt.fresh)
    if json:
        say_json({
            "assigned": pushed.assigned,
            "added": [{"annotator": who, "mode": mode, "tasks": n} for (who, mode), n in sorted(pushed.added.items())],
            "pages": [{"annotator": one.annotator, "mode": one.mode, "page": one.page} for one in pushed.projects],
            "adjudicated": dealt.disputed,
            "dealt to somebody else": dealt.again,
            "left out, may not leave": list(pushed.staying),
            "gold missing": dealt.gold_short,
        })  # fmt: skip
        return
    rows = [
        (one.annotator, one.mode, tasks[one.annotator, one.mode], pushed.added.get((one.annotator, one.mode), 0))
        for one in pushed.projects
        if tasks[one.annotator, one.mode] or (one.annotator, one.mode) in pushed.added
    ]
    if rows:
        show_table("Tasks", ("annotator", "mode", "dealt now", "added"), rows)
    else:
        say("Nothing new: every task is there.")
    say()
    for one in pushed.projects:
        say(f"{one.annotator}, {one.mode}: {one.page}")
    if dealt.lacking:
        say(f"{dealt.lacking:,} pairs lack a judge whose word counts; {dealt.again:,} tasks go to somebody else.")
        if dealt.again < dealt.lacking:
            say("For the rest nobody is left who was not asked: leadproof annotate user add EMAIL")
    if dealt.passed_over:
        say(f"Dealt nothing new, for the report names them: {', '.join(dealt.passed_over)}")
    if dealt.disputed:
        say(f"{dealt.disputed:,} pairs that others did not settle go to adjudication.")
    show_named("Left out, for an image may not leave this machine", pushed.staying)
    show_named("Not at hand any more, or their image is gone", pushed.changed)
    if dealt.gold_short:
        short = sum(dealt.gold_short.values())
        say(f"{short:,} tasks of gold are wanted beyond what there is: leadproof annotate gold --run {plain(str(run))}")
    say("Send each their link. The free edition lets all who log in open all projects.")
