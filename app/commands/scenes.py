"""``leadproof scenes``."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def scenes(
    count: Annotated[int, typer.Argument(metavar="N", min=1, max=1_000_000, help="How many.")],
    run: Annotated[Path | None, typer.Option("--run", metavar="DIR", help="The run folder they go into.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Or a new folder: images, captions, facts.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the run's.")] = None,
    size: Annotated[int, typer.Option(metavar="PX", min=64, max=2048, help="Side of the square images.")] = 336,
    holdout: Annotated[
        Literal["none", "train", "test"],
        typer.Option(help="train: without a tenth of all combinations; test: with one at least."),
    ] = "none",
) -> None:
    """Draw scenes with exact facts: images for trying things out, and for measuring with certainty."""
    from app.console import progress, say, show_counts
    from schemas.errors import BadConfig
    from schemas.starting import starting
    from schemas.text import plain

    if (run is None) == (out is None):
        raise BadConfig("scenes go either into a run or into a folder", fix="Pass --run DIR or --out DIR.")
    with progress("Drawing") as (total, more):
        if run is not None:
            from datagen.scenes.stage import draw_into

            with starting(run) as folder:
                done = draw_into(
                    folder, count, seed=seed, size=size, holdout=holdout, on_images=total, on_progress=more
                )
        elif out is not None:
            from datagen.scenes import write_scenes_whole

            total(count)
            write_scenes_whole(out, count, seed=seed or 0, size=size, holdout=holdout, on_progress=more)
            say(f"{count:,} scenes in {plain(str(out))}: captions.jsonl, facts.jsonl, worlds.jsonl, images/.")
            return
    if done.changed:
        show_counts("Ingested", done.manifest.counts)
    else:
        say("Nothing new: the run holds these scenes.")
