"""One image file as a picture, under a pixel limit."""

from pathlib import Path

from PIL import Image

from datagen.ingest.probe import FORMATS
from datagen.pixels import in_eight_bits
from schemas.errors import UnreadableFile


def decoded(path: Path, max_pixels: int) -> Image.Image:
    """The picture, upright RGB in eight bits.

    Raises:
        UnreadableFile: It is missing, has more pixels, or does not decode.
    """
    fix = "Put it back as it was, or withdraw the image."
    try:
        with Image.open(path, formats=FORMATS) as found:
            if found.width * found.height > max_pixels:
                raise UnreadableFile(f"{found.width}×{found.height} pixels are too many", where=str(path), fix=fix)
            return in_eight_bits(found)
    except UnreadableFile:
        raise
    except Exception as error:  # decoders of hostile files raise nearly anything
        raise UnreadableFile(f"the image does not decode ({error})", where=str(path), fix=fix) from error
