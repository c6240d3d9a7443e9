"""Showing an image in part: a soft mask drawn over it."""

import numpy as np
from PIL import Image

from mllm.probe import Veil

MID_GREY = 127.5  # of 0-255, in every channel


def veiled(image: Image.Image, veil: Veil) -> Image.Image:
    """An RGB image whose pixels keep the veil's share of their distance from mid-grey.

    The grid's weights lie at the centres of its cells and are interpolated between them in straight lines; beyond
    the outermost centres they stay as they are. A grid that is finer than the image is averaged down to it.

    Returns:
        A new image of the same size; at weight 1 equal to the old one, at weight 0 grey.
    """
    grid = Image.fromarray(np.asarray(veil.grid, dtype=np.float32))
    weights = np.asarray(grid.resize(image.size, Image.Resampling.BILINEAR)).clip(0, 1)[..., None]
    pixels = np.asarray(image.convert("RGB"), dtype=np.float32)
    shown = MID_GREY + (pixels - MID_GREY) * weights
    return Image.fromarray(np.rint(shown).astype(np.uint8))
