"""Showing gold: how much there is, and what its maker is to do."""

from collections import Counter

from app.annotate.golding import Built
from app.console import say, show_table


def show_gold(built: Built, owner: str) -> None:
    """How much gold there is, of which kinds, and where the owner goes on."""
    if built.gold:
        kinds = Counter((one.origin, one.label) for one in built.gold)
        fresh = Counter((one.origin, one.label) for one in built.fresh)
        rows = [(", ".join(kind), number, fresh[kind]) for kind, number in sorted(kinds.items())]
        show_table("Gold", ("", "in all", "new"), rows)
    waiting = built.solving.waiting + len(built.solving.fresh)
    page = next((one.page for one in built.pushed.projects if one.annotator == owner and one.mode == "blind"), None)
    if waiting and page:
        say(f"{waiting:,} pairs wait for {owner} to solve them blind:")
        say(f"  {page}")
        say("Then repeat this command.")
    elif not waiting:
        say("All that was asked is solved. Each push hides some of it among an annotator's tasks.")
