"""Committing what was found: images with cluster and split, captions, and what was left out."""

from collections.abc import Callable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from datagen.ingest.looking import Skipped
from datagen.ingest.placing import place_found
from datagen.ingest.reading import IngestOptions, Reading
from datagen.ingest.union import add_images, all_captions, all_images, counted, hold
from schemas.identity import short
from schemas.ledger import Drop, drops_table
from schemas.manifest import Manifest
from schemas.run import RunFolder


def ingest_config(run: RunFolder, options: IngestOptions) -> dict[str, Any]:
    """The settings and flags that decide what ``ingest/`` holds."""
    flags = {"license": options.license, "may_leave": options.may_leave, "split": options.split, "copy": options.copy}
    columns = options.columns
    asked = {"image_column": columns.image, "caption_columns": [*columns.captions], "download": options.download}
    said = {key: value for key, value in asked.items() if value}
    return {**run.settings.ingest.model_dump(), **run.settings.run.model_dump(exclude={"categories"}), **flags, **said}


def commit_found(
    run: RunFolder,
    db: Connection,
    readings: Sequence[Reading],
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
        db: The scratch database, which holds the records with what their images turned out to be.
        readings: The sources that were read.
        skipped: What was left out; images that bridge splits are added to it.
        options: Licence, and whether images may leave or are copied.
        sources: Mark by name of every source that was read.
        since: When the work began, as ``time.monotonic()`` said.
        with_it: What is to be committed along, called when all else is written.
    """
    before = run.current("ingest")
    if before:
        hold(db, before)
    added = _place(run, db, skipped, options)
    add_images(run, db, readings, options)
    with run.stage("ingest", since=since) as stage:
        images = stage.stream("images", all_images(db))
        captions = stage.stream("captions", all_captions(db))
        stage.table("drops", drops_table(skipped.drops))
        with_it()
        return stage.commit(
            inputs={"ingest": before.manifest.ref} if before else {},
            sources={**(before.manifest.sources if before else {}), **sources},
            config=ingest_config(run, options),
            counts={"images": images, "new images": added, "captions": captions, **counted(db)},
            drops=skipped.counts,
        )


def _place(run: RunFolder, db: Connection, skipped: Skipped, options: IngestOptions) -> int:
    """Place new images, and name those that are kept out; returns how many were placed."""
    distance = run.settings.ingest.near_duplicate_distance
    for bridge in place_found(db, distance=distance, settings=run.settings.run, split=options.split):
        near, far = map(short, bridge.clusters)
        detail = f"a near-duplicate of clusters {near} and {far}, which lie in two splits"
        skipped.drops.append(Drop("bridges-splits", image=bridge.image, detail=detail))
    (placed,) = db.execute("SELECT count(*) FROM placed").fetchone()
    return int(placed)
