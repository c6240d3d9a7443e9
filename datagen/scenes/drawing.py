"""From a world to its picture."""

from PIL import Image, ImageDraw

from datagen.scenes.backdrops import backdrop, shadow
from datagen.scenes.canvas import Canvas, paint, paint_of
from datagen.scenes.drawings import BOARDS
from datagen.scenes.lettering import write
from datagen.scenes.outlines import Drawing
from datagen.scenes.palette import COLORS, lettering
from datagen.scenes.vocabulary import KINDS
from datagen.scenes.world import Thing, World
from datagen.scenes.writing import room_on

LEAST_SIZE = 32
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
    paint(canvas, drawing_of(thing), thing.box, paint_of(thing.color, thing.texture), tilt=thing.tilt)
    if thing.text is not None and thing.form is not None:
        write(canvas, thing.text, room_on(thing.form, thing.box), lettering(COLORS[thing.color]))


def drawing_of(thing: Thing) -> Drawing:
    """What a thing looks like."""
    return BOARDS[thing.form].drawing if thing.form is not None else KINDS[thing.kind].drawing
