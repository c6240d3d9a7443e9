"""All that is told of a world, slot after slot."""

from random import Random

from datagen.scenes.statements.appearance import color, shape, texture
from datagen.scenes.statements.number import number
from datagen.scenes.statements.position import position
from datagen.scenes.statements.presence import presence
from datagen.scenes.statements.told import relation, told
from datagen.scenes.world import World
from schemas.fact import Fact
from schemas.identity import seeded

_STATEMENTS = (presence, color, texture, number, shape, position, told, relation)


def facts(world: World, image: str) -> list[Fact]:
    """Everything that is told of a world, the same at every call.

    Args:
        world: The world.
        image: The reference of its image, which each fact carries.
    """
    rng = Random(seeded(world.seed, "facts", str(world.index)))
    return [fact for state in _STATEMENTS for fact in state(world, image, rng)]
