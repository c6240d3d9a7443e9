"""What is asked about one image: first what it shows, then pairs on what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from datagen.generators.mllm.forms import Extraction, PairsReply
from datagen.generators.mllm.prompts import EXTRACTION, PAIRS, category_guides, fenced, prompt
from datagen.generators.mllm.replies import MOST_DETAIL, pairs_in
from datagen.generators.mllm.seen import facts_seen
from datagen.generators.mllm.support import Quota, quota
from mllm import Chain, ImagePart, Message, Outcome, Request
from schemas.config import GenerateSettings
from schemas.fact import Fact
from schemas.identity import seeded
from schemas.ledger import Drop
from schemas.pair import Pair, Provenance

ANSWER_WORDS = 15
EXTRACTION_TOKENS = 2_000
PAIR_TOKENS = 500  # of one pair, at most
MOST_CAPTIONS, MOST_CAPTION = 10, 500  # captions of an image, characters of each


@dataclass(frozen=True)
class Plan:
    """What holds for all images of a command."""

    generator: str
    model: str
    categories: tuple[str, ...]
    settings: GenerateSettings
    seed: int


class Sight(NamedTuple):
    """One image with its captions."""

    image: ImagePart
    captions: tuple[str, ...]


@dataclass(frozen=True)
class Sighted:
    """What came of one image; ``open`` where it was not asked to its end and will be next time."""

    image: str
    pairs: Sequence[Pair] = ()
    facts: Sequence[Fact] = ()
    drops: Sequence[Drop] = field(default_factory=list)
    open: bool = False


def pairs_of(sight: Sight, plan: Plan) -> Chain[Sighted]:
    """Ask for an image's facts, then for pairs in the categories that they bear."""
    ref = sight.image.ref
    (outcome,) = yield [extraction_request(sight)]
    if outcome.status != "ok":
        return _without(ref, outcome)
    extraction = cast(Extraction, outcome.parsed)
    facts = facts_seen(extraction, ref, min_confidence=plan.settings.min_confidence)
    asked = quota(ref, facts, plan.categories, plan.settings, seed=plan.seed)
    drops = [Drop("no-support", image=ref, category=name) for name in asked.unsupported]
    if not asked.pairs:
        return Sighted(ref, (), facts, [*drops, Drop("nothing-seen", image=ref)])
    (outcome,) = yield [pairs_request(sight, facts, asked, plan)]
    if outcome.status != "ok":
        rest = _without(ref, outcome)
        return Sighted(ref, (), facts, [*drops, *rest.drops], rest.open)
    origin = Provenance(generator=plan.generator, model=plan.model, prompt_version=PAIRS, request_key=outcome.key)
    read = pairs_in(cast(PairsReply, outcome.parsed), ref, facts, asked, origin, seed=plan.seed)
    return Sighted(ref, read.pairs, facts, [*drops, *read.drops])


def extraction_request(sight: Sight) -> Request:
    """The request for what an image shows."""
    data = fenced({"captions": _bounded(sight.captions)})
    messages = Message("system", (prompt(EXTRACTION),)), Message("user", (sight.image, data))
    return Request(sight.image.ref, "extraction", messages, Extraction, max_tokens=EXTRACTION_TOKENS)


def pairs_request(sight: Sight, facts: Sequence[Fact], asked: Quota, plan: Plan) -> Request:
    """The request for pairs."""
    guides = category_guides()
    meanings = {name: guides[name].meaning if name in guides else name for name in asked.pairs}
    data = {
        "captions": _bounded(sight.captions),
        "facts": [{"number": number, **_told(fact)} for number, fact in enumerate(facts, 1)],
        "categories": dict(asked.pairs),
        "true_premise": dict(asked.true_premise),
    }
    system = prompt(PAIRS, words=ANSWER_WORDS, categories=meanings)
    return Request(
        sight.image.ref,
        "pairs",
        (Message("system", (system,)), Message("user", (sight.image, fenced(data)))),
        PairsReply,
        max_tokens=PAIR_TOKENS * (1 + sum(asked.pairs.values())),
        temperature=0.7,
        seed=seeded(plan.seed, "pairs", sight.image.ref) % 2**31,
    )


def _told(fact: Fact) -> dict[str, str]:
    told = {"kind": fact.slot, "subject": fact.subject, "value": fact.value}
    return {**told, "other": fact.other} if fact.other else told


def _bounded(captions: Sequence[str]) -> list[str]:
    return [text[:MOST_CAPTION] for text in captions[:MOST_CAPTIONS]]


def _without(image: str, outcome: Outcome) -> Sighted:
    """An image without pairs: the ledger says why."""
    reason = {"failed": "no-reply", "unasked": outcome.detail}.get(outcome.status, outcome.status)
    reason = "may-not-leave" if outcome.detail == "may-not-leave" else reason
    open_ = outcome.status in ("failed", "unasked")
    detail = None if outcome.status == "unasked" else outcome.detail[:MOST_DETAIL]
    return Sighted(image, drops=[Drop(reason, image=image, detail=detail)], open=open_)
