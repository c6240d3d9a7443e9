"""``generate`` with a model: a run's images before it, as the union with the pairs that are there."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datagen.generators.commit import commit_generated, generate_inputs
from datagen.generators.harvest import Chunk, Harvest
from datagen.generators.mllm.chain import Plan, Sighted, pairs_of
from datagen.generators.mllm.prompts import EXTRACTION, PAIRS
from datagen.generators.mllm.sights import Chosen, chosen_images, sights
from mllm import Asker, Chain, run_chains
from mllm.batch import check_nothing_out
from mllm.session import Ways, open_asker
from mllm.tally import Tally
from schemas.manifest import Manifest
from schemas.run import RunFolder
from schemas.tables import fact_rows, pair_row, to_table

CHUNK = 128


@dataclass(frozen=True)
class Pilot:
    """Which of a run's images are asked about."""

    limit: int | None = None
    stratified: bool = False


@dataclass(frozen=True)
class Progress:
    """Where an asking command stands."""

    images: int
    pairs: int
    usd: float | None  # spent by this command; None: unknown


@dataclass(frozen=True)
class Asked:
    """What asking a model came to; ``changed`` is False where the run already held it all."""

    manifest: Manifest
    changed: bool
    tally: Tally = field(default_factory=Tally)
    open: int = 0  # images that are to be asked about again
    spent: float = 0.0  # USD that the run folder has spent in all, with what is held
    held: float = 0.0  # of it: for lost replies and batches that are out


def generate_with_model(
    run: RunFolder,
    ways: Ways,
    pilot: Pilot = Pilot(),
    *,
    per_image: int | None = None,
    categories: Sequence[str] = (),
    on_images: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Asked:
    """Have a model make pairs from a run's images; the caller holds the run folder's lock.

    Replies that the journal holds are not asked for again, so a command that was broken off, or stopped at its
    budget, is taken up by repeating it.

    Args:
        run: The run.
        ways: The model, and how it is asked.
        pilot: Which images.
        per_image: Pairs per image at most, instead of the setting.
        categories: Only these, in full or without their level; none means all.
        on_images: Called once with the number of images.
        on_progress: Called after each image.

    Raises:
        MissingStage: Nothing was ingested, or no image is at hand.
        BadConfig: A flag or setting cannot be used.
        WorkFailed: The server takes no request, or fails on and on; nothing is committed, what was received is kept.
    """
    with preparing(run, ways, pilot, per_image=per_image, categories=categories, on_progress=on_progress) as work:
        if work.done:
            return work.done
        check_nothing_out(work.asker)
        on_images(len(work.images))
        run_chains(work.chains(), work.asker, work.takings.add)
        return work.commit()


class Work:
    """A command's work, prepared: what is asked about, what asks, and what takes the results in."""

    def __init__(
        self, run: RunFolder, asker: Asker, plan: Plan, images: Sequence[Chosen], config: dict[str, Any],
        takings: "Takings",
    ) -> None:  # fmt: skip
        self.asker, self.images, self.takings = asker, images, takings
        self._run, self._plan, self._config, self._began = run, plan, config, time.monotonic()

    @property
    def done(self) -> Asked | None:
        """What stands in the run already, if there is nothing to do."""
        before = self._run.current("generate")
        inputs = generate_inputs(self._run)
        same = before and before.manifest.made_from(inputs=inputs, sources={}, config=self._config)
        if before and same and not before.manifest.notes.get("open") and not self.asker.terms.ask_again:
            return Asked(before.manifest, changed=False, spent=self.asker.till.budget.spent)
        return None

    def chains(self) -> Iterator[Chain[Sighted]]:
        """What is asked about each image."""
        return (pairs_of(sight, self._plan) for sight in sights(self._run, self.images))

    def commit(self) -> Asked:
        """Commit what was taken in: all images have ended."""
        self.takings.close(self.images)
        tally, open_ = self.asker.till.tally, self.takings.open
        manifest = commit_generated(
            self._run,
            self.takings.harvest,
            config=self._config,
            generator=self._plan.generator,
            model=self._plan.model,
            since=self._began,
            tokens=tally.tokens,
            usd=round(tally.usd or 0.0, 6),
            notes={"open": open_} if open_ else {},
            images={one.image for one in self.images},
        )
        spent = self.asker.journal.spending()
        return Asked(manifest, True, tally, open_, spent.usd, spent.held)


@contextmanager
def preparing(
    run: RunFolder,
    ways: Ways,
    pilot: Pilot,
    *,
    per_image: int | None,
    categories: Sequence[str],
    on_progress: Callable[[Progress], None],
) -> Iterator[Work]:
    """What a command works with, its journal closed at the end.

    Raises:
        MissingStage: Nothing was ingested, or no image is at hand.
        BadConfig: A flag or setting cannot be used.
    """
    with open_asker(run, ways) as asker:
        plan = plan_for(run, asker.model.name, ways.backend, per_image=per_image, categories=categories)
        images = chosen_images(run, limit=pilot.limit, stratified=pilot.stratified, seed=plan.seed)
        yield Work(run, asker, plan, images, _config(asker, pilot, plan), Takings(asker, on_progress))


def plan_for(
    run: RunFolder, model: str, backend: str, *, per_image: int | None = None, categories: Sequence[str] = ()
) -> Plan:
    """What holds for all images of a command.

    Raises:
        BadConfig: There is no such category.
    """
    taxonomy = run.settings.run.taxonomy
    wanted = tuple(sorted({taxonomy.find(name) for name in categories})) or taxonomy.categories
    settings = run.settings.generate
    if per_image is not None:
        settings = settings.model_copy(update={"per_image": per_image})
    name = Path(backend).name if backend.endswith(".py") else backend  # where a user's file lies is nobody's business
    return Plan(name, model, wanted, settings, run.settings.run.seed)


def _config(asker: Asker, pilot: Pilot, plan: Plan) -> dict[str, Any]:
    return {
        "backend": plan.generator,
        "model": plan.model,
        "endpoint": asker.model.endpoint,
        "image": asker.terms.transform.mark,
        "prompts": [EXTRACTION, PAIRS],
        "categories": [*plan.categories],
        "limit": pilot.limit,
        "stratified": pilot.stratified,
        "seed": plan.seed,
        **plan.settings.model_dump(),
    }


class Takings:
    """Takes in images as they end, in whatever order, and keeps them as tables."""

    def __init__(self, asker: Asker, on_progress: Callable[[Progress], None]) -> None:
        self.harvest, self.open = Harvest(()), 0
        self._asker, self._on_progress = asker, on_progress
        self._waiting: list[Sighted] = []
        self._images = self._pairs = 0
        self._seen: set[str] = set()

    def add(self, done: Sighted) -> None:
        """Take in one image."""
        self._seen.add(done.image)
        self._waiting.append(done)
        self._images += 1
        self._pairs += len(done.pairs)
        self.open += done.open
        if len(self._waiting) >= CHUNK:
            self._flush()
        self._on_progress(Progress(self._images, self._pairs, self._asker.till.tally.usd))

    def close(self, images: Sequence[Chosen]) -> None:
        """All images have been taken in."""
        self._flush()
        if missing := [one.image for one in images if one.image not in self._seen]:
            raise AssertionError(f"{len(missing)} images came to no end")

    def _flush(self) -> None:
        pairs = [pair_row(pair) for one in self._waiting for pair in one.pairs]
        facts = [row for one in self._waiting for row in fact_rows(one.facts)]
        drops = [drop for one in self._waiting for drop in one.drops]
        refused = Counter(drop.reason for drop in drops)
        self.harvest.add(Chunk(len(self._waiting), to_table("pairs", pairs), facts, drops, refused))
        self._waiting = []
