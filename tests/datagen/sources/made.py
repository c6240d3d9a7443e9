"""Pictures to put into sources, and ways to read these."""

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter

from datagen.sources import SOURCES, SourceRecord, raise_invalid
from datagen.sources.record import DEFAULT, SourceOptions
from schemas.errors import InvalidRecord

Ingest = Callable[..., dict[str, list[str]]]


def picture(seed: int, form: str = "PNG", mode: str = "RGB", size: int = 48, **save: Any) -> bytes:
    """A picture with structure of its own, as a file's bytes."""
    noise = random.Random(seed).randbytes(size * size * 3)
    image = Image.frombytes("RGB", (size, size), noise).filter(ImageFilter.GaussianBlur(4)).convert(mode)
    file = BytesIO()
    image.save(file, form, **save)
    return file.getvalue()


def read_all(form: str, path: Path, options: SourceOptions = DEFAULT) -> list[SourceRecord]:
    """All records, or the first fault."""
    return list(SOURCES.get(form)(path, raise_invalid, options))


def read_what_can_be(form: str, path: Path, options: SourceOptions = DEFAULT) -> tuple[list[SourceRecord], list[str]]:
    """The records that can be read, and what is said of the others."""
    bad: list[InvalidRecord] = []
    return list(SOURCES.get(form)(path, bad.append, options)), [str(error) for error in bad]
