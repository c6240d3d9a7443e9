"""The files below a folder, by name; hidden ones and run folders are passed over."""

import os
from collections.abc import Iterator, Set
from pathlib import Path

from schemas.config import CONFIG_FILE

IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"})


def files_below(root: Path, endings: Set[str]) -> Iterator[Path]:
    """Files with one of the endings (in lower case, with their dot); links to folders are not followed."""
    for folder, below, files in os.walk(root):
        here = Path(folder)
        below[:] = sorted(name for name in below if name[0] != "." and not (here / name / CONFIG_FILE).exists())
        for name in sorted(files):
            if name[0] != "." and Path(name).suffix.lower() in endings:
                yield here / name
