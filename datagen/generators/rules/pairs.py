"""From a contrast to a pair.

Truth and alternatives play symmetrical parts: the plain question offers all four values, and a leading
question takes one of them for granted and offers agreement with it beside three denials, one a value.
With a quarter of the premises true, each option is right equally often for someone who does not look.
"""

import random

from datagen.generators.rules.contrast import Contrast
from schemas.config import GenerateSettings
from schemas.identity import seeded
from schemas.pair import Option, Pair, Provenance, Question, Role

ALTERNATIVES = 3
NEVER_A_PREMISE = ("0",)  # "Aren't there no dogs?" asks nothing clear


def pair_of(contrast: Contrast, settings: GenerateSettings, *, seed: int, generator: str) -> Pair:
    """The pair of one contrast; every choice is seeded by the image and what the contrast is about.

    Args:
        contrast: A fact with at least three alternatives.
        settings: The share of true premises.
        seed: The run's.
        generator: Its name, for provenance.
    """
    fact, wording = contrast.fact, contrast.wording
    chance = random.Random(seeded(seed, "pair", fact.image, contrast.key))
    false = chance.sample(contrast.alternatives, ALTERNATIVES)
    truth = contrast.truth
    is_true = chance.random() < settings.true_premise_share
    premise = truth if is_true else next(value for value in false if value not in NEVER_A_PREMISE)
    form = chance.choice(wording.forms)
    claims = {value: wording.clause(fact, value) for value in (truth, *false)}
    question = wording.question(fact)

    positive = [_option(claim.statement, right=value == truth) for value, claim in claims.items()]
    negative = []
    for value, claim in claims.items():
        text = form.accept(claim) if value == premise else form.deny(claim)
        negative.append(_option(text, right=value == truth, same_answer=(value == premise) == is_true))
    leading = form.question(claims[premise], question)
    return Pair(
        kind="true-premise" if is_true else "false-premise",
        category=wording.category,
        positive=_asked(question, positive, fact.image, chance),
        negative=_asked(leading, negative, fact.image, chance),
        fact=claims[truth].statement,
        premise=claims[premise].statement,
        provenance=Provenance(generator=generator, facts=(fact.fact_id,)),
    )


def _option(text: str, *, right: bool, same_answer: bool = False) -> Option:
    role: Role = "answer wrong, reason wrong"
    if right:
        role = "answer right, reason right"
    elif same_answer:  # "No" is the right answer, but for another reason than this one
        role = "answer right, reason wrong"
    return Option(text=text, role=role)


def _asked(text: str, options: list[Option], image: str, chance: random.Random) -> Question:
    """A question whose letters are a shuffle: each letter is right equally often."""
    order = list(range(len(options)))
    chance.shuffle(order)
    return Question(text=text, image=image, options=tuple(options), answer=0, order=tuple(order))
