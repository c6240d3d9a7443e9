"""``leadproof ingest``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.options import RunOption

if TYPE_CHECKING:
    from datagen.ingest import Skipped
    from datagen.sources.record import Columns


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files or folders of captions and images.")],
    run: RunOption,
    format: Annotated[
        str, typer.Option(help="auto, coco, llava, jsonl, json, csv, parquet, folder, webdataset or hf.")
    ] = "auto",
    images: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the images; else beside PATH.")] = None,
    image_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Column of the image, by number without a header; else guessed.")
    ] = None,
    caption_column: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Column of captions; may be repeated.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option(metavar="FILE", help="COCO instances (boxes), or JSON lines of facts.")
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="Copy the images into the run folder.")] = False,
    license: Annotated[str | None, typer.Option(help="Licence of all these images.")] = None,
    may_leave: Annotated[
        bool, typer.Option("--may-leave/--stay", help="Whether the images may be sent to hosts outside.")
    ] = True,
    download: Annotated[bool, typer.Option("--download", help="Fetch images that are web addresses.")] = False,
    allow_private_hosts: Annotated[
        bool, typer.Option("--allow-private-hosts", help="Fetch from this machine and its network, too.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at an image that cannot be used.")] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Leave out records that cannot be used.")
    ] = False,
) -> None:
    """Take images and captions into a run: identity, near-duplicates, splits."""
    from app.console import progress, say, show_counts
    from datagen.ingest import IngestOptions
    from datagen.ingest import ingest as take_in
    from datagen.sources.record import Columns
    from schemas.starting import starting

    options = IngestOptions(
        format=format, images=images, facts=facts, copy=copy, license=license, may_leave=may_leave, strict=strict,
        skip_invalid=skip_invalid, columns=Columns(image_column, tuple(caption_column or ())), download=download,
        allow_private_hosts=allow_private_hosts,
    )  # fmt: skip
    with starting(run) as folder, progress("Looking at images") as (total, more):
        done = take_in(folder, paths, options, on_images=total, on_progress=more, on_columns=show_columns)
    if not done.changed:
        say("Nothing new: the run holds these files as they are.")
        return
    show_skipped(done.skipped)
    show_counts("Ingested", done.manifest.counts)


def show_columns(where: str, columns: "Columns") -> None:
    """Which columns are taken, before they are."""
    from app.console import say
    from schemas.text import plain

    say(plain(f"{where}: {columns}", limit=500))


def show_skipped(skipped: "Skipped", *, stages: str = "ingest/") -> None:
    """What was left out: the first few by name, all by count; where the others are named."""
    from app.console import say, show_counts
    from schemas.text import plain

    for drop in skipped.drops[:10]:
        say(f"skipped, {drop.reason}: {plain(drop.detail or '')}")
    if len(skipped.drops) > 10:
        say(f"… and {len(skipped.drops) - 10:,} more; all stand in {stages}, drops.parquet.")
    if skipped.drops:
        show_counts("Skipped", skipped.counts)
