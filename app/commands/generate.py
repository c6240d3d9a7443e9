"""``leadproof generate``."""

from typing import Annotated

import typer

from app.options import RunOption


def generate(
    run: RunOption,
    backend: Annotated[str, typer.Option(help="rules: from captions and facts, without a model.")] = "rules",
    per_image: Annotated[int | None, typer.Option(min=1, max=1000, help="Pairs per image at most.")] = None,
    categories: Annotated[str | None, typer.Option(help="Only these, with commas: number,position.")] = None,
) -> None:
    """Make pairs from the images of a run; earlier pairs stay."""
    from app.console import progress, say, show_counts
    from datagen.generators import generate as make
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    wanted = [name.strip() for name in (categories or "").split(",") if name.strip()]
    with folder.writing(), progress("Generating") as (total, more):
        done = make(folder, backend=backend, per_image=per_image, categories=wanted, on_images=total, on_progress=more)
    if not done.changed:
        say("Nothing to do: these pairs were made before, from the same images with the same settings.")
        return
    show_counts("Generated" if done.manifest.model else "Generated (no model was used)", done.manifest.counts)
