"""From a seed and an index to a world: a cast, then a place for each of its members.

Kinds, colours, numbers and places are drawn evenly, so that no answer can be guessed from how often
it is right.
"""

from random import Random
from typing import get_args

from datagen.scenes.cast import Plan, cast
from datagen.scenes.geometry import quadrant
from datagen.scenes.holdout import Holdout, fits
from datagen.scenes.layout import Cell, place
from datagen.scenes.naming import phrase
from datagen.scenes.palette import BACKDROPS
from datagen.scenes.world import Backdrop, Ground, World
from schemas.identity import seeded

_TRIES = 30


def make_world(seed: int, index: int, holdout: Holdout = "none") -> World:
    """The world of a seed and an index: the same at every call, whatever size it is drawn in.

    Args:
        seed: Of a set of worlds.
        index: Which of them.
        holdout: ``train`` shows no combination that is held out, ``test`` at least one.
    """
    rng = Random(seeded(seed, "scene", str(index)))
    backdrop = Backdrop(rng.randrange(len(BACKDROPS)), rng.choice(get_args(Ground)), round(rng.random(), 4))
    while True:
        grid, plans = cast(rng, holdout)
        cells = _places(rng, plans, grid)
        if cells is not None:
            things = tuple(thing for plan, cell in zip(plans, cells, strict=True) for thing in plan.settle(rng, cell))
            world = World(seed, index, backdrop, things)
            if fits(things, holdout) and any(quadrant(thing.box) and phrase(world, thing) for thing in things):
                return world


def _places(rng: Random, plans: list[Plan], grid: int) -> list[Cell] | None:
    """A place for everyone; the large ones can stand in each other's way, so it is tried more than once."""
    for _ in range(_TRIES):
        cells = place(rng, [plan.span for plan in plans], grid)
        if cells is not None:
            return cells
    return None
