"""Values of a benchmark's rows, checked: what is no text, or too long a one, is named with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.benchmarks.peeking import plain_key
from schemas.errors import InvalidRecord
from schemas.mmr import JsonRow, place_in

MOST_CHARACTERS = 20_000
SHOWN = 8  # keys that a message lists


@dataclass(frozen=True)
class Cells:
    """A row's values by plain key, and where the row stands."""

    values: Mapping[str, object]
    where: str
    row: int

    def found(self, *names: str) -> object:
        """The first of these that the row has; None where it has none, or null."""
        return next((self.values[name] for name in names if self.values.get(name) is not None), None)

    def text(self, *names: str) -> str:
        """A value that must be a text.

        Raises:
            InvalidRecord: It is absent, empty, no text, or longer than ``MOST_CHARACTERS``.
        """
        value = self.found(*names)
        if value is None:
            has = ", ".join(list(self.values)[:SHOWN]) or "nothing"
            raise self.fault(f"{' or '.join(names)} is missing; it has {has}")
        if not isinstance(value, str):
            raise self.fault(f"{names[0]} is not a text")
        if not value.strip():
            raise self.fault(f"{names[0]} is empty")
        if len(value) > MOST_CHARACTERS:
            raise self.fault(f"{names[0]} is longer than {MOST_CHARACTERS:,} characters")
        return value

    def fault(self, what: str) -> InvalidRecord:
        """The error for something in this row."""
        return InvalidRecord(what, where=self.where, fix="Mend the row, or take it out.")


def cells_of(path: Path, row: JsonRow, *, ids: Sequence[str]) -> Cells:
    """A row that must be an object.

    Args:
        path: The file, for messages.
        row: The row.
        ids: Keys that may name it in messages.

    Raises:
        InvalidRecord: It is none.
    """
    value = row.value
    if not isinstance(value, Mapping):
        where = place_in(path, row.row, is_line=row.is_line)
        raise InvalidRecord("is not an object", where=where, fix="Mend the row, or take it out.")
    values = {plain_key(key): one for key, one in value.items()}
    known = next((values[name] for name in ids if isinstance(values.get(name), str | int)), "")
    return Cells(values, place_in(path, row.row, is_line=row.is_line, known=str(known)[:80]), row.row)
