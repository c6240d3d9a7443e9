"""Facts in, beside captions: COCO instances (boxes) or a JSON lines file of facts (drawn scenes)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from datagen.sources.coco import load_coco
from datagen.sources.jsonl import json_objects
from datagen.sources.record import SKIP, OnInvalid, image_name
from datagen.sources.registry import head
from schemas.errors import InvalidRecord
from schemas.fact import Fact
from schemas.text import LONE_SURROGATE, nfc


@dataclass(frozen=True)
class Box:
    """One labelled box, in pixels from the upper left corner of the image."""

    image: str
    label: str
    x: float
    y: float
    width: float
    height: float
    crowd: bool


def read_facts(path: Path, on_invalid: OnInvalid) -> tuple[list[Box], list[Fact]]:
    """Boxes or facts of a file; their ``image`` is the name the file gives.

    Raises:
        UnreadableFile: The file is neither.
    """
    if path.suffix.lower() in {".jsonl", ".ndjson"} and head(path):
        return [], list(_fact_lines(path, on_invalid))
    return list(_boxes(path, on_invalid)), []


def _fact_lines(path: Path, on_invalid: OnInvalid) -> Iterator[Fact]:
    for where, _, record in json_objects(path, on_invalid):
        try:
            image_name(record.get("image"), where=where)
            yield Fact.model_validate({"source": "scene", **record})
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            on_invalid(InvalidRecord(f"not a fact: {key}: {first['msg']}", where=where, fix=SKIP))
        except InvalidRecord as error:
            on_invalid(error)


def _boxes(path: Path, on_invalid: OnInvalid) -> Iterator[Box]:
    whole = load_coco(path, needs=("images", "annotations", "categories"))
    names = {_id(entry, "id"): entry.get("file_name") for entry in whole["images"] if isinstance(entry, dict)}
    labels = {_id(entry, "id"): entry.get("name") for entry in whole["categories"] if isinstance(entry, dict)}
    for index, entry in enumerate(whole["annotations"]):
        where = f"{path.name}: annotations[{index}]"
        try:
            yield _box(entry, names, labels, where)
        except InvalidRecord as error:
            on_invalid(error)


def _box(entry: Any, names: dict[str, Any], labels: dict[str, Any], where: str) -> Box:
    if not isinstance(entry, dict) or not isinstance(names.get(_id(entry, "image_id")), str):
        raise InvalidRecord("a box of an image that is not in images", where=where, fix=SKIP)
    label = labels.get(_id(entry, "category_id"))
    if not isinstance(label, str) or not nfc(label):
        raise InvalidRecord("a box of a category that is not in categories", where=where, fix=SKIP)
    if LONE_SURROGATE.search(label):
        raise InvalidRecord("its category holds half a character (a lone surrogate)", where=where, fix=SKIP)
    sides = entry.get("bbox")
    if not isinstance(sides, list) or len(sides) != 4 or not all(_is_number(side) for side in sides):
        raise InvalidRecord("bbox is not [x, y, width, height]", where=where, fix=SKIP)
    x, y, width, height = map(float, sides)
    if width < 0 or height < 0:
        raise InvalidRecord("a box of negative size", where=where, fix=SKIP)
    return Box(names[_id(entry, "image_id")], nfc(label)[:200], x, y, width, height, bool(entry.get("iscrowd")))


def _is_number(side: object) -> bool:
    return isinstance(side, int | float) and not isinstance(side, bool) and abs(side) < 1e6


def _id(entry: dict[str, Any], key: str) -> str:
    return str(entry.get(key))
