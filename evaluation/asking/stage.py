"""``eval``: a benchmark asked of a model, scored, and written as a stage of a run folder."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.asking.chain import ask_item
from evaluation.asking.guarding import ask_guard
from evaluation.asking.naming import folder_name
from evaluation.asking.seeing import NOTHING, refuse_unseen
from evaluation.asking.takings import Takings
from evaluation.asking.way import Way
from evaluation.asking.writing import Findings, write_findings
from evaluation.benchmarks.contract import Benchmark
from evaluation.benchmarks.images import Located
from evaluation.guard import Guard
from evaluation.item import Item
from evaluation.strategies import STRATEGIES, Strategy
from mllm import Chain, ImagePart, Model, Outcome, Probe, Probing, Request, Ways, open_asker, run_chains
from mllm.tally import Tally
from schemas.errors import BadConfig, WorkFailed
from schemas.identity import seeded
from schemas.manifest import Manifest
from schemas.run import RunFolder, Stage

Images = Mapping[str, ImagePart]
WAITING = "without a reply"  # in the manifest: questions that count as wrong until they are asked again


@dataclass(frozen=True)
class Evaluated:
    """An evaluation that was written, or was there before (``changed`` is False, and only ``stage`` says more)."""

    stage: Stage
    changed: bool
    findings: Findings | None = None
    tally: Tally = field(default_factory=Tally)
    spent: float = 0.0  # USD of the run folder in all

    @property
    def manifest(self) -> Manifest:
        """Its manifest."""
        return self.stage.manifest


def evaluate(
    run: RunFolder,
    benchmark: Benchmark,
    images: Located,
    ways: Ways,
    way: Way = Way(),  # noqa: B008 - frozen
    *,
    guard: Guard | None = None,
    guard_images: Located = NOTHING,
    incomplete: bool = False,
    on_total: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int, float | None], None] = lambda done, usd: None,
) -> Evaluated:
    """Ask a benchmark and write ``eval/<benchmark>/<model>-<config>/``; the caller holds the run folder's lock.

    Every reply is in the run's journal before it is used: broken off and repeated, nothing is asked twice, and the
    same replies give the same rows and figures.

    Args:
        run: Whose journal, budget and prices are used.
        benchmark: What is asked.
        images: Its images (:func:`evaluation.asking.seeing.images_of`); not looked at where it is asked blind.
        ways: Which model, and how it is reached.
        way: How it is asked.
        guard: Questions of general ability, asked as well.
        guard_images: Theirs.
        incomplete: Write it even where some questions have no reply: these count as unread and wrong.
        on_total: Told how many items there are.
        on_progress: Told how many are done, and USD spent by this command so far, after each.

    Raises:
        BadConfig: The model cannot be asked in this way, or a flag does not fit.
        BadInput: An image is missing.
        WorkFailed: The server fails on and on, or questions have no reply; what was received is kept.
    """
    strategy = STRATEGIES.get(way.strategy)
    items = chosen(benchmark.items, way)
    with open_asker(run, ways) as asker:
        refuse_unable(asker.model, way, strategy)
        refuse_unseen([] if way.blind else items, images, benchmark, guard, guard_images, asker)
        config = _config(benchmark, images.parts, asker.model, way, strategy, guard, asker.terms.transform.mark)
        name = folder_name(benchmark.name, asker.model.name, way.unusual, config)
        before = run.current(name)
        before = before if before and before.manifest.made_from(inputs={}, sources={}, config=config) else None
        if before and not before.manifest.notes.get(WAITING) and not ways.ask_again:
            return Evaluated(before, changed=False, spent=asker.till.budget.spent)
        taken = Takings(on_progress, asker.till.tally)
        chains = chains_of(items, images.parts, way, strategy, guard, guard_images.parts)
        on_total(len(items) + (len(guard.items) if guard else 0))
        run_chains(chains, asker, taken.add)
        waiting = sum(one.open for one in taken.asked) + sum(one.open for one in taken.guarded) + taken.unmeasured
        if waiting and not incomplete:
            raise WorkFailed(
                f"{waiting:,} of {len(items) + len(taken.guarded):,} questions have no reply ({taken.why()})",
                where=name,
                fix="Repeat the command to ask these again; all others are kept. --incomplete scores what there is.",
            )
        if before and not asker.till.tally.received:  # asked again for nothing
            return Evaluated(before, changed=False, spent=asker.till.budget.spent)
        findings = taken.findings(items, way)
        with run.stage(name) as stage:
            counts = write_findings(stage, findings, images.parts)
            manifest = stage.commit(
                config=config,
                counts=counts,
                model=asker.model.name,
                tokens=asker.till.tally.tokens,
                usd=asker.till.tally.usd or 0.0,
                notes={"left out": list(benchmark.left_out[:100]), WAITING: waiting},
            )
        return Evaluated(Stage(stage.path, manifest), True, findings, asker.till.tally, asker.till.budget.spent)


def chosen(items: Sequence[Item], way: Way) -> list[Item]:
    """All items, or those of so many pairs, drawn by their ids, whole samples together; they keep their order."""
    if way.limit is None:
        return list(items)
    pairs: dict[str, set[str]] = {}  # of a sample, which is asked as a whole or not at all
    for item in items:
        pairs.setdefault(item.group or item.id, set()).add(item.id)
    taken: set[str] = set()
    for name in sorted(pairs, key=lambda one: seeded(way.seed, "pilot", one)):
        if len(taken) >= way.limit:
            break
        taken |= pairs[name]
    return [item for item in items if item.id in taken]


def refuse_unable(model: Model, way: Way, strategy: Strategy) -> None:
    """Refuse what a model cannot do.

    Raises:
        BadConfig: It would have to be measured in ways that it cannot, or to look while it is blind.
    """
    if strategy.image and way.blind:
        raise BadConfig(f"the strategy {strategy.name} needs the image", where="--blind", fix="Leave one of them out.")
    wanted = dict.fromkeys(strategy.needs, f"--strategy {strategy.name}")
    if way.by == "likelihood":
        wanted["choices"] = "--by likelihood"
    if way.internals:
        wanted |= dict.fromkeys(("attention", "choices"), "--internals")
    if way.efficiency:
        wanted["efficiency"] = "--efficiency"
    able = model.probes if isinstance(model, Probing) else frozenset()
    for ability, flag in wanted.items():
        if ability not in able:
            fix = "Ask local weights: --backend transformers. Or leave the flag out."
            raise BadConfig(f"{model.name} cannot be measured like that ({ability})", where=flag, fix=fix)


def _config(
    benchmark: Benchmark, images: Images, model: Model, way: Way, strategy: Strategy, guard: Guard | None, mark: str
) -> dict[str, Any]:
    shown = {} if way.blind else {name: part.ref for name, part in sorted(images.items())}
    refs = json.dumps(shown).encode("utf-8", "surrogatepass")
    return {
        **way.config(),
        "benchmark": benchmark.name,
        "digest": benchmark.digest,
        "premises": benchmark.premises,
        "images": hashlib.sha256(refs).hexdigest()[:16],
        "endpoint": model.endpoint,
        "model": model.name,
        "strategy_version": strategy.version,
        "transform": mark,
        "guard": guard.digest if guard else None,
    }


def chains_of(
    items: Sequence[Item], images: Images, way: Way, strategy: Strategy, guard: Guard | None, guard_images: Images
) -> Iterator[Chain[Any]]:
    """What is asked: the benchmark's items, the guard's, and what local weights take."""
    for item in items:
        yield ask_item(item, None if way.blind else images[item.image], way, strategy)
    for question in guard.items if guard else ():
        yield ask_guard(question, guard_images.get(question.image), way)
    if way.efficiency and items:
        yield _measure(items[0], images.get(items[0].image))


def _measure(item: Item, image: ImagePart | None) -> Chain[Outcome]:
    from evaluation.asking.prompts import question_of
    from evaluation.strategies import Asking

    turn = Asking("efficiency", image, "").shown(question_of(item))
    (outcome,) = yield [Request("efficiency", "efficiency", (turn,), max_tokens=32, probe=Probe(efficiency=True))]
    return outcome
