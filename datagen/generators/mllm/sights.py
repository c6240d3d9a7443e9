"""The images that a model is shown, in the order in which it is shown them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from datagen.generators.mllm.chain import Sight
from mllm import ImagePart
from schemas.errors import MissingStage
from schemas.identity import seeded_share
from schemas.run import RunFolder


class Chosen(NamedTuple):
    """One image of a run."""

    image: str
    path: str
    may_leave: bool
    width: int
    height: int


def chosen_images(run: RunFolder, *, limit: int | None = None, stratified: bool = False, seed: int) -> list[Chosen]:
    """A run's images that are at hand, in a seeded order, so that a pilot is the beginning of the whole.

    Args:
        run: The run.
        limit: So many at most.
        stratified: With each source and split in its share, however few are taken.
        seed: Of the order.

    Raises:
        MissingStage: Nothing was ingested, or no image is at hand.
    """
    columns = ["image", "path", "may_leave", "width", "height", "source", "split"]
    rows = [row for row in run.require("ingest").table("images", columns).to_pylist() if row["path"] is not None]
    if not rows:
        raise MissingStage("no image is at hand", where=str(run.path), fix="Ingest images with `leadproof ingest`.")
    rows.sort(key=lambda row: (seeded_share(seed, "asked", row["image"]), row["image"]))
    if stratified:
        rows = _interleaved(rows)
    return [Chosen(*(row[name] for name in Chosen._fields)) for row in rows[:limit]]


def captions_of(run: RunFolder) -> Callable[[str], tuple[str, ...]]:
    """Looks up an image's captions, in the table's order."""
    table = run.require("ingest").table("captions", ["image", "text"])
    encoded = pc.run_end_encode(table["image"].combine_chunks()) if len(table) else None
    texts = table["text"].combine_chunks() if len(table) else pa.array([], pa.string())
    places: dict[str, tuple[int, int]] = {}
    if encoded is not None:
        start = 0
        for image, end in zip(encoded.values.to_pylist(), encoded.run_ends.to_pylist(), strict=True):
            places[image], start = (start, end), end

    def look_up(image: str) -> tuple[str, ...]:
        start, end = places.get(image, (0, 0))
        return tuple(texts.slice(start, end - start).to_pylist())

    return look_up


def sights(run: RunFolder, images: Sequence[Chosen]) -> Iterator[Sight]:
    """Images with their captions, as they are asked about."""
    captions = captions_of(run)
    for one in images:
        yield Sight(ImagePart(one.image, run.path / one.path, one.may_leave), captions(one.image))


def _interleaved(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every source and split spread evenly over the whole."""
    strata: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        strata[row["source"], row["split"]].append(row)
    placed = [((at + 0.5) / len(stratum), number) for stratum in strata.values() for at, number in enumerate(stratum)]
    return [row for _, row in sorted(placed, key=lambda one: one[0])]
