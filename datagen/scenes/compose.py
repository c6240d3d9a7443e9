"""What stands in a world: groups to count, single things to look at, and signs to read.

Everything follows from the seed and the index. Kinds, colours, numbers and places are drawn evenly,
so that no answer can be guessed from how often it is right.
"""

from dataclasses import dataclass, replace
from random import Random

from datagen.scenes.drawings import BOARDS
from datagen.scenes.layout import Cell, fit, place
from datagen.scenes.palette import BACKDROPS, COLOR_NAMES
from datagen.scenes.vocabulary import KINDS, OBJECT_NAMES, SHAPE_NAMES, SIGN, resemble, shows
from datagen.scenes.world import TEXTURES, Backdrop, Box, Texture, Thing, World
from datagen.scenes.writing import choose_text
from schemas.identity import seeded

_GROUNDS = ("plain", "hills", "glow", "slope")
_NOWHERE = Box(0, 0, 0, 0)
_FORMS = tuple(BOARDS)


@dataclass(frozen=True)
class Plan:
    """A thing that has no place yet, and how many cells it spans."""

    thing: Thing
    span: int = 1


def make_world(seed: int, index: int) -> World:
    """The world of a seed and an index: the same at every call, whatever size it is drawn in."""
    rng = Random(seeded(seed, "scene", str(index)))
    backdrop = Backdrop(rng.randrange(len(BACKDROPS)), rng.choice(_GROUNDS), round(rng.random(), 4))
    while True:
        grid, plans = _plan(rng)
        cells = place(rng, [plan.span for plan in plans], grid)
        if cells is not None:
            things = [_settled(rng, plan.thing, cell) for plan, cell in zip(plans, cells, strict=True)]
            return World(seed, index, backdrop, tuple(things))
