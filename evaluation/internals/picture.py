"""Pictures of attention over images: a pair's two halves side by side."""

import io
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from evaluation.internals.summary import Inside
from mllm import ImagePart
from mllm.picture import Transform, encode

SIDE, MARGIN, LINE = 320, 12, 16  # pixels
_WARM = (230, 80, 20)
_STRONGEST = 0.75  # opacity of the most attended patch
_LONGEST = 52  # characters of a line


def draw_attention(image: ImagePart, halves: Sequence[tuple[Inside, str]], path: Path) -> None:
    """Draw each half's attention over the image, its question and how it ended above, and save a PNG.

    The colour is scaled to the most attended patch of each half: it says where, not how much.

    Args:
        image: Theirs.
        halves: What was measured, and the question; at least one.
        path: Where to.

    Raises:
        UnreadableFile: The image cannot be read any more.
    """
    picture = encode(image.path, Transform(SIDE), ref=image.ref)
    with Image.open(io.BytesIO(picture.content)) as opened:
        shown = ImageOps.contain(opened.convert("RGB"), (SIDE, SIDE))  # a small one is drawn larger
    head = MARGIN + 3 * LINE
    sheet = Image.new("RGB", (len(halves) * (SIDE + MARGIN) + MARGIN, head + SIDE + MARGIN), "white")
    draw = ImageDraw.Draw(sheet)
    for place, (one, question) in enumerate(halves):
        left = MARGIN + place * (SIDE + MARGIN)
        verdict = "right" if one.right else "wrong"
        margin = "" if one.margin is None else f", margin {one.margin:+.2f}"
        lines = [f"{one.question_type}  {verdict}{margin}  image {one.mass['image']:.0%}", *_wrapped(question)]
        for row, line in enumerate(lines):
            draw.text((left, MARGIN // 2 + row * LINE), line, fill="black" if row else (90, 90, 90))
        sheet.paste(_warmed(shown, one.grid), (left, head))
    sheet.save(path, "PNG")


def _warmed(image: Image.Image, grid: Sequence[Sequence[float]]) -> Image.Image:
    if not grid:
        return image
    weights = np.array(grid, np.float32)
    top = float(weights.max())
    scaled = np.uint8(255 * _STRONGEST * weights / top) if top > 0 else np.zeros_like(weights, np.uint8)
    veil = Image.fromarray(np.asarray(scaled, np.uint8)).resize(image.size, Image.Resampling.BILINEAR)
    return Image.composite(Image.new("RGB", image.size, _WARM), ImageOps.grayscale(image).convert("RGB"), veil)


def _wrapped(question: str) -> list[str]:
    """Two lines at most, of characters that the built-in font has."""
    text = " ".join(question.encode("ascii", "replace").decode().split())
    return textwrap.wrap(text, _LONGEST, max_lines=2, placeholder=" ...")
