"""Images as they are sent: upright, within a side, without metadata, encoded once."""

import asyncio
import base64
import io
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps

from mllm.message import ImagePart
from schemas.errors import UnreadableFile
from schemas.identity import image_ref

Detail = Literal["auto", "low", "high"]
JPEG_QUALITY = 90
SMALL = 256 * 1024  # bytes of a file that is read at once
AS_THEY_ARE = {"JPEG": "image/jpeg", "PNG": "image/png"}  # what every server takes
HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "dpi", "loop"}


@dataclass(frozen=True, slots=True)
class Transform:
    """How images are sent: the longest side in pixels, and the detail that is asked for."""

    max_side: int = 1024
    detail: Detail = "auto"

    @property
    def mark(self) -> str:
        """What enters a request's key."""
        return f"{self.max_side}/{self.detail}/jpeg{JPEG_QUALITY}"

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The size at which an image of this size is sent."""
        share = min(1.0, self.max_side / max(width, height))
        return max(1, round(width * share)), max(1, round(height * share))


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded image."""

    media_type: str
    content: bytes
    width: int
    height: int

    @property
    def url(self) -> bytes:
        """``data:…;base64,…``, in ASCII; made anew each time, which is quicker than holding a third more."""
        return b"data:%b;base64,%b" % (self.media_type.encode(), base64.b64encode(self.content))


class Pictures:
    """Encodes images, each once while it is in use: the last ones asked for stay."""

    def __init__(self, transform: Transform, *, keep: int) -> None:
        """Hold so many images; twice the requests that are out is enough for a chain that asks twice."""
        self.transform = transform
        self._keep = keep
        self._known: OrderedDict[str, Picture | asyncio.Task[Picture]] = OrderedDict()

    async def get(self, part: ImagePart) -> Picture:
        """The image as it is sent.

        Raises:
            UnreadableFile: It is gone, cannot be decoded, or is not the one of this reference any more.
        """
        held = self._known.get(part.ref)
        if held is None:
            held = self._known[part.ref] = self._at_once(part) or asyncio.create_task(
                asyncio.to_thread(encode, part.path, self.transform, ref=part.ref)
            )
            if len(self._known) > self._keep:
                self._known.popitem(last=False)  # whoever waits for it holds it
        self._known.move_to_end(part.ref)
        return held if isinstance(held, Picture) else await asyncio.shield(held)

    def _at_once(self, part: ImagePart) -> Picture | None:
        """A small file that goes as it is; to hand it to a thread would take longer than to read it."""
        try:
            if part.path.stat().st_size > SMALL:
                return None
            return as_it_is(load(part.path, part.ref), self.transform)
        except Exception:  # noqa: BLE001 - the thread meets it again, and says so
            return None


def encode(path: Path, transform: Transform, *, ref: str | None = None) -> Picture:
    """An image for sending; a file that is small enough and holds nothing but pixels goes as it is.

    Raises:
        UnreadableFile: It is gone, cannot be decoded, or is not the one of this reference any more.
    """
    try:
        raw = load(path, ref)
        return as_it_is(raw, transform) or _redrawn(raw, transform)
    except UnreadableFile:
        raise
    except Exception as error:  # what a decoder raises at a broken file is past listing
        raise UnreadableFile(
            f"cannot be sent ({error})", where=str(path), fix="Run `leadproof ingest` again."
        ) from error


def load(path: Path, ref: str | None) -> bytes:
    """A file's content.

    Raises:
        UnreadableFile: It is not the one of this reference any more.
    """
    raw = path.read_bytes()
    if ref is not None and image_ref(raw) != ref:
        raise UnreadableFile("changed since it was ingested", where=str(path), fix="Put the old one back.")
    return raw


def as_it_is(raw: bytes, transform: Transform) -> Picture | None:
    """An image whose file may be sent as it is: small enough, upright, without metadata; else None."""
    with Image.open(io.BytesIO(raw)) as image:
        if image.format in AS_THEY_ARE and transform.size(*image.size) == image.size and _bare(image):
            return Picture(AS_THEY_ARE[image.format], raw, *image.size)
    return None


def _redrawn(raw: bytes, transform: Transform) -> Picture:
    with Image.open(io.BytesIO(raw)) as image:
        drawn = image.format == "PNG"
        upright = ImageOps.exif_transpose(image).convert("RGB")
    size = transform.size(*upright.size)
    if size != upright.size:
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    if drawn:
        upright.save(file, "PNG")
        return Picture("image/png", file.getvalue(), *size)
    upright.save(file, "JPEG", quality=JPEG_QUALITY)
    return Picture("image/jpeg", file.getvalue(), *size)


def _bare(image: Image.Image) -> bool:
    return image.mode in ("RGB", "L") and not image.getexif() and image.info.keys() <= HARMLESS
