"""From a filled-in list of pairs to pair records; what cannot be used goes to the ledger with its reason."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import ValidationError

from datagen.generators.mllm.forms import Asked, MadePair, PairsReply
from datagen.generators.mllm.support import Quota
from schemas.fact import Fact
from schemas.identity import seeded
from schemas.ledger import Drop
from schemas.pair import Option, Pair, Provenance, Question
from schemas.text import folded, nfc

MOST_DETAIL = 300


class Read(NamedTuple):
    """Pairs of one image's reply, and what was left out."""

    pairs: list[Pair]
    drops: list[Drop]


def pairs_in(
    reply: PairsReply, image: str, facts: Sequence[Fact], asked: Quota, origin: Provenance, *, seed: int
) -> Read:
    """The pairs of a reply that were asked for, each once.

    Args:
        reply: As the model filled it in.
        image: The image's reference.
        facts: The facts that the model was given, in order.
        asked: What was asked for.
        origin: Generator, model, prompt version and request key.
        seed: Of the letters' order.
    """
    read = Read([], [])
    left, seen = Counter(asked.pairs), set()
    for number, made in enumerate(reply.pairs):
        reason = _unwanted(made, asked, left)
        pair = None if reason else _pair(made, image, facts, origin, seed)
        if pair is None:
            read.drops.append(_drop(reason or "not-a-pair", image, made.category, made.positive.question))
            continue
        about = (folded(pair.positive.text), folded(pair.negative.text))
        if pair.pair_id in seen or about in seen:
            detail = f"pair {number + 1} of the reply: {made.positive.question}"
            read.drops.append(_drop("repeated", image, made.category, detail))
            continue
        seen |= {pair.pair_id, about}
        left[made.category] -= 1
        read.pairs.append(pair)
    declined = {one.category: one.reason for one in reversed(reply.declined)}
    offered = {made.category for made in reply.pairs}
    for category in asked.pairs:
        if category in declined:
            read.drops.append(_drop("declined", image, category, declined[category]))
        elif category not in offered:
            read.drops.append(_drop("not-offered", image, category, "neither a pair nor a reason came"))
    return read


def _unwanted(made: MadePair, asked: Quota, left: Counter[str]) -> str | None:
    if made.category not in asked.pairs:
        return "unsupported-category"
    if left[made.category] <= 0:
        return "over-quota"
    same = folded(made.fact) == folded(made.premise)
    if made.kind == "false-premise" and same:
        return "premise-is-fact"
    return None


def _pair(made: MadePair, image: str, facts: Sequence[Fact], origin: Provenance, seed: int) -> Pair | None:
    chance = random.Random(seeded(seed, "letters", image, made.positive.question, made.negative.question))
    rests_on = [facts[number - 1].fact_id for number in made.rests_on if 0 < number <= len(facts)]
    try:
        return Pair(
            kind=made.kind,
            category=made.category,
            positive=_question(made.positive, image, chance),
            negative=_question(made.negative, image, chance),
            fact=nfc(made.fact),
            premise=nfc(made.premise),
            provenance=origin.model_copy(update={"facts": tuple(dict.fromkeys(rests_on))}),
        )
    except ValidationError:
        return None  # a text of white space alone


def _question(asked: Asked, image: str, chance: random.Random) -> Question:
    """A question whose right option stands first, and whose letters are a seeded shuffle."""
    options = (
        Option(text=nfc(asked.right), role="answer right, reason right"),
        Option(text=nfc(asked.right_answer_wrong_reason), role="answer right, reason wrong"),
        Option(text=nfc(asked.wrong_answer_right_reason), role="answer wrong, reason right"),
        Option(text=nfc(asked.wrong), role="answer wrong, reason wrong"),
    )
    order = list(range(len(options)))
    chance.shuffle(order)
    return Question(text=nfc(asked.question), image=image, options=options, answer=0, order=tuple(order))


def _drop(reason: str, image: str, category: str, detail: str) -> Drop:
    return Drop(reason, image=image, category=category[:MOST_DETAIL], detail=detail[:MOST_DETAIL])
