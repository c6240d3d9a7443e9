"""Gathering what a run holds of each image into :class:`Evidence`, image by image, in order."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from datagen.generators.evidence import Evidence, SeenBox
from schemas.fact import Fact
from schemas.run import RunFolder

Row = dict[str, Any]
BATCH = 4_096


def gather(run: RunFolder) -> Iterator[Evidence]:
    """The evidence of every image at hand, sorted by image; tables are read side by side, a batch at a time.

    Raises:
        MissingStage: Nothing was ingested.
    """
    ingested = run.require("ingest")
    captions = _Groups(ingested.table("captions", ["image", "text"]))
    stage = run.current("facts")
    boxes = _Groups(stage.table("boxes") if stage else None)
    facts = _Groups(stage.table("facts") if stage else None)
    images = ingested.table("images", ["image", "width", "height"])
    boxed_at_all = stage is not None and stage.manifest.files["boxes.parquet"].rows
    for row in _rows(images):
        ref = row["image"]
        if row["width"] is None:
            continue
        drawn = tuple(_fact(found) for found in facts.of(ref))
        yield Evidence(
            image=ref,
            captions=tuple(found["text"] for found in captions.of(ref)),
            boxes=tuple(_box(found, row["width"], row["height"]) for found in boxes.of(ref)),
            facts=drawn,
            boxed=bool(boxed_at_all),
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
