"""The file name of an image that a row names by number or without an ending, as COCO's and TextVQA's do."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evaluation.benchmarks.finding import find_images, held

_TRIED = 50


class Naming(NamedTuple):
    """From an image's id to its file's name."""

    head: str = ""
    digits: int = 0  # at least, with zeros in front
    end: str = ""

    def __call__(self, image: str) -> str:
        """The file's name."""
        return f"{self.head}{image.zfill(self.digits)}{self.end}"


def images_by_id(ids: Sequence[str], *, subtype: str, given: Path | None, beside: Path) -> tuple[Naming, Path | None]:
    """How files are called after these ids, and the folder that holds them: the way by which most are found.

    Args:
        ids: Ids of images, each once.
        subtype: ``val2014`` and the like, of COCO's longer names; may be empty.
        given: The folder that was said, or the one above.
        beside: Where to look if none was said.

    Returns:
        The first way there is, and None for the folder, where nothing is found and none was said.
    """
    tried = ids[:_TRIED]
    best, most, where = Naming(), -1, None
    for way in _ways(subtype):
        named = [way(one) for one in tried]
        folder = find_images(named, given=given, beside=beside)
        count = held(named, folder) if folder is not None else 0
        if count > most:
            best, most, where = way, count, folder
    return best, where


def _ways(subtype: str) -> list[Naming]:
    heads = [f"COCO_{subtype}_"] if subtype else []
    numbered = [Naming(head, 12, ".jpg") for head in (*heads, "", "COCO_val2014_", "COCO_train2014_")]
    return [*numbered, *(Naming(end=end) for end in (".jpg", ".png", ".jpeg", ".webp", ""))]
