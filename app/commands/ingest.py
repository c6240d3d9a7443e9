"""``leadproof ingest``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.options import RunOption

if TYPE_CHECKING:
    from datagen.ingest import Skipped


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files of captions.")],
    run: RunOption,
    format: Annotated[str, typer.Option(help="auto, coco or jsonl.")] = "auto",
    images: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the images; else beside PATH.")] = None,
    facts: Annotated[
        Path | None, typer.Option(metavar="FILE", help="COCO instances (boxes), or JSON lines of facts.")
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="Copy the images into the run folder.")] = False,
    license: Annotated[str | None, typer.Option(help="Licence of all these images.")] = None,
    may_leave: Annotated[
        bool, typer.Option("--may-leave/--stay", help="Whether the images may be sent to hosts outside.")
    ] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at an image that cannot be used.")] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Leave out records that cannot be used.")
    ] = False,
) -> None:
    """Take images and captions into a run: identity, near-duplicates, splits."""
    from app.console import progress, say, show_counts
    from datagen.ingest import IngestOptions
    from datagen.ingest import ingest as take_in
    from schemas.run import RunFolder

    options = IngestOptions(
        format=format, images=images, facts=facts, copy=copy, license=license, may_leave=may_leave, strict=strict,
        skip_invalid=skip_invalid,
    )  # fmt: skip
    folder = RunFolder.create(run)
    with folder.writing(), progress("Looking at images") as (total, more):
        done = take_in(folder, paths, options, on_images=total, on_progress=more)
    if not done.changed:
        say("Nothing new: the run holds these files as they are.")
        return
    show_skipped(done.skipped)
    show_counts("Ingested", done.manifest.counts)


def show_skipped(skipped: "Skipped") -> None:
    """What was left out: the first few by name, all by count."""
    from app.console import say, show_counts
    from schemas.text import plain

    for drop in skipped.drops[:10]:
        say(f"skipped, {drop.reason}: {plain(drop.detail or '')}")
    if len(skipped.drops) > 10:
        say(f"… and {len(skipped.drops) - 10:,} more; all stand in ingest/, drops.parquet.")
    if skipped.drops:
        show_counts("Skipped", skipped.counts)
