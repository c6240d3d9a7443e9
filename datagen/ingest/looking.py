"""Looking at the images of what was read; what cannot be used is left out by name."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from datagen.ingest.probe import Limits, ProbedImage, SkippedImage, Wanted, probe_all
from datagen.ingest.reading import Reading
from datagen.sources import SourceRecord
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


@dataclass(frozen=True)
class Found:
    """One record with its image."""

    source: str
    record: SourceRecord
    image: ProbedImage


def look(
    run: RunFolder,
    readings: Sequence[Reading],
    skipped: Skipped,
    *,
    strict: bool = False,
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> list[Found]:
    """Look at all images.

    Raises:
        UnreadableFile: With ``strict``, at the first image that cannot be used; else where none can.
    """
    on_images(sum(len(reading.records) for reading in readings))
    found: list[Found] = []
    for reading in readings:
        for record, image in zip(reading.records, _probed(run, reading, on_progress), strict=True):
            if isinstance(image, ProbedImage):
                found.append(Found(reading.name(run), record, image))
            elif strict:
                fix = "Mend it, or leave out --strict to skip it."
                raise UnreadableFile(f"{image.reason}: {image.detail}", where=image.name, fix=fix)
            else:
                skipped.image(reading.path.name, image)
    if not found and skipped.drops:
        raise UnreadableFile(
            f"none of its images could be used; the first: {skipped.drops[0].reason}, {skipped.drops[0].detail}",
            where=", ".join(str(reading.path) for reading in readings),
            fix="Pass --images DIR if they lie elsewhere.",
        )
    return found


def _probed(
    run: RunFolder, reading: Reading, on_progress: Callable[[int], None]
) -> Iterator[ProbedImage | SkippedImage]:
    if reading.root is None:
        return (_named(record.image) for record in reading.records)
    wanted = [
        Wanted(record.image, place, place.parent if at in reading.stored else reading.root, not record.drawn)
        for at, record in enumerate(reading.records)
        if isinstance(place := reading.stored.get(at, reading.root / record.image), Path)
    ]
    found = probe_all(wanted, limits_of(run), on_done=on_progress)
    places = (reading.stored.get(at) for at in range(len(reading.records)))
    return (place if isinstance(place, SkippedImage) else next(found) for place in places)


def limits_of(run: RunFolder) -> Limits:
    """What the run's settings still let in."""
    settings = run.settings.ingest
    return Limits(int(settings.max_megabytes * 1e6), int(settings.max_megapixels * 1e6))


def _named(name: str) -> ProbedImage:
    return ProbedImage(name, path_ref(name), None, None, None, None, None, None)
