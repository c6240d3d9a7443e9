"""What is there against what is not: which absent things stand against a present one.

Absent things are chosen in POPE's three ways in turn: at random, those most often seen at all (popular),
and those often seen where this picture's things are (adversarial). Source: Li et al., "Evaluating Object
Hallucination in Large Vision-Language Models", 2023, section 4.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from datagen.generators.rules.boxes import labels
from datagen.generators.rules.captions import contrast_sets
from datagen.generators.rules.contrast import Contrast
from datagen.generators.rules.data_files import load
from datagen.generators.rules.pairs import ALTERNATIVES
from schemas.fact import Fact
from schemas.identity import seeded

PRESENT_TWICE = 2


def presences(facts: Sequence[Fact], seed: int) -> list[Contrast]:
    """Contrasts of presence: each absent thing is asked about once, each present one up to twice."""
    present = [fact for fact in facts if fact.slot == "presence" and fact.value == "present"]
    absent = [fact.subject for fact in facts if fact.slot == "presence" and fact.value == "absent"]
    if not present:
        return []
    dealt = deal(absent, {fact.subject for fact in present}, random.Random(seeded(seed, "absent", present[0].image)))
    wanted = ((variant, fact) for variant in range(PRESENT_TWICE) for fact in present)
    return [Contrast(fact, others, variant) for (variant, fact), others in zip(wanted, dealt, strict=False)]


def deal(absent: Sequence[str], present: Collection[str], chance: random.Random) -> Iterator[tuple[str, ...]]:
    """Hands of three absent things, one chosen in each of the three ways while there are any, in random order.

    Args:
        absent: What is not there; each is dealt once.
        present: What is there.
        chance: Decides.
    """
    left = chance.sample(absent, len(absent))
    likely = _likely_beside(present)
    while len(left) >= ALTERNATIVES:
        hand: list[str] = []
        for wanted in (likely, labels().popular, frozenset(left)):
            thing = next((one for one in left if one in wanted), left[0])
            left.remove(thing)
            hand.append(thing)
        chance.shuffle(hand)
        yield tuple(hand)


def _likely_beside(present: Collection[str]) -> frozenset[str]:
    """Labels of things seen in the same places as those present; empty where none of these is known."""
    things = contrast_sets().things
    groups = {things[label].group for label in present if label in things and label != "person"}
    places = [set(place) for place in _places() if groups & set(place)]
    return frozenset(label for label, thing in things.items() if any(thing.group in place for place in places))


@cache
def _places() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(groups) for groups in load("settings").values())
