"""What ``generate`` with a model would ask and cost: its chains followed as far as the journal goes."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from datagen.generators.mllm.chain import PAIR_TOKENS, Plan, pairs_of
from datagen.generators.mllm.sights import chosen_images, sights
from datagen.generators.mllm.stage import Pilot, plan_for
from mllm.estimate import Estimate
from mllm.request import Request, request_key
from mllm.session import Ways, open_asker
from schemas.run import RunFolder

FACTS_TOKENS = 600  # that an image's facts take, where no pilot has been run


@dataclass(frozen=True)
class Estimated:
    """What is still to be asked, and what pairs have cost so far."""

    images: int  # of which something is still to be asked
    requests: dict[str, int]  # by step
    kept: int  # requests whose reply is in the journal
    prompt_tokens: int
    completion_tokens: int
    usd: float | None  # None: the price is unknown
    measured: bool  # by a pilot's replies, instead of rules of thumb
    spent: dict[str, float]  # USD of replies until now, by step, verification's too
    usd_per_kept_pair: float | None  # None: nothing was spent, or nothing is kept yet


def estimate_generation(
    run: RunFolder, ways: Ways, pilot: Pilot, *, per_image: int | None = None, categories: Sequence[str] = ()
) -> Estimated:
    """Count what a command would ask; nothing is sent. The caller holds the run folder's lock.

    Raises:
        MissingStage: Nothing was ingested, or no image is at hand.
        BadConfig: A flag or setting cannot be used.
    """
    with open_asker(run, ways) as asker:
        plan = plan_for(run, asker.model.name, ways.backend, per_image=per_image, categories=categories)
        images = chosen_images(run, limit=pilot.limit, stratified=pilot.stratified, seed=plan.seed)
        found, still = Estimate(asker), 0
        for one, sight in zip(images, sights(run, images), strict=True):
            sizes = [asker.terms.transform.size(one.width, one.height)]
            chain = pairs_of(sight, plan)
            try:
                (request,) = next(chain)
                while (outcome := asker.kept(request_key(asker.asked, request), request)) is not None:
                    found.kept += 1
                    (request,) = chain.send([outcome])
            except StopIteration:
                continue
            still += 1
            found.add(request, sizes)
            if request.step == "extraction":
                found.add(_like_pairs(request, plan), sizes, prompt_more=FACTS_TOKENS)
        spent = asker.journal.spent_by_step()
        total, kept_pairs = sum(spent.values()), _kept_pairs(run)
        return Estimated(
            images=still,
            requests=found.requests,
            kept=found.kept,
            prompt_tokens=round(found.prompt_tokens),
            completion_tokens=round(found.completion_tokens),
            usd=found.usd,
            measured=found.measured,
            spent=spent,
            usd_per_kept_pair=total / kept_pairs if total and kept_pairs else None,
        )


def _like_pairs(extraction: Request, plan: Plan) -> Request:
    """A request for pairs of an image whose facts are not known yet."""
    return Request(
        extraction.about, "pairs", extraction.messages, max_tokens=PAIR_TOKENS * (1 + plan.settings.per_image)
    )


def _kept_pairs(run: RunFolder) -> int:
    """How many pairs that a model made are kept."""
    filtered, generated = run.current("filter"), run.current("generate")
    if filtered is None or generated is None:
        return 0
    pairs = generated.table("pairs", ["pair_id", "provenance"])
    made = pairs.filter(pc.is_valid(pc.struct_field(pairs["provenance"], "model")))
    kept = filtered.table("kept", ["pair_id"])["pair_id"].combine_chunks()
    return int(pc.sum(pc.is_in(made["pair_id"], value_set=kept)).as_py() or 0)
