"""A file of pairs, read: the images it names, and its pairs once these have references."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from schemas.config import Split
from schemas.errors import BadConfig, InvalidPair, UnreadableFile
from schemas.mmr import (
    Conversation,
    JsonRow,
    MmrRow,
    PairsRead,
    are_conversations,
    conversations_to_pairs,
    place_in,
    read_json_rows,
    rows_to_pairs,
    to_conversation,
    to_row,
)
from schemas.taxonomy import UNSORTED

OnInvalid = Callable[[InvalidPair], None]
Read = TypeVar("Read")
_LINT = "See `leadproof lint` on the file."
_MARK = (
    "Each image needs two conversations of one id; where they cannot be told apart, let the ids end in -pos and -neg."
)
_OUR_LLAVA = re.compile(r"[0-9a-f]{20}-(?:pos|neg)(?:-letter)?")


@dataclass(frozen=True)
class NamedImage:
    """An image as a row of the file names it, and that row's place and id."""

    name: str
    row: int
    id: str


@dataclass(frozen=True)
class PairFile:
    """What a file holds.

    Args:
        images: In the order of the file, one for each row that names one.
        pairs: From the reference of each image that could be had, by its name, to the pairs.
        split: Where its images belong if nobody says otherwise.
        of_lines: Whether its rows are lines.
        advice: What to do where no pair comes of it.
    """

    images: Sequence[NamedImage]
    pairs: Callable[[Mapping[str, str]], PairsRead]
    split: Split
    of_lines: bool
    advice: str

    def place(self, path: Path, row: int, known: str) -> str:
        """Where a row stands, for messages."""
        return place_in(path.name, row, is_line=self.of_lines, known=known)


def read_pair_file(path: Path, on_invalid: OnInvalid, *, category: str | None = None) -> PairFile:
    """Read rows of the benchmark's shape or conversations of MMR-data's, whichever it holds.

    Args:
        path: The file, JSON or JSON lines.
        on_invalid: Takes a row that cannot be used, or raises it.
        category: Of pairs whose file names none; conversations name none.

    Raises:
        UnreadableFile: It holds neither.
        BadConfig: A category is given and the rows have their own.
    """
    rows = read_json_rows(path)
    if not rows:
        raise UnreadableFile("holds no rows", where=str(path), fix="Give a file with at least one pair.")
    of_lines = rows[0].is_line
    if are_conversations(rows):
        conversations = list(_each(path, rows, to_conversation, on_invalid))
        return _conversations(path, conversations, category or UNSORTED, of_lines)
    if category is not None:
        fix = "Leave --category out: it is for MMR-data's conversations, which have none."
        raise BadConfig("its rows have their categories in their ids", where=str(path), fix=fix)
    return _benchmark(path, list(_each(path, rows, to_row, on_invalid)), of_lines)


def _each(
    path: Path, rows: Sequence[JsonRow], read: Callable[[Path, JsonRow], Read], on_invalid: OnInvalid
) -> Iterator[Read]:
    named = Path(path.name)  # the ledger names files, not where they lay
    for row in rows:
        try:
            yield read(named, row)
        except InvalidPair as error:
            on_invalid(error)


def _benchmark(path: Path, rows: Sequence[MmrRow], of_lines: bool) -> PairFile:
    def pairs(refs: Mapping[str, str]) -> PairsRead:
        at_hand = [row for row in rows if row.image in refs]
        return rows_to_pairs(at_hand, image_ref=refs.__getitem__, source=path.name)

    return PairFile([NamedImage(row.image, row.row, row.id) for row in rows], pairs, "benchmark", of_lines, _LINT)


def _conversations(path: Path, conversations: Sequence[Conversation], category: str, of_lines: bool) -> PairFile:
    def pairs(refs: Mapping[str, str]) -> PairsRead:
        return conversations_to_pairs(conversations, category=category, refs=refs, source=path.name)

    if any(_OUR_LLAVA.fullmatch(one.id) for one in conversations):
        raise UnreadableFile(
            "a training set that leadproof exported: it does not say which premises are true, nor the categories and"
            " options", where=str(path), fix="Export the same run with --format mmr, and import that.",
        )  # fmt: skip
    images = [NamedImage(one.image, one.row, one.id) for one in conversations if one.image is not None]
    return PairFile(images, pairs, "train", of_lines, _MARK)
