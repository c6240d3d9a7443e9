"""Where things are: in the picture, and to each other."""

from itertools import combinations
from random import Random

from datagen.scenes.geometry import quadrant, side
from datagen.scenes.naming import phrase
from datagen.scenes.statements.saying import say
from datagen.scenes.world import World
from schemas.fact import Fact

MOST_SIDES = 3


def position(world: World, image: str, rng: Random) -> list[Fact]:
    """The quarter each nameable thing is in, and on which side of each other some of them are."""
    named = [(name, thing.box) for thing in world.things if (name := phrase(world, thing)) is not None]
    facts = [say(image, "position", name, where) for name, box in named if (where := quadrant(box)) is not None]
    pairs = []
    for first, second in combinations(named, 2):
        (name, box), (other, beside) = (first, second) if rng.random() < 0.5 else (second, first)
        beside_it = side(box, beside)
        if beside_it is not None:
            pairs.append(say(image, "position", name, beside_it, other=other))
    return facts + rng.sample(pairs, min(len(pairs), MOST_SIDES))
