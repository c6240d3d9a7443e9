"""Images into an export: by content hash, upright, without metadata (GPS included)."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from PIL import Image, ImageOps

from datagen.pixels import in_eight_bits
from schemas.errors import UnreadableFile
from schemas.identity import image_ref, short

FOLDER = "images"
_AT_ONCE = 4
_DIRECT = ("RGB", "RGBA", "L", "LA", "P", "1")  # modes written as they are
_PLAIN = {"JPEG": "jpg", "PNG": "png"}
# What Pillow reports of a file that holds pixels and nothing said about them.
_HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "icc_profile", "progressive",
             "progression", "adobe", "adobe_transform", "srgb", "aspect", "transparency", "interlace"}  # fmt: skip

# Marks of metadata anywhere in a file, also where Pillow would find it only after decoding. By chance such
# a mark stands in compressed pixels too: the image is then written anew, which loses nothing.
_SAID = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"Exif\0", b"http://ns.adobe.com", b"Photoshop 3.0")


class ImagePlacer:
    """Puts images into an export's folder, each once, in threads beside the writing of rows.

    As a context manager it waits for them at its end, and raises what went wrong.
    """

    def __init__(self, run: Path, rows: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
        """A placer for one export.

        Args:
            run: The run folder, which relative paths start from.
            rows: The rows of the ``images`` table by reference.
            folder: The export's folder.
        """
        self._run, self._rows, self._folder = run, rows, folder
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._waiting: list[Future[None]] = []
        self.placed: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait for all images.

        Raises:
            UnreadableFile: One is gone or has changed since it was ingested.
        """
        self._threads.shutdown(cancel_futures=kind is not None)
        if kind is None:
            for one in self._waiting:
                one.result()

    def __call__(self, ref: str) -> str:
        """The image's path relative to the export; an image that was only named keeps its name."""
        if not self.placed.get(ref):
            row = self._rows[ref]
            if row["path"] is None:
                self.placed[ref] = str(row["name"])
            else:
                self.placed[ref] = f"{FOLDER}/{short(ref)}.{_PLAIN.get(row['format'], 'png')}"
                if not self._waiting:
                    (self._folder / FOLDER).mkdir(exist_ok=True)
                target = self._folder / self.placed[ref]
                self._waiting.append(self._threads.submit(_place, self._run / row["path"], ref, target))
        return self.placed[ref]

    def content(self, ref: str) -> bytes | None:
        """The image as it would be placed, without placing it; None for one that was only named.

        Raises:
            UnreadableFile: It is gone or has changed since it was ingested.
        """
        row = self._rows[ref]
        if row["path"] is None:
            return None
        self.placed.setdefault(ref, "")  # it counts as exported, but stands in no file of its own
        return bare_image(self._run / row["path"], ref)


def _place(path: Path, ref: str, target: Path) -> None:
    target.write_bytes(bare_image(path, ref))


def bare_image(path: Path, ref: str) -> bytes:
    """The image's file upright and without metadata; the very bytes where they are so already.

    Raises:
        UnreadableFile: It is gone or has changed since it was ingested.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        fix = "Put it back, or ingest it again from where it is."
        raise UnreadableFile(error.strerror or "cannot be read", where=str(path), fix=fix) from error
    if image_ref(content) != ref:
        raise UnreadableFile("changed since it was ingested", where=str(path), fix="Put the old one back.")
    with Image.open(BytesIO(content)) as found:
        form = found.format or ""
        if form in _PLAIN and set(found.info) <= _HARMLESS and not any(mark in content for mark in _SAID):
            return content
        return _saved_bare(found, form)


def _saved_bare(found: Image.Image, form: str) -> bytes:
    """Pixels and colour profile alone, upright, as JPEG or PNG; the first frame of what moves."""
    saved = BytesIO()
    profile = found.info.get("icc_profile") if found.mode in _DIRECT else None  # others change their colour space
    turned = found.getexif().get(0x0112, 1) != 1
    if form == "JPEG" and not turned:
        found.save(saved, "JPEG", quality="keep", icc_profile=profile, exif=b"", comment=b"")
        return saved.getvalue()
    upright = ImageOps.exif_transpose(found)
    upright.info.clear()
    if form == "JPEG":
        upright.save(saved, "JPEG", quality=95, subsampling=0, icc_profile=profile)
    else:
        plain = upright if upright.mode in _DIRECT else in_eight_bits(upright)
        plain.save(saved, "PNG", icc_profile=profile)
    return saved.getvalue()
