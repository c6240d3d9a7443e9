"""What an image file is: its hash, format, size and perceptual hash, or why it cannot be used.

The perceptual hash is ImageHash's pHash: the signs of the 8×8 lowest frequencies of the image's DCT,
64 bits (Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010).
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path

import imagehash
from PIL import Image, UnidentifiedImageError

from datagen.ingest.ahead import ahead
from datagen.pixels import in_eight_bits
from datagen.workers import cores, worker_pool
from schemas.identity import image_ref

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_CHUNK = 64
_WORTH_IT = 8  # chunks; below, starting processes takes longer than it saves
_AHEAD = 4  # chunks for each process
_PHASH_SIDE = 256


@dataclass(frozen=True)
class Wanted:
    """An image file to look at.

    Args:
        name: As its source calls it.
        path: Where it lies.
        root: The folder it must lie in, resolved; a link that leads out of it is not followed.
        hashed: Whether its perceptual hash is asked for.
    """

    name: str
    path: Path
    root: Path
    hashed: bool


@dataclass(frozen=True)
class ProbedImage:
    """An image that decodes; one that is only named has its reference alone."""

    image: str
    format: str | None = None
    width: int | None = None
    height: int | None = None
    bytes: int | None = None
    phash: str | None = None


@dataclass(frozen=True)
class SkippedImage:
    """An image that cannot be used, and why."""

    name: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Limits:
    """What is still decoded."""

    max_bytes: int
    max_pixels: int


def probe(wanted: Wanted, limits: Limits) -> ProbedImage | SkippedImage:
    """Read one image as a whole, so that a cut file is found now and not when it is needed.

    Args:
        wanted: The file.
        limits: Files larger than these are not decoded.
    """
    try:
        path = wanted.path.resolve(strict=True)
        if not path.is_relative_to(wanted.root):
            return SkippedImage(wanted.name, "outside-root", "its link leads out of the folder of images")
        if not path.is_file():
            return SkippedImage(wanted.name, "not-an-image", "not a file")
        size = path.stat().st_size
        if size > limits.max_bytes:
            return SkippedImage(wanted.name, "too-large", f"{size:,} bytes")
        content = path.read_bytes()
    except FileNotFoundError:
        return SkippedImage(wanted.name, "missing", "no such file")
    except (OSError, RuntimeError, ValueError) as error:
        return SkippedImage(wanted.name, "unreadable", str(error))
    return _decoded(wanted, content, limits)


def _decoded(wanted: Wanted, content: bytes, limits: Limits) -> ProbedImage | SkippedImage:
    if not content:
        return SkippedImage(wanted.name, "not-an-image", "zero bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns where our own limit decides
            with Image.open(BytesIO(content), formats=FORMATS) as found:
                if found.width * found.height > limits.max_pixels:
                    return SkippedImage(wanted.name, "too-large", f"{found.width}×{found.height} pixels")
                turned = found.getexif().get(0x0112, 1) in (5, 6, 7, 8)
                width, height = (found.height, found.width) if turned else found.size
                form = found.format or "?"
                found.draft("RGB", (_PHASH_SIDE, _PHASH_SIDE))  # JPEG decodes at a fraction of its size
                found.load()
                phash = str(imagehash.phash(in_eight_bits(found))) if wanted.hashed else None
    except Image.DecompressionBombError:
        return SkippedImage(wanted.name, "too-large", "more pixels than Pillow decodes")
    except UnidentifiedImageError:
        return SkippedImage(wanted.name, "not-an-image", "no known image format")
    except Exception as error:  # noqa: BLE001 - decoders of hostile files raise nearly anything
        return SkippedImage(wanted.name, "cut-or-damaged", f"{type(error).__name__}: {error}")
    return ProbedImage(image_ref(content), form, width, height, len(content), phash)


def probe_all(
    wanted: Iterable[Wanted], count: int, limits: Limits, *, on_done: Callable[[int], None]
) -> Iterator[ProbedImage | SkippedImage]:
    """Probe many images, in their order; in worker processes where that is worth it.

    Args:
        wanted: The files, drawn as their turn comes.
        count: How many there are, about.
        limits: As for :func:`probe`.
        on_done: Called with the number of images each time some are done.
    """
    if cores() == 1 or count <= _CHUNK * (_WORTH_IT - 1):
        for one in wanted:
            yield probe(one, limits)
            on_done(1)
        return
    with worker_pool() as pool:
        work = partial(_probe_chunk, limits=limits)
        for done in ahead(pool, work, _chunks(iter(wanted)), most=_AHEAD * cores()):
            on_done(len(done))
            yield from done


def _chunks(wanted: Iterator[Wanted]) -> Iterator[list[Wanted]]:
    while chunk := list(islice(wanted, _CHUNK)):
        yield chunk


def _probe_chunk(chunk: Sequence[Wanted], limits: Limits) -> list[ProbedImage | SkippedImage]:
    return [probe(one, limits) for one in chunk]
