"""``leadproof import``."""

from pathlib import Path
from typing import Annotated

import typer

from app.options import RunOption


def import_pairs(
    file: Annotated[
        Path, typer.Argument(help="Rows of the MMR benchmark's shape (our mmr export), or MMR-data's conversations.")
    ],
    run: RunOption,
    images: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the images; else beside FILE.")] = None,
    split: Annotated[
        str | None,
        typer.Option(help="Split of new images; else the one FILE is named for, else benchmark; MMR-data: train."),
    ] = None,
    category: Annotated[
        str | None, typer.Option(help="Category of pairs that come without one, as MMR-data's.")
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
    from schemas.starting import starting
    from schemas.taxonomy import UNSORTED

    if split is not None and split not in SPLITS:
        raise BadConfig(f"--split {split!r} is not known", fix=f"Use one of: {', '.join(SPLITS)}.")
    options = IngestOptions(images=images, license=license, strict=strict, skip_invalid=skip_invalid, split=split)
    with starting(run) as folder, progress("Looking at images") as (total, more):
        done = take_in(folder, file, options, category=category, on_images=total, on_progress=more)
    if not done.changed:
        say("Nothing new: the run holds these pairs.")
        return
    show_skipped(done.skipped, stages="ingest/ and generate/")
    if not done.with_images:
        say("The images are not at hand: pairs name them only. Pass --images DIR to take them in.")
    show_counts("Imported", done.manifest.counts)
    if category is None and UNSORTED in done.manifest.counts:
        say(f"Pairs that came without a category stand under {UNSORTED}; --category NAME gives them one.")
    say(f"New images are of the {done.manifest.config['split']} split; --split says otherwise.")
