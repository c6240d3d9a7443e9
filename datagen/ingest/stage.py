"""``ingest``: sources and facts into a run, as the union with what it already holds."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datagen.ingest.clusters import Known, Placement, place
from datagen.ingest.facts import commit_facts, facts_by_image
from datagen.ingest.probe import Limits, ProbedImage, SkippedImage, Wanted, probe_all
from datagen.sources import SOURCES, SourceRecord, detect
from schemas.config import Split
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.identity import short
from schemas.ledger import Drop, drops_table
from schemas.manifest import Manifest
from schemas.run import RunFolder
from schemas.tables import to_table

NAMED = 20


@dataclass(frozen=True)
class IngestOptions:
    """How sources are read; see ``leadproof ingest --help``."""

    format: str = "auto"
    images: Path | None = None
    facts: Path | None = None
    copy: bool = False
    license: str | None = None
    may_leave: bool = True
    strict: bool = False
    skip_invalid: bool = False
    split: Split | None = None


@dataclass
class Skipped:
    """What was left out, with how many of it and the first few by name."""

    drops: list[Drop] = field(default_factory=list)

    def image(self, source: str, skipped: SkippedImage) -> None:
        """Leave an image out."""
        detail = f"{skipped.name} ({source}): {skipped.detail}"
        self.drops.append(Drop(skipped.reason, image=None, detail=detail))

    def record(self, error: InvalidRecord) -> None:
        """Leave a record out."""
        self.drops.append(Drop("invalid-record", detail=f"{error.where}: {error.what}"))

    @property
    def counts(self) -> dict[str, int]:
        """How many, by reason."""
        return dict(sorted(Counter(drop.reason for drop in self.drops).items()))


@dataclass(frozen=True)
class Ingested:
    """What ``ingest`` did; ``changed`` is False where the run already held it all."""

    manifest: Manifest
    changed: bool
    skipped: Skipped


@dataclass(frozen=True)
class _Found:
    """One source, read and looked at."""

    source: str
    record: SourceRecord
    image: ProbedImage


def ingest(
    run: RunFolder,
    paths: Sequence[Path],
    options: IngestOptions = IngestOptions(),
    *,
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Ingested:
    """Take images and captions into a run; the caller holds the run folder's lock.

    Args:
        run: The run.
        paths: Files of captions.
        options: How they are read.
        on_images: Called once with the number of images to look at.
        on_progress: Called with how many more have been looked at.

    Raises:
        BadInput: A file or record cannot be used, or with ``strict`` an image; nothing is committed.
    """
    skipped = Skipped()
    on_invalid = skipped.record if options.skip_invalid else _raise
    read = [_Read.of(path, options, on_invalid) for path in paths]
    facts = facts_by_image(options.facts, on_invalid) if options.facts else None
    config = {
        **run.settings.ingest.model_dump(),
        **run.settings.run.model_dump(exclude={"categories"}),
        "license": options.license,
        "may_leave": options.may_leave,
        "split": options.split,
        "copy": options.copy,
    }
    sources = {name: mark for one in read for name, mark in one.marks(run, facts.mark if facts else "").items()}
    before = run.current("ingest")
    if before and before.manifest.config == config and sources.items() <= before.manifest.sources.items():
        return Ingested(before.manifest, changed=False, skipped=skipped)

    on_images(sum(len(one.records) for one in read))
    settings = run.settings.ingest
    limits = Limits(int(settings.max_megabytes * 1e6), int(settings.max_megapixels * 1e6))
    found: list[_Found] = []
    for one in read:
        wanted = [Wanted(record.image, one.root / record.image, not record.drawn) for record in one.records]
        looked = probe_all(wanted, one.root, limits, workers=os.cpu_count() or 1, on_done=on_progress)
        for record, image in zip(one.records, looked, strict=True):
            if isinstance(image, ProbedImage):
                found.append(_Found(one.name(run), record, image))
            elif options.strict:
                raise UnreadableFile(
                    f"{image.reason}: {image.detail}",
                    where=image.name,
                    fix="Mend it, or leave out --strict to skip it.",
                )
            else:
                skipped.image(one.name(run), image)
    if not found and skipped.drops:
        raise UnreadableFile(
            f"none of {len(skipped.drops)} images could be used; the first: {skipped.drops[0].detail}",
            where=", ".join(str(path) for path in paths),
            fix="Pass --images DIR if they lie elsewhere.",
        )
    return _commit(run, found, skipped, options, sources, config, facts)


def _commit(
    run: RunFolder,
    found: list[_Found],
    skipped: Skipped,
    options: IngestOptions,
    sources: dict[str, str],
    config: dict[str, Any],
    facts: Any,
) -> Ingested:
    before = run.current("ingest")
    held = {row["image"]: row for row in before.table("images").to_pylist()} if before else {}
    fresh = [one for one in found if one.image.image not in held]
    placed = place(
        [Known(one.image.image, one.image.phash) for one in fresh],
        {
            ref: (Known(ref, row["phash"]), Placement(row["cluster"], row["split"]))
            for ref, row in held.items()
        },
        distance=run.settings.ingest.near_duplicate_distance,
        settings=run.settings.run,
        split=options.split,
    )  # fmt: skip
    for bridge in placed.bridges:
        detail = f"close to clusters {short(bridge.clusters[0])} and {short(bridge.clusters[1])} of two splits"
        skipped.drops.append(Drop("bridges-splits", image=bridge.image, detail=detail))
    images = dict(held)
    for one in found:
        ref = one.image.image
        if ref in placed.placements and ref not in images:
            images[ref] = _image_row(run, one, placed.placements[ref], options)
        elif ref in images and not (one.record.may_leave and options.may_leave):
            images[ref] = {**images[ref], "may_leave": False}
    replaced = {one.source for one in found}
    captions = [row for row in before.table("captions").to_pylist() if row["source"] not in replaced] if before else []
    said = {(row["image"], row["text"]) for row in captions}
    for one in found:
        for text in one.record.captions:
            if one.image.image in images and (one.image.image, text) not in said:
                said.add((one.image.image, text))
                captions.append(_caption_row(one, text))
    with run.stage("ingest") as stage:
        table = to_table("images", list(images.values())).sort_by("image")
        stage.table("images", table)
        order = [("image", "ascending"), ("source", "ascending"), ("row", "ascending"), ("text", "ascending")]
        stage.table("captions", to_table("captions", captions).sort_by(order))
        stage.table("drops", drops_table(skipped.drops))
        if facts is not None:
            commit_facts(run, facts, {one.record.image: one.image.image for one in found if one.image.image in images})
        manifest = stage.commit(
            inputs={"ingest": before.manifest.ref} if before else {},
            sources={**(before.manifest.sources if before else {}), **sources},
            config=config,
            counts={
                "images": len(images),
                "new images": len(placed.placements),
                "captions": len(captions),
                "clusters": len({row["cluster"] for row in images.values()}),
                **Counter(row["split"] for row in images.values()),
            },
            drops=skipped.counts,
        )
    return Ingested(manifest, changed=True, skipped=skipped)


@dataclass(frozen=True)
class _Read:
    """One file of captions, read."""

    path: Path
    root: Path
    records: list[SourceRecord]

    @classmethod
    def of(cls, path: Path, options: IngestOptions, on_invalid: Callable[[InvalidRecord], None]) -> "_Read":
        form = detect(path) if options.format == "auto" else options.format
        records = list(SOURCES.get(form)(path, on_invalid))
        root = options.images or path.parent
        if not root.is_dir():
            raise UnreadableFile("no such folder of images", where=str(root), fix="Pass --images DIR.")
        if not records:
            raise UnreadableFile("no image in it", where=str(path), fix="Name another file.")
        return cls(path, root.resolve(), records)

    def name(self, run: RunFolder) -> str:
        """How the run calls this source: below the run folder relative to it, else in full."""
        whole = self.path.resolve()
        return str(whole.relative_to(run.path) if whole.is_relative_to(run.path) else whole)

    def marks(self, run: RunFolder, facts: str) -> dict[str, str]:
        """A hash over the file, the facts and what the images' folder says of its files."""
        digest = hashlib.sha256(self.path.read_bytes())
        for record in self.records:
            try:
                stat = (self.root / record.image).stat()
                said = f"{record.image}\0{stat.st_size}\0{stat.st_mtime_ns}"
            except (OSError, ValueError):
                said = f"{record.image}\0missing"
            digest.update(said.encode("utf-8", "surrogatepass"))
        digest.update(f"{self.root}\0{facts}".encode("utf-8", "surrogatepass"))
        return {self.name(run): digest.hexdigest()}


def _image_row(run: RunFolder, one: _Found, at: Placement, options: IngestOptions) -> dict[str, Any]:
    image = one.image
    path = image.path.resolve()
    if options.copy:
        copy = run.path / "images" / f"{short(image.image)}.{image.format.lower()}"
        copy.parent.mkdir(exist_ok=True)
        draft = copy.with_suffix(".part")
        draft.write_bytes(path.read_bytes())
        draft.replace(copy)
        path = copy
    return {
        "image": image.image,
        "path": str(path.relative_to(run.path) if path.is_relative_to(run.path) else path),
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


def _caption_row(one: _Found, text: str) -> dict[str, Any]:
    return {"image": one.image.image, "text": text, "language": "en", "source": one.source, "row": one.record.row}


def _raise(error: InvalidRecord) -> None:
    raise error
