"""What is there and what is not."""

from random import Random

from datagen.scenes.sights import kinds_in
from datagen.scenes.statements.saying import say
from datagen.scenes.vocabulary import KINDS, NOT_ITS_COLOR, SPECIAL_NAMES
from datagen.scenes.world import World
from schemas.fact import Fact

# How often a kind is called absent where it could be, against one that is not listed: measured, so that every
# kind is called absent nearly twice as often as present, and its name alone gives nothing away.
_BY_WEIGHT = {
    1.4: "crown, leaf, cup, envelope, umbrella",
    1.7: "mushroom, snail, bell, lamp, hat",
    2.1: "gift, shirt, music symbol",
    3.1: "book, hexagon, star, heart, cross, arrow, jar, chemical symbol",
    3.9: "flag, balloon, landmark, table, triangle",
    5.5: "road sign, clock, apple",
    8.0: "ball, diamond",
    14.0: "ring, oval",
    22.0: "face, rectangle",
    66.0: "square",
    110.0: "circle, person",
    500.0: "sign",
}
_WEIGHTS = {name: weight for weight, names in _BY_WEIGHT.items() for name in names.split(", ")}
FEWEST_ABSENT, MOST_ABSENT = 6, 10


def presence(world: World, image: str, rng: Random) -> list[Fact]:
    """Every kind that is there, some that are not, and one that is there in another colour."""
    there = list(dict.fromkeys(thing.kind for thing in world.things))
    seen = frozenset[str]().union(*(kinds_in(thing) for thing in world.things))
    absent = [name for name in (*KINDS, *SPECIAL_NAMES) if name not in seen]
    chosen = sorted(absent, key=lambda name: -(rng.random() ** (1 / _weight(name))))
    chosen = chosen[: rng.randint(FEWEST_ABSENT, MOST_ABSENT)]
    facts = [say(image, "presence", kind, "present") for kind in there]
    facts += [say(image, "presence", kind, "absent") for kind in chosen]
    return facts + _recolored(world, image, rng)


def _recolored(world: World, image: str, rng: Random) -> list[Fact]:
    """A kind in its own colour, which is there, and another in a colour that only other things have."""
    plain = [
        thing for thing in world.things if thing.texture == "plain" and thing.color and thing.kind not in NOT_ITS_COLOR
    ]
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
