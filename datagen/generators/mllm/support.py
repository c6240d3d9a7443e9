"""Which categories an image's facts bear, and how many pairs of each are asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datagen.generators.mllm.prompts import category_guides
from schemas.config import GenerateSettings
from schemas.fact import Fact
from schemas.identity import seeded, seeded_share


@dataclass(frozen=True)
class Quota:
    """What is asked for of one image: pairs by category, how many of them true-premise, and who goes without."""

    pairs: Mapping[str, int]
    true_premise: Mapping[str, int]
    unsupported: tuple[str, ...]


def quota(image: str, facts: Sequence[Fact], wanted: Sequence[str], settings: GenerateSettings, *, seed: int) -> Quota:
    """The quota of an image: of its facts, its reference and the config alone.

    A category gets no more pairs than it has facts. One of a user's own, whose facts nobody knows, is asked for
    once and left to the model.

    Args:
        image: The image's reference.
        facts: What was seen in it.
        wanted: The categories that may be asked for.
        settings: The most pairs of an image, and the share of true premises.
        seed: The run's.
    """
    slots = Counter[str](fact.slot for fact in facts if fact.value != "absent")
    guides = category_guides()
    room = {
        name: sum(slots[slot] for slot in guides[name].slots) if name in guides else int(bool(facts)) for name in wanted
    }
    order = sorted((name for name in wanted if room[name]), key=lambda name: seeded(seed, "category", image, name))
    pairs: Counter[str] = Counter()
    while sum(pairs.values()) < settings.per_image and (open_ := [name for name in order if pairs[name] < room[name]]):
        for name in open_[: settings.per_image - sum(pairs.values())]:
            pairs[name] += 1
    true_premise = Counter(
        name
        for name in order
        for number in range(pairs[name])
        if seeded_share(seed, "true premise", image, name, str(number)) < settings.true_premise_share
    )
    return Quota(dict(pairs), dict(true_premise), tuple(name for name in wanted if not room[name]))
