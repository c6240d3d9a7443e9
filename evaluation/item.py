"""A benchmark's question, as it is asked and scored: half of a pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from schemas.errors import BadInput
from schemas.mmr import MmrRow, category_of, format_question
from schemas.pair import LETTERS, Kind

Style = Literal["letters", "words"]
Released = Literal["mmr", "pope", "naturalbench"]


@dataclass(frozen=True)
class Item:
    """One question of a benchmark.

    ``text`` is what is asked, in ``letters`` style with the options in it, as the file has it; ``options`` maps
    letters to texts in the order in which a reader meets them, and is empty where the text cannot be split. In
    ``words`` style the options (yes, no) are not shown: the answer is one of them. ``gold`` is a letter, as given.
    ``group`` ties pairs that are judged together (a sample of NaturalBench). ``row`` is its place in its file, from 1.
    ``released`` is the benchmark whose released rule reads the reply for the ``official`` figures.
    """

    id: str
    question_type: str  # POS or NEG; whatever the file says where it is at fault
    kind: Kind
    category: str
    image: str
    text: str
    stem: str
    options: Mapping[str, str]
    gold: str
    row: int
    style: Style = "letters"
    group: str = ""
    released: Released = "mmr"

    @property
    def key(self) -> tuple[str, str]:
        """What a reply names it by."""
        return self.id, self.question_type

    @property
    def yes_no(self) -> bool:
        """Whether it is asked for yes (A) or no (B) in words."""
        return self.style == "words" and [text.casefold() for text in self.options.values()] == ["yes", "no"]

    @property
    def rotations(self) -> int:
        """How many orders of its options a circular evaluation asks: each letter's turn; 1 where none can be made."""
        return len(self.options) if self.style == "letters" and self.options else 1

    def rotated(self, by: int) -> "Item":
        """The same question, each option's text moved on by so many letters; the gold letter goes with its text.

        Raises:
            BadInput: The options cannot be written in another order so that they are read back.
        """
        if by % self.rotations == 0:
            return self
        texts = [self.options[letter] for letter in sorted(self.options)]
        moved = [texts[(place - by) % len(texts)] for place in range(len(texts))]
        gold = LETTERS[(LETTERS.index(self.gold) + by) % len(texts)] if self.gold in self.options else self.gold
        try:
            text = format_question(self.stem, moved)
        except ValueError as error:
            fix = "Leave --circular out, or mend the row: `leadproof lint` may say more."
            raise BadInput(
                f"cannot be lettered in another order ({error})", where=f"row {self.row}", fix=fix
            ) from error
        return replace(self, text=text, options=dict(zip(LETTERS, moved, strict=False)), gold=gold)


def items_of(rows: Sequence[MmrRow], *, kind: Kind | None = None) -> list[Item]:
    """Rows of MMR's shape as items; a row whose text cannot be split keeps it, and has no options.

    Without a ``kind`` a row that says its premise is true makes a ``true-premise`` item, any other a
    ``false-premise`` one.
    """
    return [
        Item(
            id=row.id,
            question_type=row.question_type,
            kind=kind or ("true-premise" if row.premise == "true" else "false-premise"),
            category=category_of(row.id),
            image=row.image,
            text=row.question,
            stem=row.parsed.stem if row.parsed else "",
            options=row.parsed.by_letter if row.parsed else {},
            gold=row.gold,
            row=row.row,
        )
        for row in rows
    ]
