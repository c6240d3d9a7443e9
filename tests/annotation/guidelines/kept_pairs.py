"""Pairs as a run keeps them: made by the rules from drawn scenes, all twelve categories and both kinds."""

from functools import cache

from datagen.generators.evidence import Evidence
from datagen.generators.rules import RULES
from datagen.scenes import facts, make_world
from schemas.config import GenerateSettings
from schemas.pair import Option, Pair, Provenance, Question


@cache
def kept_pairs(count: int = 60) -> tuple[Pair, ...]:
    """All pairs of so many scenes."""
    found: list[Pair] = []
    for index in range(count):
        image = f"images/{index:03d}.png"
        evidence = Evidence(image=image, facts=tuple(facts(make_world(3, index), image)))
        found += RULES(evidence, GenerateSettings(), seed=0).pairs
    return tuple(found)


def pair_of_texts(
    *texts: str, category: str = "attribute/number", kind: str = "false-premise", language: str = "en"
) -> Pair:
    """A pair that says nothing but these: fact, two questions, and half of the options to either."""
    fact, plain, leading, *options = texts
    half = len(options) // 2
    return Pair.model_validate(
        {
            "kind": kind,
            "category": category,
            "positive": _question(plain, options[:half], language),
            "negative": _question(leading, options[half:], language),
            "fact": fact,
            "provenance": Provenance(generator="test"),
        }
    )


def _question(text: str, options: list[str], language: str) -> Question:
    made = tuple(Option(text=option) for option in options)
    return Question(
        text=text, image="images/x.png", options=made, answer=0, order=tuple(range(len(made))), language=language
    )
