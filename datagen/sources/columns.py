"""Which column of a table holds the image and which hold captions: as asked for, or guessed by name."""

import json
import re
from collections.abc import Sequence

from datagen.sources.record import SKIP, Columns, SourceOptions, clean_captions
from schemas.errors import BadConfig, InvalidRecord, UnreadableFile

# Likelier names first; compared in lower case, with _ for spaces and hyphens.
_IMAGE = (
    "image", "image_path", "image_file", "image_name", "file_name", "filename", "file_path", "filepath", "img",
    "img_path", "photo", "picture", "path", "file", "jpg", "jpeg", "png", "webp", "image_url", "img_url", "url",
)  # fmt: skip
_CAPTION = ("caption", "text", "txt", "description", "sentence", "comment", "alt_text", "alt", "raw")


def choose_columns(names: Sequence[str], options: SourceOptions, *, where: str) -> Columns:
    """The columns to read; ``options.on_columns`` is told before any row is.

    A caption's name may be in the plural or numbered: ``caption_0``, ``caption_1`` … are all taken.

    Args:
        names: The table's columns.
        options: Columns that were asked for; the rest is guessed.
        where: The file, for messages.

    Raises:
        BadConfig: A column that was asked for is not there.
        UnreadableFile: No name looks like an image's, or none like a caption's.
    """
    listed = ", ".join(names)
    for asked in (options.columns.image, *options.columns.captions):
        if asked is not None and asked not in names:
            raise BadConfig(f"no column {asked!r}; it has: {listed}", where=where, fix="Name one of these.")
    image = options.columns.image or guess_image(names)
    captions = options.columns.captions or guess_captions([name for name in names if name != image])
    for kind, found in (("image", image), ("caption", captions)):
        if not found:
            raise UnreadableFile(
                f"no column looks like the {kind}'s; it has: {listed}", where=where, fix=f"Pass --{kind}-column NAME."
            )
    if image in captions:
        raise BadConfig(f"column {image!r} cannot hold both image and caption", where=where, fix="Name two columns.")
    if names.count(image or "") > 1:
        raise UnreadableFile(f"two columns are called {image!r}", where=where, fix="Rename one of them.")
    chosen = Columns(image, tuple(captions))
    options.on_columns(where, chosen)
    return chosen


def cell_captions(cells: Sequence[object], *, where: str) -> tuple[str, ...]:
    """The captions in the caption cells of a row: strings, lists of strings, or such a list as JSON.

    Raises:
        InvalidRecord: Something else, such as a nested object.
    """
    said: list[object] = []
    for cell in cells:
        inner = _unfolded(cell, where) if isinstance(cell, str) else cell
        said.extend(inner if isinstance(inner, list) else [] if inner is None else [inner])
    return clean_captions(said, where=where)


def _unfolded(cell: str, where: str) -> object:
    """A cell that holds JSON or a Python list as text is not one caption."""
    text = cell.strip()
    if (text[:1], text[-1:]) not in (("[", "]"), ("{", "}")):
        return cell
    try:
        inner: object = json.loads(text)
    except (ValueError, RecursionError):
        inner = None if text.startswith(("['", '["', '[{"', '{"', "{'")) else cell
    if inner == cell or (isinstance(inner, list) and all(isinstance(one, str) for one in inner)):
        return inner
    raise InvalidRecord("a caption is neither text nor a JSON list of texts", where=where, fix=SKIP)


def guess_image(names: Sequence[str]) -> str | None:
    """The name that looks most like an image's; None where no name does."""
    plain = {_plain(name): name for name in reversed(names)}
    return next((plain[name] for name in _IMAGE if name in plain), None)


def guess_captions(names: Sequence[str]) -> tuple[str, ...]:
    """The names that look most like a caption's; none where no name does."""
    for stem in _CAPTION:
        found = [name for name in names if re.fullmatch(rf"{stem}s?_?\d*", _plain(name))]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())
