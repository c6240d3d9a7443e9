"""A benchmark's images as they are sent: looked at, inside their folder, named by their content.

The names come from a file that anyone may have written: none leads out of the folder.
"""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath

from PIL import Image, UnidentifiedImageError

from mllm.message import ImagePart
from schemas.identity import image_ref

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")  # what ingest takes in
MOST_BYTES = MOST_PIXELS = 100_000_000

# From an image's name and reference to whether it may be sent to a host outside.
MayLeave = Callable[[str, str], bool]


@dataclass(frozen=True)
class Absent:
    """An image that cannot be used, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Located:
    """Images that were found, by name, and those that were not, in the order in which they were named."""

    parts: Mapping[str, ImagePart]
    absent: tuple[Absent, ...]


def locate_all(named: Iterable[str], root: Path | None, *, may_leave: MayLeave = lambda _name, _ref: True) -> Located:
    """Look at images, each name once; without a folder none is found.

    Some thousands take seconds: a file is read and hashed, of its pixels only the header is read.
    """
    names = dict.fromkeys(named)
    if root is None:
        return Located({}, tuple(Absent(name, "no folder of images is known") for name in names))
    root = root.resolve()
    found = {name: locate(name, root, may_leave=may_leave) for name in names}
    parts = {name: one for name, one in found.items() if isinstance(one, ImagePart)}
    return Located(parts, tuple(one for one in found.values() if isinstance(one, Absent)))


def locate(name: str, root: Path, *, may_leave: MayLeave = lambda _name, _ref: True) -> ImagePart | Absent:
    """One image.

    Args:
        name: As its row names it, relative to ``root``.
        root: The folder of images, resolved. A name or a link that leads out of it is not followed.
        may_leave: Says of an image whether it may be sent to a host outside.
    """
    if not name.strip():
        return Absent(name, "it has no name")
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor or ".." in PurePosixPath(name).parts:
        return Absent(name, "its name leads out of the folder of images")
    try:
        path = (root / name).resolve(strict=True)
        if not path.is_relative_to(root):
            return Absent(name, "its link leads out of the folder of images")
        if not path.is_file():
            return Absent(name, "not a file")
        if path.stat().st_size > MOST_BYTES:
            return Absent(name, f"{path.stat().st_size:,} bytes are too many")
        content = path.read_bytes()
    except FileNotFoundError:
        return Absent(name, "no such file")
    except (OSError, RuntimeError, ValueError) as error:
        return Absent(name, f"cannot be read ({getattr(error, 'strerror', None) or error})")
    fault = _fault(content)
    if fault is not None:
        return Absent(name, fault)
    ref = image_ref(content)
    return ImagePart(ref, path, may_leave(name, ref))


def _fault(content: bytes) -> str | None:
    """What keeps a file from being an image that is decoded; None where nothing does."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns where our own limit decides
            with Image.open(BytesIO(content), formats=FORMATS) as found:
                width, height = found.size
    except UnidentifiedImageError:
        return "no image of a known format"
    except Image.DecompressionBombError:
        return "more pixels than are decoded"
    except Exception as error:  # noqa: BLE001 - decoders of hostile files raise nearly anything
        return f"cut or damaged ({type(error).__name__})"
    return f"{width}×{height} pixels are too many" if width * height > MOST_PIXELS else None


def said_of(absent: Sequence[Absent], *, most: int = 5) -> str:
    """A line that counts and names images that cannot be used; empty without any."""
    named = ", ".join(f"{one.name} ({one.why})" for one in absent[:most])
    more = f" and {len(absent) - most:,} more" if len(absent) > most else ""
    what = "image" if len(absent) == 1 else "images"
    return f"{len(absent):,} {what} cannot be used: {named}{more}" if absent else ""
