"""What an evaluation would cost, before anything is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from evaluation.asking.seeing import NOTHING, refuse_missing
from evaluation.asking.stage import chains_of, chosen, refuse_unable
from evaluation.asking.way import Way
from evaluation.benchmarks.contract import Benchmark
from evaluation.benchmarks.images import Located
from evaluation.guard import Guard
from evaluation.strategies import STRATEGIES
from mllm import Asker, Chain, Outcome, Request, Ways, open_asker
from mllm.estimate import Estimate
from mllm.request import request_key
from schemas.run import RunFolder


@dataclass(frozen=True)
class Estimated:
    """What is still to be asked: requests by step, tokens, USD (None where the price is unknown).

    ``measured`` says that it comes from replies of this model; ``kept`` are in the journal already.
    """

    questions: int
    requests: Mapping[str, int]
    kept: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    measured: bool


def estimate_evaluation(
    run: RunFolder,
    benchmark: Benchmark,
    images: Located,
    ways: Ways,
    way: Way,
    *,
    guard: Guard | None = None,
    guard_images: Located = NOTHING,
) -> Estimated:
    """Follow all chains over the journal, and count what is not in it; the caller holds the run folder's lock.

    Answers that are not known yet are taken for right, so that every challenge is counted.

    Raises:
        BadInput: As for :func:`evaluation.asking.stage.evaluate`.
    """
    strategy = STRATEGIES.get(way.strategy)
    items = chosen(benchmark.items, way)
    if not way.blind:
        refuse_missing(items, images, benchmark)
    sizes: dict[str, tuple[int, int]] = {}
    with open_asker(run, ways) as asker:
        refuse_unable(asker.model, way, strategy)
        found = Estimate(asker)
        golds = [item.gold for item in items]
        for place, chain in enumerate(chains_of(items, images.parts, way, strategy, guard, guard_images.parts)):
            _count(chain, asker, found, golds[place] if place < len(golds) else "", sizes)
    return Estimated(
        len(items) + (len(guard.items) if guard else 0),
        found.requests,
        found.kept,
        round(found.prompt_tokens),
        round(found.completion_tokens),
        found.usd,
        found.measured,
    )


def _count(chain: Chain[Any], asker: Asker, found: Estimate, gold: str, sizes: dict[str, tuple[int, int]]) -> None:
    try:
        requests = next(chain)
        while True:
            requests = chain.send([_outcome(one, asker, found, gold, sizes) for one in requests])
    except StopIteration:
        return


def _outcome(request: Request, asker: Asker, found: Estimate, gold: str, sizes: dict[str, tuple[int, int]]) -> Outcome:
    key = request_key(asker.asked, request)
    kept = asker.kept(key, request)
    if kept is not None:
        found.kept += 1
        return kept
    found.add(request, list(_sizes(request, asker, sizes)))
    if request.probe is not None:  # local weights: nothing follows from it that would cost anything
        return Outcome(key, "unasked")
    return Outcome(key, "ok", gold)


def _sizes(request: Request, asker: Asker, known: dict[str, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for part in request.images:
        if part.ref not in known:
            with Image.open(part.path) as image:
                known[part.ref] = asker.terms.transform.size(*image.size)
        yield known[part.ref]
