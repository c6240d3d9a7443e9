"""The items of a JSON list, read one by one: a file of gigabytes takes the memory of its largest item."""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from datagen.sources.record import SKIP, OnInvalid
from datagen.sources.registry import head, unreadable
from schemas.errors import InvalidRecord, UnreadableFile

_STEP = 2**18
MAX_ITEM = 2**24  # characters


def json_items(path: Path, on_invalid: OnInvalid) -> Iterator[tuple[str, int, object]]:
    """The items of a file that is one JSON list, as (file: item, number from 1, item).

    Where the text stops being JSON nothing behind it can be read: that is one bad record, and the end.

    Raises:
        UnreadableFile: Missing, empty, not text, or not a list.
    """
    if not head(path).lstrip().startswith("["):
        raise UnreadableFile("not a JSON list", where=str(path), fix="Name another, or pass its --format.")
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    row = 0
    with file:
        try:
            for row, item in enumerate(_items(_Window(file)), 1):
                yield f"{path.name}: item {row}", row, item
        except (ValueError, RecursionError) as error:
            said = str(error).split("\n", 1)[0][:120]
            where = f"{path.name}: item {row + 1}"
            on_invalid(InvalidRecord(f"not JSON from here on ({said})", where=where, fix=SKIP))


def _items(text: "_Window") -> Iterator[object]:
    text.at += 1  # the bracket; the first word of the file is known to be one
    if text.mark() == "]":
        text.at += 1
    else:
        mark = ","
        while mark == ",":
            item = text.item()
            mark = text.mark()
            if mark not in (",", "]"):
                raise ValueError("the list is not closed" if not mark else f"{mark!r} between items")
            yield item
            text.at += 1
    if text.mark():
        raise ValueError("text behind the list")


class _Window:
    """The part of a text that is at hand, and a place in it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.text, self.at = file, "", 0
        self.decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self.mark()

    def mark(self) -> str:
        """The next character that is no white space, "" at the end; the place moves to it."""
        while (found := _MARK.search(self.text, self.at)) is None:
            self.at = len(self.text)
            if not self.more(_STEP):
                return ""
        self.at = found.start()
        return found.group()

    def more(self, size: int) -> bool:
        """Read on, forgetting what lies before the place; False at the end."""
        raw = self.file.read(size)
        self.text, self.at = self.text[self.at :] + self.decode(raw, final=not raw), 0
        return bool(raw)

    def item(self) -> object:
        """The JSON value at the place, which moves behind it.

        Raises:
            ValueError: There is none, or it is longer than 16 million characters.
        """
        self.mark()
        while True:
            held = len(self.text) - self.at
            try:
                found, end = _DECODER.raw_decode(self.text, self.at)
            except ValueError:
                if held > MAX_ITEM or not self.more(max(_STEP, held)):
                    raise
                continue
            length = end - self.at
            # A number at the end of what is at hand may go on: 1 may be 1.5 or 1e+5.
            if len(self.text) - end > 2 or not self.more(_STEP):
                self.at += length
                return found


_DECODER = json.JSONDecoder()
_MARK = re.compile(r"[^ \t\r\n]")
