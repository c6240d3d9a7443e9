"""Committing what was found: images with cluster and split, captions, and what was left out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from datagen.ingest.clusters import Known, Placement, place
from datagen.ingest.incoming import take
from datagen.ingest.looking import Found, Skipped
from datagen.ingest.reading import IngestOptions
from schemas.identity import short
from schemas.ledger import Drop, drops_table
from schemas.manifest import Manifest
from schemas.run import RunFolder
from schemas.tables import to_table

Row = dict[str, Any]


def ingest_config(run: RunFolder, options: IngestOptions) -> dict[str, Any]:
    """The settings and flags that decide what ``ingest/`` holds."""
    flags = {"license": options.license, "may_leave": options.may_leave, "split": options.split, "copy": options.copy}
    columns = options.columns
    asked = {"image_column": columns.image, "caption_columns": [*columns.captions], "download": options.download}
    said = {key: value for key, value in asked.items() if value}
    return {**run.settings.ingest.model_dump(), **run.settings.run.model_dump(exclude={"categories"}), **flags, **said}


def commit_found(
    run: RunFolder,
    found: Sequence[Found],
    skipped: Skipped,
    options: IngestOptions,
    sources: Mapping[str, str],
    *,
    since: float | None = None,
    with_it: Callable[[], None] = lambda: None,
) -> Manifest:
    """Commit the union of what the run holds and what was found.

    Images that are there keep cluster and split; captions of a source that is read again are replaced.

    Args:
        run: The run, locked.
        found: Records with their images.
        skipped: What was left out; images that bridge splits are added to it.
        options: Licence, and whether images may leave or are copied.
        sources: Mark by name of every source that was read.
        since: When the work began, as ``time.monotonic()`` said.
        with_it: What is to be committed along, called when all else is written.
    """
    before = run.current("ingest")
    images = {row["image"]: row for row in before.table("images").to_pylist()} if before else {}
    added = _add_images(run, images, found, skipped, options)
    captions = _captions(before.table("captions").to_pylist() if before else [], images, found)
    with run.stage("ingest", since=since) as stage:
        stage.table("images", to_table("images", list(images.values())).sort_by("image"))
        order = [(key, "ascending") for key in ("image", "source", "row", "text")]
        stage.table("captions", to_table("captions", captions).sort_by(order))
        stage.table("drops", drops_table(skipped.drops))
        with_it()
        return stage.commit(
            inputs={"ingest": before.manifest.ref} if before else {},
            sources={**(before.manifest.sources if before else {}), **sources},
            config=ingest_config(run, options),
            counts={
                "images": len(images),
                "new images": added,
                "captions": len(captions),
                "clusters": len({row["cluster"] for row in images.values()}),
                **dict(sorted(Counter(row["split"] for row in images.values()).items())),
            },
            drops=skipped.counts,
        )


def _add_images(
    run: RunFolder, images: dict[str, Row], found: Sequence[Found], skipped: Skipped, options: IngestOptions
) -> int:
    """Add new images to the rows, in place; returns how many."""
    placed = place(
        [Known(one.image.image, one.image.phash) for one in found if one.image.image not in images],
        {ref: (Known(ref, row["phash"]), Placement(row["cluster"], row["split"])) for ref, row in images.items()},
        distance=run.settings.ingest.near_duplicate_distance,
        settings=run.settings.run,
        split=options.split,
    )
    for bridge in placed.bridges:
        near, far = map(short, bridge.clusters)
        detail = f"a near-duplicate of clusters {near} and {far}, which lie in two splits"
        skipped.drops.append(Drop("bridges-splits", image=bridge.image, detail=detail))
    for one in found:
        ref = one.image.image
        if ref in images:
            if not (one.record.may_leave and options.may_leave):
                images[ref] = {**images[ref], "may_leave": False}
        elif ref in placed.placements:
            images[ref] = _image_row(run, one, placed.placements[ref], options)
    return len(placed.placements)


def _captions(held: Sequence[Row], images: Mapping[str, Row], found: Sequence[Found]) -> list[Row]:
    """The captions that stay and those that were found; one of an image that stands there is not repeated."""
    replaced = {one.source for one in found}
    captions = [row for row in held if row["source"] not in replaced]
    said = {(row["image"], row["text"]) for row in captions}
    for one in found:
        ref = one.image.image
        for text in one.record.captions:
            if ref in images and (ref, text) not in said:
                said.add((ref, text))
                captions.append(
                    {"image": ref, "text": text, "language": "en", "source": one.source, "row": one.record.row}
                )
    return captions


def _image_row(run: RunFolder, one: Found, at: Placement, options: IngestOptions) -> Row:
    image = one.image
    return {
        "image": image.image,
        "path": _where(run, one, options),
        "name": one.record.image,
        "format": image.format,
        "width": image.width,
        "height": image.height,
        "bytes": image.bytes,
        "phash": image.phash,
        "license": options.license or one.record.license,
        "may_leave": options.may_leave and one.record.may_leave,
        "drawn": one.record.drawn,
        "cluster": at.cluster,
        "split": at.split,
        "source": one.source,
    }


def _where(run: RunFolder, one: Found, options: IngestOptions) -> str | None:
    """The image's path, relative where it lies in the run folder; brought there first if it must be."""
    if one.image.path is None:
        return None
    to = run.path / "images" / f"{short(one.image.image)}.{(one.image.format or 'image').lower()}"
    path = take(run, one.image.path.resolve(), to, copy=options.copy)
    return str(path.relative_to(run.path) if path.is_relative_to(run.path) else path)
