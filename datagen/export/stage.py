"""``export``: the kept pairs of a run into one format or more."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from datagen.export.contract import ExportOptions, ExportPair
from datagen.export.images import ImagePlacer
from datagen.export.registry import EXPORTERS
from datagen.workers import cores, worker_pool
from schemas.broken import GOLD
from schemas.config import SPLITS
from schemas.errors import BadRunFolder, WorkFailed
from schemas.manifest import STAYING, Manifest
from schemas.run import RunFolder, Stage
from schemas.tables import pairs_of
from schemas.verified import Exportable, exportable_pairs

DROPPED_LATER = "verified, though a later filter would drop them"  # a note: their ids
UNVERIFIED = "left out, verified by nobody"
WRONG = "left out, known to be wrong"
WORTH_IT = 5_000  # pairs; below, starting processes takes longer than it saves


@dataclass(frozen=True)
class Exported:
    """One format written, or found written before (``changed`` is False)."""

    format: str
    path: Path
    manifest: Manifest
    changed: bool


def export(
    run: RunFolder,
    formats: Sequence[str],
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
    *,
    unverified: bool = False,
) -> Iterator[Exported]:
    """Write the pairs that people have verified or, before they have, those that filters keep, a format at a time.

    The caller holds the run folder's lock.

    Args:
        run: The run.
        formats: Their names.
        options: For formats of training samples.
        unverified: Whether pairs that nobody has verified are written beside the verified ones.

    Raises:
        UnknownName: There is no such format.
        MissingStage: Pairs were not filtered yet.
        WorkFailed: No pair was kept, or people rejected all of them.
    """
    for name in formats:
        EXPORTERS.get(name)
    filtered = run.require("filter")
    names = list(dict.fromkeys(formats))
    if len(names) > 1 and cores() > 1 and filtered.manifest.counts.get("kept", 0) >= WORTH_IT:
        with worker_pool() as pool:
            yield from pool.map(_export_one, *zip(*[(run, name, options, unverified) for name in names], strict=True))
        return
    for name in names:
        yield _export_one(run, name, options, unverified)


def _export_one(run: RunFolder, name: str, options: ExportOptions, unverified: bool) -> Exported:
    began = time.monotonic()
    found = exportable_pairs(run, unverified=unverified)
    inputs = {stage: one.manifest.ref for stage, one in found.inputs.items()}
    sources = {GOLD.name: hashlib.sha256(" ".join(found.broken).encode()).hexdigest()} if found.broken else {}
    config: dict[str, Any] = {"format": name, **asdict(options), **({"include": "unverified"} if unverified else {})}
    stage_name = f"export/{name}"
    before = run.current(stage_name)
    if before and before.manifest.made_from(inputs=inputs, sources=sources, config=config):
        return Exported(name, before.path, before.manifest, changed=False)
    _refuse_nothing(found)
    ingested, table = found.inputs["ingest"], found.pairs
    images = {row["image"]: row for row in ingested.table("images").to_pylist()}
    _refuse_unplaced(table, images, ingested)
    with run.stage(stage_name, since=began) as stage:
        pairs = (ExportPair(pair, images[pair.positive.image]["split"]) for pair in pairs_of(table))
        with ImagePlacer(run.path, images, stage.path) as placer:
            counts = EXPORTERS.get(name)(pairs, stage.path, placer, options)
        for path in sorted(stage.path.glob("[!.]*")):
            if path.is_dir():
                stage.add_folder(path)
            else:
                stage.add(path)
        manifest = stage.commit(
            inputs=inputs,
            sources=sources,
            config=config,
            counts={"pairs": len(table), **counts, **_images_counted(placer, images), **_people_counted(found)},
            notes={
                "verification": dict(sorted(Counter(table["verification"].to_pylist()).items())),
                "licenses": dict(sorted(Counter(str(images[ref]["license"]) for ref in placer.placed).items())),
                "filters left out": found.inputs["filter"].manifest.notes.get("without", []),
                **({DROPPED_LATER: list(found.dropped_later)} if found.dropped_later else {}),
                STAYING: sorted(name for ref, name in placer.placed.items() if not images[ref]["may_leave"]),
            },
        )
    return Exported(name, stage.path, manifest, changed=True)


def _people_counted(found: Exportable) -> dict[str, int]:
    counts = {UNVERIFIED: found.left_out, WRONG: len(found.broken)}
    return {name: number for name, number in counts.items() if number}


def _refuse_nothing(found: Exportable) -> None:
    filtered = found.inputs["filter"]
    if not len(found.pairs):
        why = "people rejected all pairs that the filters keep"
        if not filtered.manifest.counts.get("kept"):
            why = "no pair was kept by the filters"
        raise WorkFailed(why, where=str(filtered.path), fix="See `leadproof status`.")


def _images_counted(placer: ImagePlacer, images: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    named = sum(images[ref]["path"] is None for ref in placer.placed)
    return {"images": len(placer.placed) - named} | ({"images not at hand, only named": named} if named else {})


def _refuse_unplaced(pairs: pa.Table, images: Mapping[str, Mapping[str, Any]], ingested: Stage) -> None:
    """Every image is known and of a split: a split is a file's name, so it is never taken as it stands."""
    asked = {ref for half in ("positive", "negative") for ref in pc.struct_field(pairs[half], "image").to_pylist()}
    odd = [ref for ref in asked if ref not in images or images[ref]["split"] not in SPLITS]
    if odd:
        fix = "Delete that numbered folder and run ingest again."
        what = f"{len(odd):,} images of the kept pairs are not in it, or of no split"
        raise BadRunFolder(what, where=str(ingested.file("images")), fix=fix)
