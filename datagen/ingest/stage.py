"""``ingest``: sources and facts into a run, as the union with what it already holds."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from datagen.ingest.commit import commit_found, ingest_config
from datagen.ingest.facts import commit_facts, facts_by_image
from datagen.ingest.gathering import read_source
from datagen.ingest.incoming import incoming
from datagen.ingest.looking import Skipped, limits_of, look
from datagen.ingest.reading import IngestOptions
from datagen.ingest.scratch import scratch
from datagen.sources import raise_invalid
from datagen.sources.record import Columns
from schemas.manifest import Manifest
from schemas.run import RunFolder


@dataclass(frozen=True)
class Ingested:
    """What ``ingest`` did; ``changed`` is False where the run already held it all."""

    manifest: Manifest
    changed: bool
    skipped: Skipped


def ingest(
    run: RunFolder,
    paths: Sequence[Path],
    options: IngestOptions = IngestOptions(),  # noqa: B008 - frozen
    *,
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
    on_columns: Callable[[str, Columns], None] = lambda *_: None,
) -> Ingested:
    """Take images and captions into a run; the caller holds the run folder's lock.

    Args:
        run: The run.
        paths: Files of captions.
        options: How they are read.
        on_images: Called once with the number of images to look at.
        on_progress: Called with how many more have been looked at.
        on_columns: Called with a source's name and the columns taken from it, before they are read.

    Raises:
        BadInput: A file or record cannot be used, or with ``strict`` an image; nothing is committed.
    """
    began = time.monotonic()
    skipped = Skipped()
    on_invalid = skipped.record if options.skip_invalid else raise_invalid
    with incoming(run) as shelf, scratch() as db:
        most = limits_of(run).max_bytes
        readings = [
            read_source(db, number, path, options, on_invalid, shelf=shelf, max_bytes=most, on_columns=on_columns)
            for number, path in enumerate(paths)
        ]
        facts = facts_by_image(options.facts, on_invalid) if options.facts else None
        sources = {reading.name(run): reading.mark(db, facts.mark if facts else "") for reading in readings}
        before = run.current("ingest")
        if (
            before
            and before.manifest.config == ingest_config(run, options)
            and sources.items() <= before.manifest.sources.items()
        ):
            return Ingested(before.manifest, changed=False, skipped=skipped)
        look(run, db, readings, skipped, strict=options.strict, on_images=on_images, on_progress=on_progress)

        def with_it() -> None:
            if facts is not None:
                commit_facts(run, db, facts)

        manifest = commit_found(run, db, readings, skipped, options, sources, since=began, with_it=with_it)
    return Ingested(manifest, changed=True, skipped=skipped)
