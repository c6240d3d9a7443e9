"""What is written."""

from random import Random

from datagen.scenes.naming import phrase
from datagen.scenes.statements.saying import say
from datagen.scenes.world import World
from schemas.fact import Fact


def text(world: World, image: str, _rng: Random) -> list[Fact]:
    """The writing on each thing that can be named without it."""
    return [
        say(image, "text", name, thing.text)
        for thing in world.things
        if thing.text is not None and (name := phrase(world, thing)) is not None
    ]
