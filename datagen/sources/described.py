"""A JSON object that names an image and what is said of it, as lines of JSONL and items of a list have it."""

from typing import Any

from datagen.sources.record import SKIP, SourceRecord, clean_captions, image_place, license_name
from schemas.errors import InvalidRecord

IMAGE_KEYS = ("image", "file_name", "image_id")
CAPTION_KEYS = ("captions", "caption")


def described(record: dict[str, Any], row: int, where: str) -> SourceRecord:
    """The record of an object: ``image`` and ``captions`` or ``caption``, and what else is known of the image.

    That is ``license``, ``may_leave`` and ``drawn``. ``file_name`` may stand for ``image``, and so may an
    ``image_id`` that is a name; ``image`` goes before both.

    Raises:
        InvalidRecord: A key is missing or of another type, or the object is a question and not a caption.
    """
    key = next((key for key in IMAGE_KEYS if key in record), None)
    if key is None:
        held = ", ".join(list(record)[:5]) or "none"
        raise InvalidRecord(f"no key image (its keys: {held})", where=where, fix=SKIP)
    if key == "image_id" and not isinstance(record[key], str):
        fix = "Give each image's file name under the key image, or pass --skip-invalid."
        raise InvalidRecord("image_id is a number, and no key image names the file", where=where, fix=fix)
    said = next((record[key] for key in CAPTION_KEYS if key in record), None)
    if said is None and "question" in record:
        fix = "Pairs come in with `leadproof import`; leave others out with --skip-invalid."
        raise InvalidRecord("a question, not a caption", where=where, fix=fix)
    name = image_place(record[key], where=where)
    captions = clean_captions([] if said is None else said, where=where)
    flags = {key: record.get(key, default) for key, default in (("may_leave", True), ("drawn", False))}
    for key, value in flags.items():
        if not isinstance(value, bool):
            raise InvalidRecord(f"{key} is not true or false", where=where, fix=SKIP)
    licensed = license_name(record.get("license"), where=where)
    return SourceRecord(name, captions, row, licensed, flags["may_leave"], flags["drawn"])
