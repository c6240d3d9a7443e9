"""Writing, in the font that comes with Pillow: no system fonts."""

from functools import lru_cache

from PIL import ImageFont

from datagen.scenes.canvas import Canvas
from datagen.scenes.palette import RGB
from datagen.scenes.world import Box

_UNIT = 100
_BOLD = 0.035  # stroke around the letters, as a share of the font size


def write(canvas: Canvas, text: str, room: Box, color: RGB) -> None:
    """Write one line in the middle of a box, as large as the box allows."""
    ink = extent(text)
    share = min(room.width / ink.width, room.height / ink.height)
    size = max(1, int(share * canvas.side))
    font, bold = _font(size), round(size * _BOLD)
    bounds = font.getbbox(text, stroke_width=bold)
    x = (room.left + room.right) / 2 * canvas.side - (bounds[0] + bounds[2]) / 2
    y = (room.top + room.bottom) / 2 * canvas.side - (bounds[1] + bounds[3]) / 2
    canvas.draw.text((round(x), round(y)), text, font=font, fill=color, stroke_width=bold, stroke_fill=color)


@lru_cache(maxsize=4096)
def extent(text: str) -> Box:
    """What a line of writing covers, in units of its font size."""
    bounds = _font(_UNIT).getbbox(text, stroke_width=round(_UNIT * _BOLD))
    return Box(*(value / _UNIT for value in bounds))


@lru_cache(maxsize=512)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType, which the drawn signs need")
    return font
