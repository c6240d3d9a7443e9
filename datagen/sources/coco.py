"""COCO captions: one JSON file with ``images`` and ``annotations`` (format page of cocodataset.org)."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datagen.sources.record import (
    DEFAULT,
    SKIP,
    OnInvalid,
    SourceOptions,
    SourceRecord,
    clean_captions,
    image_place,
    license_name,
)
from datagen.sources.registry import head, unreadable
from schemas.errors import InvalidRecord, UnreadableFile


def read_coco(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the images of a COCO captions file in its order, each with its captions.

    Raises:
        UnreadableFile: Not JSON, or without ``images`` and ``annotations``.
    """
    whole = load_coco(path, needs=("images", "annotations"))
    listed = whole.get("licenses")
    licenses = {
        entry["id"]: str(entry.get("name") or entry.get("url") or "")
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("id"), int | str)
    }
    captions = _captions_by_image(whole, path, on_invalid)
    names: dict[str, str] = {}
    for row, entry in enumerate(whole["images"], 1):
        where = f"{path.name}: images[{row - 1}]"
        try:
            if not isinstance(entry, dict) or not isinstance(entry.get("id"), int | str):
                raise InvalidRecord("an image without an id", where=where, fix=SKIP)
            name = image_place(entry.get("file_name"), where=where)
            if names.setdefault(str(entry["id"]), name) != name:
                raise InvalidRecord(f"a second image of the id {entry['id']!r}", where=where, fix=SKIP)
            said = clean_captions(captions.pop(str(entry["id"]), []), where=where)
            licensed = license_name(_license(entry.get("license"), licenses), where=where)
            yield SourceRecord(name, said, row, licensed)
        except InvalidRecord as error:
            on_invalid(error)
    for image_id in captions:
        on_invalid(InvalidRecord(f"captions of image {image_id!r}, which is not in images", where=path.name, fix=SKIP))


def _license(given: object, licenses: dict[int | str, str]) -> str | None:
    return licenses.get(given) or None if isinstance(given, int | str) else None


def load_coco(path: Path, *, needs: tuple[str, ...]) -> dict[str, Any]:
    """A COCO file as a dict that holds the needed lists.

    Raises:
        UnreadableFile: Not JSON in UTF-8, or one of the lists is missing.
    """
    head(path)
    try:
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        said = str(error).split("\n", 1)[0][:120]
        raise UnreadableFile(f"not JSON ({said})", where=str(path), fix="Name another, or mend it.") from error
    for key in needs:
        if not isinstance(whole, dict) or not isinstance(whole.get(key), list):
            raise UnreadableFile(
                f"not a COCO file: it has no list {key!r}", where=str(path),
                fix="Name another file, or pass its --format.",
            )  # fmt: skip
    found: dict[str, Any] = whole
    return found


def _captions_by_image(whole: dict[str, Any], path: Path, on_invalid: OnInvalid) -> dict[str, list[str]]:
    captions: dict[str, list[str]] = defaultdict(list)
    for index, entry in enumerate(whole["annotations"]):
        usable = isinstance(entry, dict) and isinstance(entry.get("caption"), str)
        if usable and isinstance(entry.get("image_id"), int | str):
            captions[str(entry["image_id"])].append(entry["caption"])
        else:
            where = f"{path.name}: annotations[{index}]"
            on_invalid(InvalidRecord("no caption with an image_id", where=where, fix=SKIP))
    return captions
