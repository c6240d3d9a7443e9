"""Looking at the images of what was read; what cannot be used is left out by name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection

from datagen.ingest.probe import Limits, ProbedImage, SkippedImage, Wanted, probe_all
from datagen.ingest.reading import Reading
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.identity import path_ref
from schemas.ledger import Drop
from schemas.run import RunFolder


@dataclass
class Skipped:
    """What was left out."""

    drops: list[Drop] = field(default_factory=list)

    def image(self, source: str, skipped: SkippedImage) -> None:
        """Leave an image out."""
        self.drops.append(Drop(skipped.reason, detail=f"{skipped.name} ({source}): {skipped.detail}"))

    def record(self, error: InvalidRecord) -> None:
        """Leave a record out."""
        self.drops.append(Drop("invalid-record", detail=f"{error.where}: {error.what}"))

    @property
    def counts(self) -> dict[str, int]:
        """How many, by reason."""
        return dict(sorted(Counter(drop.reason for drop in self.drops).items()))


def look(
    run: RunFolder,
    db: Connection,
    readings: Sequence[Reading],
    skipped: Skipped,
    *,
    strict: bool = False,
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Look at the images of all records; what is found goes into the scratch database beside them.

    Raises:
        UnreadableFile: With ``strict``, at the first image that cannot be used; else where none can.
    """
    on_images(sum(reading.images for reading in readings))
    any_found = False
    for reading in readings:
        name = reading.name(run)
        for record, image in zip(reading.records(db), _probed(run, db, reading, on_progress), strict=True):
            if isinstance(image, ProbedImage):
                any_found = True
                db.execute(_LOOKED, {"record": record.number, "source": name, **vars(image)})
            elif strict:
                fix = "Mend it, or leave out --strict to skip it."
                raise UnreadableFile(f"{image.reason}: {image.detail}", where=image.name, fix=fix)
            else:
                skipped.image(reading.path.name, image)
    if not any_found and skipped.drops:
        raise UnreadableFile(
            f"none of its images could be used; the first: {skipped.drops[0].reason}, {skipped.drops[0].detail}",
            where=", ".join(str(reading.path) for reading in readings),
            fix="Pass --images DIR if they lie elsewhere.",
        )
    db.execute("CREATE INDEX looked_at ON looked (image)")


def _probed(
    run: RunFolder, db: Connection, reading: Reading, on_progress: Callable[[int], None]
) -> Iterator[ProbedImage | SkippedImage]:
    if reading.root is None:
        return (ProbedImage(path_ref(record.name)) for record in reading.records(db))
    wanted = (
        Wanted(record.name, place, place.parent if record.stored else reading.root, not record.drawn)
        for record in reading.records(db)
        if record.missed is None and (place := reading.place(record.name, record.stored))
    )
    found = probe_all(wanted, reading.images, limits_of(run), on_done=on_progress)
    return (record.missed or next(found) for record in reading.records(db))


def limits_of(run: RunFolder) -> Limits:
    """What the run's settings still let in."""
    settings = run.settings.ingest
    return Limits(int(settings.max_megabytes * 1e6), int(settings.max_megapixels * 1e6))


def references(db: Connection, names: Iterable[str]) -> dict[str, str]:
    """The references of those of the named images that were found, by the name their source gives them."""
    db.execute("CREATE INDEX IF NOT EXISTS record_called ON record (name)")
    refs = ((name, db.execute(_REFERENCE, [name]).fetchone()) for name in names)
    return {name: found[0] for name, found in refs if found is not None}


def were_found(db: Connection, refs: Iterable[str]) -> set[str]:
    """Those of the references whose images were found."""
    return {ref for ref in refs if db.execute("SELECT 1 FROM looked WHERE image = ? LIMIT 1", [ref]).fetchone()}


_LOOKED = "INSERT INTO looked VALUES (:record, :source, :image, :format, :width, :height, :bytes, :phash)"
_REFERENCE = "SELECT image FROM looked JOIN record ON id = record WHERE name = ? ORDER BY id DESC LIMIT 1"
