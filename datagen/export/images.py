"""Images into an export: by content hash, upright, without metadata (GPS included)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from schemas.errors import UnreadableFile
from schemas.identity import image_ref, short

FOLDER = "images"
_PLAIN = {"JPEG": "jpg", "PNG": "png"}
# What Pillow reports of a file that holds pixels and nothing said about them.
_HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "icc_profile", "progressive",
             "progression", "adobe", "adobe_transform", "srgb", "aspect", "transparency", "interlace"}  # fmt: skip

# Marks of metadata anywhere in a file, also where Pillow would find it only after decoding. By chance such
# a mark stands in compressed pixels too: the image is then written anew, which loses nothing.
_SAID = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"Exif\0", b"http://ns.adobe.com", b"Photoshop 3.0")


@dataclass
class ImagePlacer:
    """Puts images into an export's folder, each once.

    Args:
        run: The run folder, which relative paths start from.
        rows: The rows of the ``images`` table by reference.
        folder: The export's folder.
    """

    run: Path
    rows: Mapping[str, Mapping[str, Any]]
    folder: Path
    placed: dict[str, str] = field(default_factory=dict)

    def __call__(self, ref: str) -> str:
        """The image's path relative to the export; an image that was only named keeps its name.

        Raises:
            UnreadableFile: It is gone or has changed since it was ingested.
        """
        if ref not in self.placed:
            self.placed[ref] = self._place(ref)
        return self.placed[ref]

    def _place(self, ref: str) -> str:
        row = self.rows[ref]
        if row["path"] is None:
            return str(row["name"])
        path = self.run / row["path"]
        try:
            content = path.read_bytes()
        except OSError as error:
            fix = "Put it back, or ingest it again from where it is."
            raise UnreadableFile(error.strerror or "cannot be read", where=str(path), fix=fix) from error
        if image_ref(content) != ref:
            raise UnreadableFile("changed since it was ingested", where=str(path), fix="Put the old one back.")
        (self.folder / FOLDER).mkdir(exist_ok=True)
        with Image.open(BytesIO(content)) as found:
            form = found.format or ""
            name = f"{FOLDER}/{short(ref)}.{_PLAIN.get(form, 'png')}"
            if form in _PLAIN and set(found.info) <= _HARMLESS and not any(mark in content for mark in _SAID):
                (self.folder / name).write_bytes(content)
            else:
                _save_bare(found, self.folder / name, form)
        return name


def _save_bare(found: Image.Image, path: Path, form: str) -> None:
    """Save pixels and colour profile alone, upright; the first frame of what moves."""
    profile = found.info.get("icc_profile")
    turned = found.getexif().get(0x0112, 1) != 1
    if form == "JPEG" and not turned:
        found.save(path, "JPEG", quality="keep", icc_profile=profile, exif=b"", comment=b"")
        return
    upright = ImageOps.exif_transpose(found)
    upright.info.clear()
    if form == "JPEG":
        upright.save(path, "JPEG", quality=95, subsampling=0, icc_profile=profile)
    else:
        plain = upright if upright.mode in ("RGB", "RGBA", "L", "LA", "P", "1") else upright.convert("RGB")
        plain.save(path, "PNG", icc_profile=profile)
