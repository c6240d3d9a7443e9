"""``leadproof import``."""

from pathlib import Path
from typing import Annotated

import typer

from app.options import RunOption


def import_pairs(
    file: Annotated[Path, typer.Argument(help="Pairs: rows of the MMR benchmark's shape, or our own mmr export.")],
    run: RunOption,
    images: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the images; else beside FILE.")] = None,
    split: Annotated[
        str | None,
        typer.Option(help="Split of images that are new; else the one FILE is named for, else benchmark."),
    ] = None,
    license: Annotated[str | None, typer.Option(help="Licence of all these images.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at an image that cannot be used.")] = False,
    skip_invalid: Annotated[bool, typer.Option("--skip-invalid", help="Leave out rows that cannot be used.")] = False,
) -> None:
    """Take existing pairs into a run."""
    from app.commands.ingest import show_skipped
    from app.console import progress, say, show_counts
    from datagen.importing import import_pairs as take_in
    from datagen.ingest import IngestOptions
    from schemas.config import SPLITS
    from schemas.errors import BadConfig
    from schemas.run import RunFolder

    if split is not None and split not in SPLITS:
        raise BadConfig(f"--split {split!r} is not known", fix=f"Use one of: {', '.join(SPLITS)}.")
    options = IngestOptions(images=images, license=license, strict=strict, skip_invalid=skip_invalid, split=split)
    folder = RunFolder.create(run)
    with folder.writing(), progress("Looking at images") as (total, more):
        done = take_in(folder, file, options, on_images=total, on_progress=more)
    if not done.changed:
        say("Nothing new: the run holds these pairs.")
        return
    show_skipped(done.skipped)
    if not done.with_images:
        say("The images are not at hand: pairs name them only. Pass --images DIR to take them in.")
    show_counts("Imported", done.manifest.counts)
    say(f"New images are of the {done.manifest.config['split']} split; --split says otherwise.")
