"""Pictures: the same bytes at every call, of the size asked for, with the colours the world says."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from datagen.scenes import Backdrop, Box, Thing, World, draw, make_world
from datagen.scenes.palette import COLORS
from datagen.scenes.sights import FIGURES, drawing_of
from datagen.scenes.vocabulary import KINDS
from datagen.scenes.world import TEXTURES


def png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def alone(thing: Thing) -> World:
    return World(0, 0, Backdrop(0, "plain", 0.0), (thing,))


def test_draws_the_same_bytes_at_every_call() -> None:
    assert png(draw(make_world(3, 9), 96)) == png(draw(make_world(3, 9), 96))


@pytest.mark.parametrize("size", [32, 96, 336, 500])
def test_draws_in_the_size_asked_for(size: int) -> None:
    image = draw(make_world(0, 1), size)
    assert (image.size, image.mode) == ((size, size), "RGB")


def test_refuses_a_size_in_which_nothing_can_be_told_apart() -> None:
    with pytest.raises(ValueError, match="at least 32 pixels, got 16"):
        draw(make_world(0, 1), 16)


def test_no_two_of_two_hundred_pictures_are_the_same() -> None:
    assert len({draw(make_world(0, index), 32).tobytes() for index in range(200)}) == 200


ATTRIBUTE = {"flag": "identity", "landmark": "identity", "face": "emotion"}
EVERYTHING = [(kind, "") for kind in KINDS] + [(kind, name) for kind, names in FIGURES.items() for name in names]


@pytest.mark.parametrize(("kind", "variant"), EVERYTHING)
def test_stays_inside_its_box(kind: str, variant: str) -> None:
    attribute: dict[str, Any] = {ATTRIBUTE.get(kind, "meaning"): variant} if variant else {}
    thing = Thing(kind, "blue", Box(0, 0, 1, 1), **attribute)
    width = drawing_of(thing).width
    wide, high = (0.5, 0.5 / width) if width > 1 else (0.5 * width, 0.5)
    box = Box(0.5 - wide / 2, 0.5 - high / 2, 0.5 + wide / 2, 0.5 + high / 2)
    size = 128
    bare = np.asarray(draw(World(0, 0, Backdrop(0, "plain", 0.0), ()), size)).astype(int)
    drawn = np.asarray(draw(alone(replace(thing, box=box, tilt=4.0)), size)).astype(int)
    rows, columns = np.nonzero(np.abs(drawn - bare).sum(axis=2) > 60)  # more than a shadow
    assert columns.min() >= box.left * size - 2
    assert columns.max() <= box.right * size + 1
    assert rows.min() >= box.top * size - 2
    assert rows.max() <= box.bottom * size + 1


@pytest.mark.parametrize("color", COLORS)
def test_paints_the_color_the_world_says(color: str) -> None:
    for kind in ("circle", "cup", "shirt"):
        image = draw(alone(Thing(kind, color, Box(0.2, 0.2, 0.8, 0.8))), 96)
        assert image.getpixel((44, 50)) == COLORS[color]


def test_patterns_differ_from_each_other_and_show_both_colors() -> None:
    box = Box(0.35, 0.35, 0.55, 0.55)  # as small as things get
    images = [np.asarray(draw(alone(Thing("square", "blue", box, texture)), 96)) for texture in TEXTURES]
    inner = [image[38:49, 38:49].reshape(-1, 3).astype(int) for image in images]
    assert len({pixels.tobytes() for pixels in inner}) == len(TEXTURES)
    for pixels in inner[1:]:
        assert np.ptp(pixels[:, 0]) > 100
