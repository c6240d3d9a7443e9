"""``generate``: a run's images through a generator, as the union with the pairs it already holds."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from datagen.generators.commit import commit_generated, generate_inputs
from datagen.generators.gather import Slices, gather, slices
from datagen.generators.harvest import Chunk, Harvest, refusals
from datagen.generators.registry import GENERATORS
from datagen.workers import cores, worker_pool
from schemas.config import GenerateSettings
from schemas.ledger import Drop
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
    if before and before.manifest.made_from(inputs=generate_inputs(run), sources={}, config=config):
        return Generated(before.manifest, changed=False)

    on_images(ingested.manifest.counts.get("images", 0))
    harvest = Harvest(wanted)
    for made in _made(slices(run, CHUNK), backend, settings, run.settings.run.seed, on_progress):
        harvest.add(made)
    return Generated(commit_generated(run, harvest, config=config, generator=backend, since=began), changed=True)


def _made(
    parts: Iterable[Slices],
    backend: str,
    settings: GenerateSettings,
    seed: int,
    on_progress: Callable[[int], None],
) -> Iterator[Chunk]:
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
        waiting: deque[Future[Chunk]] = deque()
        for chunk in chain(first, chunks):
            waiting.append(pool.submit(_make_chunk, chunk, backend, settings, seed))
            if len(waiting) >= 3 * cores():
                yield _finished(waiting.popleft(), on_progress)
        while waiting:
            yield _finished(waiting.popleft(), on_progress)


def _finished(chunk: Future[Chunk], on_progress: Callable[[int], None]) -> Chunk:
    made = chunk.result()
    on_progress(made.images)
    return made


def _make_chunk(chunk: Slices, backend: str, settings: GenerateSettings, seed: int) -> Chunk:
    generator = GENERATORS.get(backend)
    rows: list[dict[str, Any]] = []
    facts: list[dict[str, Any]] = []
    drops: list[Drop] = []
    refused: Counter[str] = Counter()
    images = 0
    for evidence in gather(chunk):
        images += 1
        made = generator(evidence, settings, seed=seed)
        rows += [pair_row(pair) for pair in made.pairs]
        facts += fact_rows(made.facts)
        drops += refusals(evidence.image, made.refused.items())
        for (_, reason), times in made.refused.items():
            refused[reason] += times
    return Chunk(images, to_table("pairs", rows), facts, drops, refused)
