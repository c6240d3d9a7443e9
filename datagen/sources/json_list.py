"""JSON captions as one value: a list of objects, or an object of images.

``[{"image": "a.jpg", "caption": "…" or ["…", …]}, …]`` is how BLIP's annotation files are (COCO's Karpathy split:
one caption an item for training, five for validation), with the keys that JSON lines have, too. In
``{"a.jpg": ["…", …], …}`` each key is an image's name, its value one caption or several.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from datagen.sources.described import described
from datagen.sources.json_items import json_items
from datagen.sources.record import DEFAULT, SKIP, OnInvalid, SourceOptions, SourceRecord, clean_captions, image_place
from datagen.sources.registry import head, unreadable
from schemas.errors import InvalidRecord, UnreadableFile


def read_json(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the records of a JSON file in its order.

    Raises:
        UnreadableFile: Missing, empty, not text, or neither a list nor an object of images.
    """
    listed = head(path).lstrip().startswith("[")
    yield from _listed(path, on_invalid) if listed else _keyed(path, on_invalid)


def _listed(path: Path, on_invalid: OnInvalid) -> Iterator[SourceRecord]:
    for where, row, item in json_items(path, on_invalid):
        try:
            if not isinstance(item, dict):
                raise InvalidRecord("not an object with an image and its captions", where=where, fix=SKIP)
            yield described(item, row, where)
        except InvalidRecord as error:
            on_invalid(error)


def _keyed(path: Path, on_invalid: OnInvalid) -> Iterator[SourceRecord]:
    for row, (name, said) in enumerate(_images(path), 1):
        where = f"{path.name}: image {row}"
        try:
            yield SourceRecord(image_place(name, where=where), clean_captions(said, where=where), row)
        except InvalidRecord as error:
            on_invalid(error)


def _images(path: Path) -> list[tuple[str, object]]:
    """Keys and values in order; a key that stands twice comes twice, so that no caption is lost."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=tuple)
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        said = str(error).split("\n", 1)[0][:120]
        raise UnreadableFile(f"not JSON ({said})", where=str(path), fix="Name another, or mend it.") from error
    if not isinstance(found, tuple) or any(key in ("images", "annotations") for key, _ in found):
        fix = "Name another file, or pass its --format."
        raise UnreadableFile("neither a list nor an object of images", where=str(path), fix=fix)
    return list(found)
