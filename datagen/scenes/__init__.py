"""A drawn world with exact facts: pictures of which everything is known, to make and check pairs.

In: a seed, a number, a size. Out: worlds, images, captions and facts, the same at every call.
"""

from datagen.scenes.captions import captions
from datagen.scenes.compose import make_world
from datagen.scenes.drawing import draw
from datagen.scenes.statements import facts
from datagen.scenes.world import Backdrop, Box, Thing, World
from datagen.scenes.write import write_scenes, write_scenes_whole

__all__ = [
    "Backdrop",
    "Box",
    "Thing",
    "World",
    "captions",
    "draw",
    "facts",
    "make_world",
    "write_scenes",
    "write_scenes_whole",
]
