"""How many there are."""

from collections import Counter
from random import Random

from datagen.scenes.sights import kinds_in
from datagen.scenes.statements.saying import say
from datagen.scenes.vocabulary import SIGN
from datagen.scenes.world import World
from schemas.fact import Fact

MOST = 7
ONE_TOLD = 0.11  # share of pictures that tell of a kind that is there once, so that no number is told more often


def number(world: World, image: str, rng: Random) -> list[Fact]:
    """The number of each kind that stands there in one size, and of each colour of a kind in two."""
    facts = []
    once = []
    for kind, count in Counter(thing.kind for thing in world.things).items():
        alike = [thing for thing in world.things if thing.kind == kind]
        if any(kind in kinds_in(thing) for thing in world.things if thing.kind != kind):
            continue
        areas = [thing.box.area for thing in alike]
        if count == 1:
            once.append(kind)
        elif kind != SIGN and max(areas) < 2 * min(areas):  # two signs would make two the commonest number
            colors = Counter(thing.color for thing in alike)
            if len(colors) > 1 and min(colors.values()) > 1:
                facts += [say(image, "count", f"{color} {kind}", str(each)) for color, each in colors.items()]
            elif count <= MOST:
                facts.append(say(image, "count", kind, str(count)))
    if once and rng.random() < ONE_TOLD:
        facts.append(say(image, "count", rng.choice(once), "1"))
    return facts
