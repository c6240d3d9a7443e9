"""What every source yields, and what it does with a record it cannot use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from schemas.errors import InvalidRecord
from schemas.text import nfc

MAX_CAPTION = 100_000

OnInvalid = Callable[[InvalidRecord], None]


@dataclass(frozen=True)
class SourceRecord:
    """One image of a source, with what is said of it.

    Args:
        image: The image's path, relative to the folder of images, as the source names it.
        captions: Normalised, without empty ones and repetitions, in the source's order.
        row: Its place in the source, from 1.
        license: Name or address of the image's licence, where the source gives one.
        may_leave: Whether the image may be sent to hosts outside.
        drawn: Whether the image is a drawn scene.
    """

    image: str
    captions: tuple[str, ...]
    row: int
    license: str | None = None
    may_leave: bool = True
    drawn: bool = False


class Source(Protocol):
    """Reads one format."""

    def __call__(self, path: Path, on_invalid: OnInvalid) -> Iterator[SourceRecord]:
        """Yield the file's records in order.

        Raises:
            UnreadableFile: The file as a whole cannot be used.
        """


def raise_invalid(error: InvalidRecord) -> None:
    """The default for a record that cannot be used: stop there."""
    raise error


def clean_captions(found: object, *, where: str) -> tuple[str, ...]:
    """Captions from a string or a list of strings, normalised.

    Raises:
        InvalidRecord: Something else, or a caption longer than 100,000 characters.
    """
    listed: Any = [found] if isinstance(found, str) else found
    if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
        raise InvalidRecord("captions are neither a string nor a list of strings", where=where, fix=SKIP)
    if any(len(text) > MAX_CAPTION for text in listed):
        raise InvalidRecord(f"a caption is longer than {MAX_CAPTION:,} characters", where=where, fix=SKIP)
    return tuple(dict.fromkeys(text for text in map(nfc, listed) if text))


def image_name(found: object, *, where: str) -> str:
    """An image's name that stays below the folder of images when joined to it.

    Raises:
        InvalidRecord: Not a string, empty, absolute, or with ``..`` in it.
    """
    if not isinstance(found, str) or not found.strip() or len(found) > 1_000:
        raise InvalidRecord("the image is not a file name", where=where, fix=SKIP)
    parts = found.replace("\\", "/").split("/")
    if found.startswith(("/", "\\", "~")) or ".." in parts or ":" in parts[0] or "\0" in found:
        raise InvalidRecord(
            f"the image {found!r} is not a path below the folder of images", where=where,
            fix="Give names relative to --images, or pass --skip-invalid.",
        )  # fmt: skip
    return found


SKIP = "Mend the record, or pass --skip-invalid to leave it out."
