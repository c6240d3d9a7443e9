"""``generate``: a run's images through a generator, as the union with the pairs it already holds."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from datagen.generators.gather import Slices, gather, slices
from datagen.generators.registry import GENERATORS
from datagen.ingest.facts import write_facts
from datagen.workers import cores, worker_pool
from schemas.config import GenerateSettings
from schemas.ledger import Drop, drops_table
from schemas.manifest import Manifest
from schemas.run import RunFolder
from schemas.tables import fact_rows, pair_row, to_table

CHUNK = 128
WORTH_IT = 4  # chunks; below, starting processes takes longer than it saves


@dataclass(frozen=True)
class Generated:
    """What ``generate`` did; ``changed`` is False where the run already held it all."""

    manifest: Manifest
    changed: bool


def generate(
    run: RunFolder,
    *,
    backend: str = "rules",
    per_image: int | None = None,
    categories: Sequence[str] = (),
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Generated:
    """Make pairs from all images of a run; the caller holds the run folder's lock.

    Args:
        run: The run.
        backend: Name of a registered generator.
        per_image: Pairs per image at most, instead of the setting.
        categories: Only these, in full or without their level; none means all.
        on_images: Called once with the number of images.
        on_progress: Called with how many more are done.

    Raises:
        MissingStage: Nothing was ingested.
        UnknownName: There is no such backend.
        BadConfig: There is no such category.
    """
    began = time.monotonic()
    GENERATORS.get(backend)
    ingested = run.require("ingest")
    settings = run.settings.generate
    if per_image is not None:
        settings = settings.model_copy(update={"per_image": per_image})
    wanted = sorted({run.settings.run.taxonomy.find(name) for name in categories})
    config: dict[str, Any] = {"backend": backend, "categories": wanted, **settings.model_dump()}
    config["seed"] = run.settings.run.seed
    before = run.current("generate")
    if before and before.manifest.made_from(inputs=_inputs(run), sources={}, config=config):
        return Generated(before.manifest, changed=False)

    on_images(ingested.manifest.counts["images"])
    harvest = _Harvest(set(wanted))
    for made in _made(slices(run, CHUNK), backend, settings, run.settings.run.seed, on_progress):
        harvest.add(made)
    _commit_derived_facts(run, harvest)
    splits = {row["image"]: row["split"] for row in ingested.table("images", ["image", "split"]).to_pylist()}
    fresh = harvest.pairs_table()
    across = _across_splits(fresh, splits)
    table = union(before.table("pairs") if before else None, fresh.filter(pc.invert(across)))
    drops = [*harvest.drops, *(Drop("two-splits", pair_id=one) for one in fresh.filter(across)["pair_id"].to_pylist())]
    with run.stage("generate", since=began) as stage:
        stage.table("pairs", table)
        stage.table("drops", drops_table(drops))
        manifest = stage.commit(
            inputs=_inputs(run),
            config=config,
            generator=backend,
            counts=_counts(table, before.manifest.counts.get("pairs", 0) if before else 0),
            drops=dict(sorted(harvest.refused.items())),
        )
    return Generated(manifest, changed=True)


def union(before: pa.Table | None, fresh: pa.Table) -> pa.Table:
    """Pairs that were there and pairs that are new, by id; what was there stays as it is."""
    if before is not None:
        fresh = fresh.filter(pc.invert(pc.is_in(fresh["pair_id"], value_set=before["pair_id"].combine_chunks())))
        fresh = pa.concat_tables([before, fresh])
    return fresh.sort_by("pair_id")


class _Chunk(NamedTuple):
    """What came of some images, in a form that is quick to hand from process to process."""

    images: int
    pairs: pa.Table
    facts: list[dict[str, Any]]
    refused: list[tuple[str, str, str, int]]  # image, category, reason, times


class _Harvest:
    """What the generator made, as tables as it comes, so that records do not pile up."""

    def __init__(self, wanted: set[str]) -> None:
        self._wanted = wanted
        self._pairs: list[pa.Table] = []
        self.facts: list[dict[str, Any]] = []
        self.drops: list[Drop] = []
        self.refused: Counter[str] = Counter()

    def add(self, chunk: "_Chunk") -> None:
        """Take in a chunk's results."""
        categories = pa.array(sorted(self._wanted), pa.string())
        wanted = chunk.pairs.filter(pc.is_in(chunk.pairs["category"], categories)) if self._wanted else chunk.pairs
        self._pairs.append(wanted)
        self.facts += chunk.facts
        for image, category, reason, times in chunk.refused:
            self.refused[reason] += times
            self.drops.append(Drop(reason, image=image, category=category or None, detail=f"{times} times"))

    def pairs_table(self) -> pa.Table:
        """All pairs, each id once, by id."""
        table = pa.concat_tables([to_table("pairs", []), *self._pairs]).sort_by("pair_id")
        ids = table["pair_id"].combine_chunks()
        if len(ids) < 2:
            return table
        first = pa.concat_arrays([pa.array([True]), pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))])
        return table.filter(first)


def _made(
    parts: Iterable[Slices],
    backend: str,
    settings: GenerateSettings,
    seed: int,
    on_progress: Callable[[int], None],
) -> Iterator[_Chunk]:
    """Chunks of results in the images' order; in worker processes where there is more than one chunk."""
    chunks = iter(parts)
    first = list(islice(chunks, WORTH_IT))
    if len(first) < WORTH_IT or cores() == 1:
        for chunk in chain(first, chunks):
            made = _make_chunk(chunk, backend, settings, seed)
            on_progress(made.images)
            yield made
        return
    with worker_pool() as pool:
        waiting: deque[Future[_Chunk]] = deque()
        for chunk in chain(first, chunks):
            waiting.append(pool.submit(_make_chunk, chunk, backend, settings, seed))
            if len(waiting) >= 3 * cores():
                yield _finished(waiting.popleft(), on_progress)
        while waiting:
            yield _finished(waiting.popleft(), on_progress)


def _finished(chunk: Future[_Chunk], on_progress: Callable[[int], None]) -> _Chunk:
    made = chunk.result()
    on_progress(made.images)
    return made


def _make_chunk(chunk: Slices, backend: str, settings: GenerateSettings, seed: int) -> _Chunk:
    generator = GENERATORS.get(backend)
    rows: list[dict[str, Any]] = []
    facts: list[dict[str, Any]] = []
    refused = []
    images = 0
    for evidence in gather(chunk):
        images += 1
        made = generator(evidence, settings, seed=seed)
        rows += [pair_row(pair) for pair in made.pairs]
        facts += fact_rows(made.facts)
        refused += [(evidence.image, *about, times) for about, times in sorted(made.refused.items())]
    return _Chunk(images, to_table("pairs", rows), facts, refused)


def _commit_derived_facts(run: RunFolder, harvest: _Harvest) -> None:
    """Add the facts that pairs rest on to ``facts/``, unless they stand there already."""
    before = run.current("facts")
    kept = before.table("facts").to_pylist() if before else []
    known = {row["fact_id"] for row in kept}
    fresh = [row for row in harvest.facts if row["fact_id"] not in known]
    if fresh:
        boxes = before.table("boxes").to_pylist() if before else []
        write_facts(run, boxes, [*kept, *fresh], sources=before.manifest.sources if before else {})


def _across_splits(table: pa.Table, splits: Mapping[str, str]) -> pa.Array:
    """Which pairs are over two images of two splits: nobody may meet half a pair in another split."""
    positive = pc.struct_field(table["positive"], "image").to_pylist()
    negative = pc.struct_field(table["negative"], "image").to_pylist()
    return pa.array(
        [splits.get(one) != splits.get(two) for one, two in zip(positive, negative, strict=True)], pa.bool_()
    )


def _counts(table: pa.Table, before: int) -> dict[str, int]:
    kinds = Counter(table["kind"].to_pylist())
    categories = Counter(table["category"].to_pylist())
    return {
        "pairs": len(table),
        "new pairs": len(table) - before,
        **dict(sorted(kinds.items())),
        **dict(sorted(categories.items())),
    }


def _inputs(run: RunFolder) -> dict[str, Any]:
    found = {name: run.current(name) for name in ("ingest", "facts")}
    return {name: stage.manifest.ref for name, stage in found.items() if stage}
