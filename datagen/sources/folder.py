"""A folder of images, below it to any depth, each with its captions in a text file beside it.

``cat.jpg`` has its captions in ``cat.txt`` or ``cat.jpg.txt``, one a line. An image without one comes
in without captions; a text file without an image is passed over, and so are hidden files and run folders.
"""

from collections.abc import Iterator
from pathlib import Path

from datagen.sources.record import DEFAULT, SKIP, OnInvalid, SourceOptions, SourceRecord, clean_captions, image_name
from datagen.sources.walking import IMAGES, files_below
from schemas.errors import InvalidRecord, UnreadableFile

MAX_SIDECAR = 1_000_000


def read_folder(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the images below a folder by name.

    Raises:
        UnreadableFile: Not a folder.
    """
    if not path.is_dir():
        raise UnreadableFile("not a folder", where=str(path), fix="Name a folder of images.")
    root = path.resolve()
    for row, file in enumerate(files_below(root, IMAGES), 1):
        name = file.relative_to(root).as_posix()
        try:
            yield SourceRecord(image_name(name, where=path.name), _captions(file, root), row)
        except InvalidRecord as error:
            on_invalid(error)


def _captions(image: Path, root: Path) -> tuple[str, ...]:
    for sidecar in (image.with_suffix(".txt"), image.with_name(f"{image.name}.txt")):
        where = sidecar.relative_to(root).as_posix()
        try:
            if not sidecar.is_file():
                continue
            if not sidecar.resolve().is_relative_to(root):
                raise InvalidRecord("a link that leads out of the folder", where=where, fix=SKIP)
            if sidecar.stat().st_size > MAX_SIDECAR:
                raise InvalidRecord(f"longer than {MAX_SIDECAR:,} bytes", where=where, fix=SKIP)
            return caption_lines(sidecar.read_bytes(), where=where)
        except OSError as error:
            raise InvalidRecord(error.strerror or "cannot be read", where=where, fix=SKIP) from error
    return ()


def caption_lines(raw: bytes, *, where: str) -> tuple[str, ...]:
    """Captions of a text file, one a line.

    Raises:
        InvalidRecord: Not UTF-8 text.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InvalidRecord(
            "not UTF-8", where=f"{where}:{line}", fix="Save it as UTF-8, or pass --skip-invalid."
        ) from None
    if "\0" in text:
        raise InvalidRecord("a NUL byte in it", where=where, fix=SKIP)
    return clean_captions(text.splitlines(), where=where)
