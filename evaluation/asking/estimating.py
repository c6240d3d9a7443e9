"""What an evaluation would cost, before anything is sent."""

import contextlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from evaluation.asking.seeing import NOTHING, refuse_unseen
from evaluation.asking.stage import chains_of, chosen, refuse_unable
from evaluation.asking.way import Way
from evaluation.benchmarks.contract import Benchmark
from evaluation.benchmarks.images import Located
from evaluation.guard import Guard
from evaluation.strategies import STRATEGIES
from mllm import Asker, Chain, ImagePart, Outcome, Request, Ways, open_asker
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
    with open_asker(run, ways) as asker:
        refuse_unable(asker.model, way, strategy)
        refuse_unseen([] if way.blind else items, images, benchmark, guard, guard_images, asker)
        counting = _Counting(asker)
        rights = [(item.gold, item.options.get(item.gold, item.gold)) for item in items]
        chains = chains_of(items, images.parts, way, strategy, guard, guard_images.parts)
        for one, right in zip(chains, itertools.chain(rights, itertools.repeat(("A", "A"))), strict=False):
            counting.follow(one, right)
    found = counting.found
    return Estimated(
        len(items) + (len(guard.items) if guard else 0),
        found.requests,
        found.kept,
        round(found.prompt_tokens),
        round(found.completion_tokens),
        found.usd,
        found.measured,
    )


class _Counting:
    """What is not in the journal, each request once, as it is asked."""

    def __init__(self, asker: Asker) -> None:
        self.found = Estimate(asker)
        self._asker = asker
        self._seen: set[str] = set()
        self._sizes: dict[str, tuple[int, int]] = {}

    def follow(self, chain: Chain[Any], right: tuple[str, str]) -> None:
        """Follow a chain to its end, answering rightly: ``right`` is the letter, and its option's text."""
        with contextlib.suppress(StopIteration):
            requests = next(chain)
            while True:
                requests = chain.send([self._outcome(one, right) for one in requests])

    def _outcome(self, request: Request, right: tuple[str, str]) -> Outcome:
        key = request_key(self._asker.asked, request)
        kept = self._asker.kept(key, request)
        if key not in self._seen:
            self._seen.add(key)
            if kept is not None:
                self.found.kept += 1
            else:
                self.found.add(request, [self._size(part) for part in request.images])
        return kept or Outcome(key, "ok", _right_answer(request, right))

    def _size(self, part: ImagePart) -> tuple[int, int]:
        if part.ref not in self._sizes:
            with Image.open(part.path) as image:
                self._sizes[part.ref] = self._asker.terms.transform.size(*image.size)
        return self._sizes[part.ref]


def _right_answer(request: Request, right: tuple[str, str]) -> str:
    """The text of a reply that is right, in the form that the request wants."""
    if request.probe is None:
        return right[0]
    logprobs = [0.0 if choice in right else -1.0 for choice in request.probe.choices]
    return json.dumps({"text": right[0], "logprobs": logprobs, "grid": [], "mass": {}})
