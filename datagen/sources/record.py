"""What every source yields, and what it does with a record it cannot use."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from schemas.errors import InvalidRecord
from schemas.text import LONE_SURROGATE, nfc

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
        content: The image's bytes, where the source holds them itself; its name is a mere label then.
    """

    image: str
    captions: tuple[str, ...]
    row: int
    license: str | None = None
    may_leave: bool = True
    drawn: bool = False
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Columns:
    """Which columns of a table hold what; empty where that is left to a guess."""

    image: str | None = None
    captions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As shown before they are used: ``image ← file_name, caption ← text``."""
        return f"image ← {self.image}, caption ← {' + '.join(self.captions)}"


ANY_COLUMNS = Columns()


def _untold(where: str, chosen: Columns) -> None:
    """Nobody asked which columns were chosen."""


@dataclass(frozen=True)
class SourceOptions:
    """What a source may be told beside its path.

    Args:
        columns: Columns asked for, in a format that has any.
        on_columns: Called with the file's name and the columns chosen, before the first row is read.
    """

    columns: Columns = ANY_COLUMNS
    on_columns: Callable[[str, Columns], None] = _untold


DEFAULT = SourceOptions()


class Source(Protocol):
    """Reads one format."""

    def __call__(
        self, path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT, /
    ) -> Iterator[SourceRecord]:
        """Yield the file's records in order; an image may come more than once, with further captions.

        Raises:
            UnreadableFile: The file as a whole cannot be used.
        """


def raise_invalid(error: InvalidRecord) -> None:
    """The default for a record that cannot be used: stop there."""
    raise error


def clean_captions(found: object, *, where: str) -> tuple[str, ...]:
    """Captions from a string or a list of strings, normalised.

    Raises:
        InvalidRecord: Something else, a caption longer than 100,000 characters, or half a character.
    """
    listed: Any = [found] if isinstance(found, str) else found
    if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
        raise InvalidRecord("captions are neither a string nor a list of strings", where=where, fix=SKIP)
    if any(len(text) > MAX_CAPTION for text in listed):
        raise InvalidRecord(f"a caption is longer than {MAX_CAPTION:,} characters", where=where, fix=SKIP)
    if any(LONE_SURROGATE.search(text) for text in listed):
        raise InvalidRecord("a caption holds half a character (a lone surrogate)", where=where, fix=SKIP)
    return tuple(dict.fromkeys(text for text in map(nfc, listed) if text))


def license_name(found: object, *, where: str) -> str | None:
    """The name or address of a licence, None where none is given.

    Raises:
        InvalidRecord: Not a string, or with half a character in it.
    """
    if found is None:
        return None
    if not isinstance(found, str):
        raise InvalidRecord("license is not a string", where=where, fix=SKIP)
    if LONE_SURROGATE.search(found):
        raise InvalidRecord("the licence holds half a character (a lone surrogate)", where=where, fix=SKIP)
    return found


def image_name(found: object, *, where: str) -> str:
    """An image's name that stays below the folder of images when joined to it.

    Raises:
        InvalidRecord: Not a string, empty, absolute, or with ``..`` in it.
    """
    if not isinstance(found, str) or not found.strip() or len(found) > 1_000:
        raise InvalidRecord("the image is not a file name", where=where, fix=SKIP)
    if _NO_NAME.search(found):
        fix = "Rename it, or pass --skip-invalid to leave it out."
        raise InvalidRecord(f"the image's name {found!r} is not UTF-8 text, or holds a NUL", where=where, fix=fix)
    parts = found.replace("\\", "/").split("/")
    if found.startswith(("/", "\\", "~")) or ".." in parts or ":" in parts[0]:
        raise InvalidRecord(
            f"the image {found!r} is not a path below the folder of images", where=where,
            fix="Give names relative to --images, or pass --skip-invalid.",
        )  # fmt: skip
    return found


def image_place(found: object, *, where: str) -> str:
    """An image's name as :func:`image_name` has it, or its address on the web.

    Raises:
        InvalidRecord: Neither.
    """
    if isinstance(found, str) and is_address(found):
        if len(found) > 4_000 or _NO_NAME.search(found):
            raise InvalidRecord("the image's address is not one", where=where, fix=SKIP)
        return found.strip()
    return image_name(found, where=where)


def is_address(name: str) -> bool:
    """Whether an image's name is an address on the web."""
    if not name.lstrip()[:8].lower().startswith(("http://", "https://")):
        return False
    try:
        return bool(urlsplit(name.strip()).hostname)
    except ValueError:
        return False


def label(found: str) -> str:
    """A name for an image whose bytes the source holds: shown and recorded, and safe if it became a path."""
    parts = [part for part in re.split(r"[/\\]", _NO_NAME.sub("_", found)) if part.strip() not in ("", ".", "..")]
    return "/".join(parts)[-1_000:].replace(":", "_").lstrip("~/ ") or "image"


SKIP = "Mend the record, or pass --skip-invalid to leave it out."
_NO_NAME = re.compile("[\0\ud800-\udfff]")
