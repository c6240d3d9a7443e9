"""``import``: pairs that exist already, straight into ``generate/``, their images into ``ingest/``."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from datagen.generators.stage import union
from datagen.ingest.commit import commit_found
from datagen.ingest.looking import Found, Skipped, look
from datagen.ingest.reading import IngestOptions, Reading
from datagen.sources import SourceRecord
from datagen.sources.record import image_name
from schemas.config import SPLITS, Split
from schemas.errors import InvalidPair, InvalidRecord
from schemas.ledger import Drop, drops_table
from schemas.manifest import Manifest
from schemas.mmr import MmrRow, read_rows, rows_to_pairs
from schemas.run import RunFolder
from schemas.tables import pair_row, to_table


@dataclass(frozen=True)
class Imported:
    """What ``import`` did; ``changed`` is False where the run already held these pairs."""

    manifest: Manifest
    changed: bool
    skipped: Skipped
    with_images: bool


def import_pairs(
    run: RunFolder,
    path: Path,
    options: IngestOptions = IngestOptions(),  # noqa: B008 - frozen
    *,
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Take the pairs of an MMR-shaped file into a run; the caller holds the run folder's lock.

    Images are looked for in ``options.images``, else beside the file; where none of them lies there they
    are only named, and each is its own cluster.

    Args:
        run: The run.
        path: Rows of the benchmark's shape, as released or as ``export --format mmr`` writes them.
        options: Where images lie, the split of clusters that are new (else the one the file is named for, else
            benchmark), what to do with bad rows.
        on_images: Called once with the number of images.
        on_progress: Called with how many more have been looked at.

    Raises:
        InvalidPair: A row cannot become half of a pair; with ``skip_invalid`` it is left out by name.
    """
    skipped = Skipped()
    options = replace(options, split=options.split or split_named_by(path))
    rows = read_rows(path)
    reading = _reading(path, rows, options, skipped)
    found = look(run, [reading], skipped, strict=options.strict, on_images=on_images, on_progress=on_progress)
    refs = {one.record.image: one.image.image for one in found}
    read = rows_to_pairs([row for row in rows if row.image in refs], image_ref=refs.__getitem__, source=path.name)
    for fault in read.faults:
        error = InvalidPair(fault.what, where=f"{path.name}:{fault.row} ({fault.id})", fix=_FIX)
        if not options.skip_invalid:
            raise error
        skipped.drops.append(Drop("invalid-pair", detail=f"{error.where}: {error.what}"))
    if not read.pairs:
        raise InvalidPair("no pair in it", where=str(path), fix="See `leadproof lint` on the file.")

    before = run.current("generate")
    sources = {reading.name(run): reading.mark()}
    with_images = reading.root is not None
    held = set(before.table("pairs", ["pair_id"])["pair_id"].to_pylist()) if before else set()
    if before and _holds(run, found) and held >= {pair.pair_id for pair in read.pairs}:
        return Imported(before.manifest, changed=False, skipped=skipped, with_images=with_images)
    ingested = commit_found(run, found, skipped, options, sources)
    there = set(run.require("ingest").table("images", ["image"])["image"].to_pylist())
    whole = [pair for pair in read.pairs if there.issuperset(pair.images)]
    for pair in read.pairs:
        if not there.issuperset(pair.images):  # it bridges two splits: its pair goes with it
            skipped.drops.append(Drop("image-kept-out", pair_id=pair.pair_id, category=pair.category))
    fresh = to_table("pairs", [pair_row(pair) for pair in whole])
    table = union(before.table("pairs") if before else None, fresh)
    with run.stage("generate") as stage:
        stage.table("pairs", table)
        stage.table("drops", drops_table(skipped.drops))
        manifest = stage.commit(
            inputs={"ingest": ingested.ref},
            sources=sources,
            config={"import": path.name, "split": options.split},
            generator="import",
            counts={
                "pairs": len(table),
                "new pairs": len(table) - (before.manifest.counts.get("pairs", 0) if before else 0),
                **dict(sorted(Counter(table["kind"].to_pylist()).items())),
                **dict(sorted(Counter(table["category"].to_pylist()).items())),
            },
            drops=skipped.counts,
        )
    return Imported(manifest, changed=True, skipped=skipped, with_images=with_images)


_FIX = "Mend the row, or pass --skip-invalid to leave it out."


def split_named_by(path: Path) -> Split:
    """The split an export's file is named for; benchmark for any other file, so that none is trained on by mistake."""
    return next((split for split in SPLITS if path.name.startswith(split)), "benchmark")


def _reading(path: Path, rows: list[MmrRow], options: IngestOptions, skipped: Skipped) -> Reading:
    """The images that rows name, as if they were a source without captions."""
    records: dict[str, SourceRecord] = {}
    for row in rows:
        try:
            name = image_name(row.image, where=f"{path.name}:{row.row} ({row.id})")
        except InvalidRecord as error:
            if not options.skip_invalid:
                raise
            skipped.record(error)
        else:
            records.setdefault(name, SourceRecord(name, (), row.row, may_leave=options.may_leave))
    beside = path.parent if any((path.parent / name).is_file() for name in records) else None
    root = options.images or beside
    return Reading(path, root.resolve() if root else None, list(records.values()))


def _holds(run: RunFolder, found: list[Found]) -> bool:
    before = run.current("ingest")
    held = set(before.table("images", ["image"])["image"].to_pylist()) if before else set()
    return all(one.image.image in held for one in found)
