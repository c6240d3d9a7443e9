"""Tables without a header, such as Conceptual Captions (``caption<TAB>url``): their columns are numbered from 1.

A first line is data where a cell of it is a web address or the name of an image file: no header says that.
The image's column is that cell's; the caption's is the one with most words among the others.
"""

import re
from collections.abc import Sequence

from datagen.sources.columns import guess_captions, guess_image
from datagen.sources.record import Columns, is_address
from datagen.sources.walking import IMAGES

_ENDS_AS_IMAGE = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(IMAGES)))})$", re.IGNORECASE)


def is_headerless(first: Sequence[str], asked: Columns) -> bool:
    """Whether a table's first line is data: evidently, or because columns are asked for by number.

    A number counts only where it is no column's name and no name looks like the image's or a caption's.
    """
    if set(first) & {asked.image, *asked.captions}:
        return False
    if any(_is_image(cell) for cell in first):
        return True
    numbers = [name for name in (asked.image, *asked.captions) if name is not None]
    named = guess_image(first) is not None or bool(guess_captions(first))
    return bool(numbers) and all(name.isdecimal() for name in numbers) and not named


def numbered(first: Sequence[str]) -> list[str]:
    """The names of the columns: their numbers."""
    return [str(number) for number in range(1, len(first) + 1)]


def guess_numbers(first: Sequence[str], asked: Columns) -> Columns:
    """The columns asked for, the others guessed from the first line; empty where nothing looks like them."""
    names = numbered(first)
    cells = dict(zip(names, first, strict=True))
    image = asked.image or next((name for name in names if _is_image(cells[name])), None)
    words = {
        name: len(cell.split())
        for name, cell in cells.items()
        if name != image and not _is_image(cell) and any(sign.isalpha() for sign in cell)
    }
    captions = asked.captions or tuple(sorted(words, key=lambda name: -words[name])[:1])
    return Columns(image, captions)


def _is_image(cell: str) -> bool:
    """Whether a cell is an address, or a file's name with an image's ending; a sentence that ends so is none."""
    return is_address(cell) or ("\t" not in cell and len(cell.split()) < 4 and _ENDS_AS_IMAGE.search(cell) is not None)
