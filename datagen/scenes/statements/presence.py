"""What is there and what is not."""

from random import Random

from datagen.scenes.sights import could_show
from datagen.scenes.statements.saying import say
from datagen.scenes.vocabulary import KINDS, PERSON, SPECIAL_NAMES
from datagen.scenes.world import World
from schemas.fact import Fact

# How often a kind is called absent, against one of weight 1 where both could be: measured, so that each
# kind is called absent about twice as often as present, and its name alone gives nothing away.
_WEIGHTS: dict[str, float] = {
    "kite": 1.2, "balloon": 2, "ball": 2, "clock": 2, "hexagon": 2, "apple": 2.5, "diamond": 2.6, "oval": 2.8,
    "triangle": 4, "rectangle": 4, "cross": 4, "star": 4, "arrow": 6, "ring": 6, "heart": 7, "square": 8,
    "circle": 8, "sign": 1_000,
}  # fmt: skip
FEWEST_ABSENT, MOST_ABSENT = 6, 10


def presence(world: World, image: str, rng: Random) -> list[Fact]:
    """Every kind that is there, some that are not, and one that is there in another colour."""
    there = list(dict.fromkeys(thing.kind for thing in world.things))
    absent = [
        name for name in (*KINDS, *SPECIAL_NAMES)
        if not any(could_show(thing, name) for thing in world.things)
    ]  # fmt: skip
    chosen = sorted(absent, key=lambda name: -(rng.random() ** (1 / _weight(name))))
    chosen = chosen[: rng.randint(FEWEST_ABSENT, MOST_ABSENT)]
    facts = [say(image, "presence", kind, "present") for kind in there]
    facts += [say(image, "presence", kind, "absent") for kind in chosen]
    return facts + _recolored(world, image, rng)


def _recolored(world: World, image: str, rng: Random) -> list[Fact]:
    """A kind in its own colour, which is there, and another in a colour that only other things have."""
    plain = [thing for thing in world.things if thing.texture == "plain" and thing.color and thing.kind != PERSON]
    if not plain:
        return []
    facts = []
    seen = rng.choice(plain)
    facts.append(say(image, "presence", f"{seen.color} {seen.kind}", "present"))
    changed = rng.choice(plain)
    own = {thing.color for thing in world.things if thing.kind == changed.kind}
    elsewhere = sorted({thing.color for thing in plain if thing.color} - own)
    if elsewhere:
        facts.append(say(image, "presence", f"{rng.choice(elsewhere)} {changed.kind}", "absent"))
    return facts


def _weight(name: str) -> float:
    return _WEIGHTS.get(name, 1.0)
