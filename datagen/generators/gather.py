"""Gathering what a run holds of each image into :class:`Evidence`, image by image, in order."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import pyarrow as pa

from datagen.generators.evidence import Evidence, SeenBox
from datagen.workers import packed, unpacked
from schemas.fact import Fact
from schemas.run import RunFolder

Row = dict[str, Any]
BATCH = 4_096


class Slices(NamedTuple):
    """The rows of some images, as bytes that are quick to hand to a worker process."""

    images: bytes
    captions: bytes
    boxes: bytes | None
    facts: bytes | None


def slices(run: RunFolder, size: int) -> Iterator[Slices]:
    """All images at hand, so many at a time, in order.

    Raises:
        MissingStage: Nothing was ingested.
    """
    ingested = run.require("ingest")
    stage = run.current("facts")
    boxed_at_all = stage is not None and bool(stage.manifest.files["boxes.parquet"].rows)
    images = ingested.table("images", ["image", "width", "height"])
    captions = _Sorted(ingested.table("captions", ["image", "text"]))
    boxes = _Sorted(stage.table("boxes")) if stage and boxed_at_all else None
    facts = _Sorted(stage.table("facts")) if stage else None
    for start in range(0, len(images), size):
        part = images.slice(start, size)
        first, last = part["image"][0].as_py(), part["image"][-1].as_py()
        yield Slices(
            packed(part),
            packed(captions.between(first, last)),
            packed(boxes.between(first, last)) if boxes else None,
            packed(facts.between(first, last)) if facts else None,
        )


class _Sorted:
    """A table sorted by image."""

    def __init__(self, table: pa.Table) -> None:
        self._table, self._images = table, table["image"].to_pylist()

    def between(self, first: str, last: str) -> pa.Table:
        """The rows of the images from first to last."""
        start, end = bisect_left(self._images, first), bisect_right(self._images, last)
        return self._table.slice(start, end - start)


def gather(part: Slices) -> Iterator[Evidence]:
    """The evidence of each image of a part; images that are only named have none."""
    captions = _Groups(unpacked(part.captions))
    boxes = _Groups(unpacked(part.boxes) if part.boxes is not None else None)
    facts = _Groups(unpacked(part.facts) if part.facts is not None else None)
    for row in _rows(unpacked(part.images)):
        ref = row["image"]
        if row["width"] is None:
            continue
        yield Evidence(
            image=ref,
            captions=tuple(found["text"] for found in captions.of(ref)),
            boxes=tuple(_box(found, row["width"], row["height"]) for found in boxes.of(ref)),
            facts=tuple(_fact(found) for found in facts.of(ref)),
            boxed=part.boxes is not None,
        )


class _Groups:
    """Rows of a table sorted by image, handed out an image at a time, in order."""

    def __init__(self, table: pa.Table | None) -> None:
        self._groups = groupby(_rows(table), key=itemgetter("image")) if table is not None else iter(())
        self._waiting: tuple[str, list[Row]] | None = None

    def of(self, image: str) -> list[Row]:
        """The rows of one image; images must be asked for in ascending order."""
        while True:
            if self._waiting is None:
                following = next(self._groups, None)
                if following is None:
                    return []
                self._waiting = (following[0], list(following[1]))
            held, rows = self._waiting
            if held > image:
                return []
            self._waiting = None
            if held == image:
                return rows


def _rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=BATCH):
        yield from batch.to_pylist()


def _box(row: Row, width: int, height: int) -> SeenBox:
    left, top = max(0.0, row["x"] / width), max(0.0, row["y"] / height)
    return SeenBox(
        label=row["label"],
        left=left,
        top=top,
        width=min(row["width"] / width, 1 - left),
        height=min(row["height"] / height, 1 - top),
        pixels=row["width"] * row["height"],
        crowd=row["crowd"],
    )


def _fact(row: Row) -> Fact:
    return Fact.model_construct(**{key: value for key, value in row.items() if key != "fact_id"})
