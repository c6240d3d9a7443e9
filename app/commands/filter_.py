"""``leadproof filter``."""

from typing import Annotated

import typer

from app.options import RunOption


def filter(
    run: RunOption,
    without: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Leave out structure, hedging or duplicates.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Drop imported pairs for their content too; else only report them.")
    ] = False,
) -> None:
    """Score all pairs and decide which are kept; every drop has a reason."""
    from app.console import progress, say, show_counts
    from datagen.filters import filter_pairs
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    with folder.writing(), progress("Scoring") as (total, more):
        done = filter_pairs(folder, without=without or (), apply=apply, on_pairs=total, on_progress=more)
    if not done.changed:
        say("Nothing to do: these pairs were filtered before, with the same settings.")
        return
    show_counts("Filtered", done.manifest.counts)
    if done.manifest.drops:
        show_counts("Dropped", done.manifest.drops)
    for name, pairs in done.manifest.notes["reported on imported pairs"].items():
        say(f"{name} would drop {len(pairs):,} imported pairs ({', '.join(pairs[:3])}…); --apply does so.")
