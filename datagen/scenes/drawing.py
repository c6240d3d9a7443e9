"""From a world to its picture."""

from PIL import Image, ImageDraw

from datagen.scenes.backdrops import backdrop, shadow
from datagen.scenes.canvas import Canvas, paint, paint_of
from datagen.scenes.lettering import write
from datagen.scenes.palette import COLORS, lettering
from datagen.scenes.sights import board_of, drawing_of
from datagen.scenes.world import Thing, World
from datagen.scenes.writing import room_on

LEAST_SIZE = 32
_NO_COLOR = "gray"  # for drawings that have colours of their own
_SIDE = 1_000  # pixels the canvas should have at least, within two to four times the picture's side


def draw(world: World, size: int = 336) -> Image.Image:
    """Draw a world, ``size`` pixels square.

    Raises:
        ValueError: The size is below 32 pixels, where nothing could be told apart.
    """
    if size < LEAST_SIZE:
        raise ValueError(f"a scene must be at least {LEAST_SIZE} pixels, got {size}")
    finer = min(4, max(2, -(-_SIDE // size)))
    side = size * finer
    image = backdrop(world.backdrop, side)
    canvas = Canvas(image, ImageDraw.Draw(image), side, shadow(world.backdrop))
    for thing in world.things:
        _draw_thing(canvas, thing)
    return image.reduce(finer)


def _draw_thing(canvas: Canvas, thing: Thing) -> None:
    color = thing.color or _NO_COLOR
    paint(canvas, drawing_of(thing), thing.box, paint_of(color, thing.texture), tilt=thing.tilt)
    if thing.text is not None:
        write(canvas, thing.text, room_on(board_of(thing), thing.box), lettering(COLORS[color]))
