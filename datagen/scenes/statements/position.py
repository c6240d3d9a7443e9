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
    """The quarter each nameable thing is in, and on which side of each other some of them are.

    The box of someone who does something holds a kite or a dog as well: it tells no sides.
    """
    found = [(name, thing) for thing in world.things if (name := phrase(world, thing)) is not None]
    facts = [say(image, "position", name, where) for name, thing in found if (where := quadrant(thing.box)) is not None]
    named = [(name, thing.box) for name, thing in found if thing.activity is None]
    pairs = []
    for first, second in combinations(named, 2):
        (name, box), (other, beside) = (first, second) if rng.random() < 0.5 else (second, first)
        beside_it = side(box, beside)
        if beside_it is not None:
            pairs.append(say(image, "position", name, beside_it, other=other))
    return facts + rng.sample(pairs, min(len(pairs), MOST_SIDES))
