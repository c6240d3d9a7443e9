"""``leadproof filter``."""

from typing import Annotated

import typer

from app.options import RunOption


def filter(
    run: RunOption,
    without: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Leave out structure, hedging or duplicates.")
    ] = None,
) -> None:
    """Score all pairs and decide which are kept; every drop has a reason."""
    from app.console import progress, say, show_counts
    from datagen.filters import filter_pairs
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    with folder.writing(), progress("Scoring") as (total, more):
        done = filter_pairs(folder, without=without or (), on_pairs=total, on_progress=more)
    if not done.changed:
        say("Nothing to do: these pairs were filtered before, with the same settings.")
        return
    show_counts("Filtered", done.manifest.counts)
    if done.manifest.drops:
        show_counts("Dropped", done.manifest.drops)
