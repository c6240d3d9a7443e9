"""Colours, patterns and outlines."""

from collections import Counter
from random import Random

from datagen.scenes.naming import phrase
from datagen.scenes.sights import hues
from datagen.scenes.statements.saying import say
from datagen.scenes.vocabulary import KINDS, NOT_ITS_COLOR, plural
from datagen.scenes.world import World
from schemas.fact import Fact

PLAIN_TOLD = 0.65  # share of plain surfaces that are called plain, so that no pattern is told more often


def color(world: World, image: str, _rng: Random) -> list[Fact]:
    """The colour of each plain thing that can be named without it, and of groups of one colour."""
    facts = []
    for thing in world.things:
        name = phrase(world, thing, without="color")
        own = thing.color if thing.texture == "plain" and thing.kind not in NOT_ITS_COLOR else None
        if name is not None and own is not None:
            facts.append(say(image, "color", name, own))
    numbers = Counter(thing.kind for thing in world.things)
    for kind, number in numbers.items():
        colors = {thing.color for thing in world.things if thing.kind == kind}
        if number > 1 and len(colors) == 1:
            facts.append(say(image, "color", plural(kind), *filter(None, colors), plural=True))
    return facts


def texture(world: World, image: str, rng: Random) -> list[Fact]:
    """The pattern of each thing large enough for one; a plain surface is told of only sometimes."""
    facts = []
    for thing in world.things:
        name = phrase(world, thing, without="texture")
        if name is None or thing.kind not in KINDS or not KINDS[thing.kind].patterned:
            continue
        if thing.texture != "plain" or rng.random() < PLAIN_TOLD:
            facts.append(say(image, "texture", name, thing.texture))
    return facts


def shape(world: World, image: str, _rng: Random) -> list[Fact]:
    """The outline of boards, and of plain shapes that are the only thing of their colour or pattern."""
    facts = []
    for thing in world.things:
        if thing.form is not None:
            name = phrase(world, thing)
            if name is not None:
                facts.append(say(image, "shape", name, thing.form))
        elif thing.kind in KINDS and KINDS[thing.kind].shape:
            plain = thing.texture == "plain"
            alike = [
                other for other in world.things
                if (thing.color in hues(other) if plain else other.texture == thing.texture)
            ]  # fmt: skip
            if len(alike) == 1:
                facts.append(say(image, "shape", f"{thing.color if plain else thing.texture} shape", thing.kind))
    return facts
