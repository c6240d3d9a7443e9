"""What a thing says, does, feels, is or means: one statement for each such attribute of the world."""

from random import Random

from datagen.scenes.naming import phrase
from datagen.scenes.statements.saying import say
from datagen.scenes.world import Thing, World
from schemas.fact import Fact, Slot


def told(world: World, image: str, _rng: Random) -> list[Fact]:
    """Writing, postures, activities, emotions, names and meanings."""
    return [
        say(image, slot, name, value)
        for thing in world.things
        if (name := phrase(world, thing)) is not None
        for slot, value in _attributes(thing).items()
        if value is not None
    ]


def relation(world: World, image: str, _rng: Random) -> list[Fact]:
    """What stands on, under, in or next to what."""
    return [
        say(image, "relation", thing.kind, thing.relation, other=thing.other)
        for thing in world.things
        if thing.relation is not None
    ]


def _attributes(thing: Thing) -> dict[Slot, str | None]:
    return {
        "text": thing.text if thing.form is not None else None,  # a symbol's letters are its meaning
        "posture": thing.posture,
        "activity": thing.activity,
        "emotion": thing.emotion,
        "identity": thing.identity,
        "meaning": thing.meaning,
    }
