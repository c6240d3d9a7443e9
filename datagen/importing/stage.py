"""Taking the pairs of a file into a run."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from datagen.generators.harvest import union, with_earlier
from datagen.importing.shapes import PairFile, read_pair_file
from datagen.ingest.commit import commit_found
from datagen.ingest.looking import Skipped, look, references
from datagen.ingest.reading import IngestOptions, Reading
from datagen.ingest.scratch import note, scratch
from datagen.sources import SourceRecord
from datagen.sources.record import image_name
from schemas.config import SPLITS, Split
from schemas.errors import InvalidPair, InvalidRecord, UnreadableFile
from schemas.ledger import Drop
from schemas.manifest import Manifest
from schemas.mmr import PairsRead
from schemas.pair import Pair
from schemas.run import RunFolder
from schemas.tables import pair_row, to_table

_FIX = "Mend the row, or pass --skip-invalid to leave it out."


@dataclass(frozen=True)
class Imported:
    """What ``import`` did; ``changed`` is False where the run already held these pairs.

    ``skipped`` holds what both stages left out: images stand in the ledger of ``ingest/``, rows and halves in
    that of ``generate/``.
    """

    manifest: Manifest
    changed: bool
    skipped: Skipped
    with_images: bool


def import_pairs(
    run: RunFolder,
    path: Path,
    options: IngestOptions = IngestOptions(),  # noqa: B008 - frozen
    *,
    category: str | None = None,
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Take the pairs of a file into a run; the caller holds the run folder's lock.

    Images are looked for in ``options.images``, else beside the file; where none of them lies there they
    are only named, and each is its own cluster. A half that has no other is left out and named in the ledger.

    Args:
        run: The run.
        path: Rows of the benchmark's shape, as released or as ``export --format mmr`` writes them, or
            MMR-data's conversations.
        options: Where images lie, the split of clusters that are new (else the one the file is named for, else
            train for conversations and benchmark for rows), what to do with bad rows.
        category: Of pairs whose file names none, in full or without its level; else ``unsorted/unsorted``.
        on_images: Called once with the number of images.
        on_progress: Called with how many more have been looked at.

    Raises:
        InvalidPair: A row cannot become half of a pair; with ``skip_invalid`` it is left out by name.
        BadConfig: There is no such category, or the file's pairs have their own.
    """
    skipped, skipped_images = Skipped(), Skipped()
    category = run.settings.run.taxonomy.find(category) if category is not None else None

    def on_invalid(error: InvalidPair) -> None:
        if not options.skip_invalid:
            raise error
        skipped.drops.append(Drop("invalid-pair", detail=f"{error.where}: {error.what}"))

    file = read_pair_file(path, on_invalid, category=category)
    options = replace(options, split=options.split or split_named_by(path, otherwise=file.split))
    with scratch() as db:
        reading = _reading(db, path, file, options, skipped)
        look(run, db, [reading], skipped_images, strict=options.strict, on_images=on_images, on_progress=on_progress)
        read = file.pairs(references(db, {named.name for named in file.images}))
        _name_faults(read, partial(file.place, path), on_invalid, skipped)
        if not read.pairs:
            left = ", ".join(f"{count:,} {reason}" for reason, count in skipped.counts.items())
            what = f"no pair in it ({left})" if left else "no pair in it"
            raise InvalidPair(what, where=str(path), fix=file.advice)
        taken = _Taken(path, read, db, reading, options, category)
        manifest, changed = _commit(run, taken, skipped, skipped_images)
        both = Skipped([*skipped_images.drops, *skipped.drops])
        return Imported(manifest, changed, both, with_images=reading.root is not None)


def _name_faults(
    read: PairsRead, place: Callable[[int, str], str], on_invalid: Callable[[InvalidPair], None], skipped: Skipped
) -> None:
    """What is wrong with the file stops the import unless told otherwise; a half without its other never does."""
    for fault in read.faults:
        where = place(fault.row, fault.id)
        if fault.reason == "invalid-pair":
            on_invalid(InvalidPair(fault.what, where=where, fix=_FIX))
        else:
            skipped.drops.append(Drop(fault.reason, detail=f"{where}: {fault.what}"))


@dataclass(frozen=True)
class _Taken:
    """What was read of a file, to be committed."""

    path: Path
    read: PairsRead
    db: Connection
    reading: Reading
    options: IngestOptions
    category: str | None


def _commit(run: RunFolder, taken: _Taken, skipped: Skipped, skipped_images: Skipped) -> tuple[Manifest, bool]:
    """Commit images and pairs, and say whether anything was new."""
    path, read, options = taken.path, taken.read, taken.options
    before = run.current("generate")
    sources = {taken.reading.name(run): taken.reading.mark(taken.db)}
    held = set(before.table("pairs", ["pair_id"])["pair_id"].to_pylist()) if before else set()
    if before and _holds(run, taken.db) and held >= {pair.pair_id for pair in read.pairs}:
        return before.manifest, False
    ingested = commit_found(run, taken.db, [taken.reading], skipped_images, options, sources)
    there = set(run.require("ingest").table("images", ["image"])["image"].to_pylist())
    whole = [pair for pair in read.pairs if there.issuperset(pair.images)]
    for pair in read.pairs:
        if not there.issuperset(pair.images):  # it bridges two splits: its pair goes with it
            skipped.drops.append(Drop("image-kept-out", pair_id=pair.pair_id, category=pair.category))
    fresh = to_table("pairs", [pair_row(pair) for pair in _once(whole, skipped)])
    table = union(before.table("pairs") if before else None, fresh)
    config: dict[str, Any] = {"import": path.name, "split": options.split}
    with run.stage("generate") as stage:
        stage.table("pairs", table)
        earlier = before.table("drops") if before else None
        stage.table("drops", with_earlier(earlier, skipped.drops, generator="import"))
        manifest = stage.commit(
            inputs={"ingest": ingested.ref},
            sources=sources,
            config=config if taken.category is None else {**config, "category": taken.category},
            generator="import",
            counts={
                "pairs": len(table),
                "new pairs": len(table) - (before.manifest.counts.get("pairs", 0) if before else 0),
                **dict(sorted(Counter(table["kind"].to_pylist()).items())),
                **dict(sorted(Counter(table["category"].to_pylist()).items())),
            },
            drops=skipped.counts,
        )
    return manifest, True


def _once(pairs: Sequence[Pair], skipped: Skipped) -> list[Pair]:
    """Each pair once: one that a file holds again, in whatever order of letters, is the same pair."""
    found: dict[str, Pair] = {}
    for pair in pairs:
        if pair.pair_id in found:
            skipped.drops.append(Drop("repeated", detail=pair.provenance.source, lost_to=pair.pair_id))
        found.setdefault(pair.pair_id, pair)
    return list(found.values())


def split_named_by(path: Path, *, otherwise: Split = "benchmark") -> Split:
    """The split an export's file is named for; for any other file ``otherwise``.

    That is benchmark for rows of the benchmark's shape, so that none is trained on by mistake.
    """
    return next((split for split in SPLITS if path.name.startswith(split)), otherwise)


def _reading(db: Connection, path: Path, file: PairFile, options: IngestOptions, skipped: Skipped) -> Reading:
    """The images that rows name, as if they were a source without captions."""
    records: dict[str, SourceRecord] = {}
    for named in file.images:
        try:
            name = image_name(named.name, where=file.place(path, named.row, named.id))
        except InvalidRecord as error:
            if not options.skip_invalid:
                raise
            skipped.record(error)
        else:
            records.setdefault(name, SourceRecord(name, (), named.row, may_leave=options.may_leave))
    beside = path.parent if any((path.parent / name).is_file() for name in records) else None
    if options.images is not None and not options.images.is_dir():
        raise UnreadableFile("no such folder of images", where=str(options.images), fix="Pass --images DIR.")
    root = options.images or beside
    for record in records.values():
        note(db, 0, record)
    return Reading(path, root.resolve() if root else None, number=0, images=len(records))


def _holds(run: RunFolder, db: Connection) -> bool:
    before = run.current("ingest")
    held = set(before.table("images", ["image"])["image"].to_pylist()) if before else set()
    return all(ref in held for (ref,) in db.execute("SELECT image FROM looked"))
