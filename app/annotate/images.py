"""Images as annotators see them: named after their content, upright, without metadata."""

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from annotation.studio.images import Write, image_name
from datagen.export.images import bare_image
from datagen.pixels import in_eight_bits
from schemas.pair import Pair
from schemas.run import RunFolder

_GAP = 24  # pixels between the two images of a pair


def image_writer(run: RunFolder, images: Mapping[str, Mapping[str, Any]]) -> Write:
    """How a pair's image is written into a folder, once; of a pair over two images, both side by side."""

    def write(pair: Pair, folder: Path) -> str:
        rows = [images[ref] for ref in pair.images]
        plain = len(rows) == 1 and rows[0]["format"] != "JPEG"
        name = image_name(pair, "png" if plain else "jpg")
        target = folder / name
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            contents = [bare_image(run.path / row["path"], row["image"]) for row in rows]
            draft = target.with_suffix(f".{os.getpid()}.part")
            draft.write_bytes(contents[0] if len(contents) == 1 else _beside(contents))
            draft.replace(target)
        return name

    return write


def _beside(contents: list[bytes]) -> bytes:
    """Two pictures in one, as high as the lower of them."""
    pictures = [in_eight_bits(Image.open(BytesIO(content))) for content in contents]
    height = min(one.height for one in pictures)
    scaled = [one.resize((max(1, round(one.width * height / one.height)), height)) for one in pictures]
    whole = Image.new("RGB", (sum(one.width for one in scaled) + _GAP * (len(scaled) - 1), height), "white")
    left = 0
    for one in scaled:
        whole.paste(one, (left, 0))
        left += one.width + _GAP
    saved = BytesIO()
    whole.save(saved, "JPEG", quality=95, subsampling=0)
    return saved.getvalue()
