"""Rows of Arrow batches: what Parquet files and Hugging Face datasets have in common.

The image may be a path, an address, bytes, or bytes beside a path as Hugging Face's ``Image`` feature
stores them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from datagen.sources.columns import cell_captions, choose_columns
from datagen.sources.record import SKIP, Columns, OnInvalid, SourceOptions, SourceRecord, image_place, label
from datagen.sources.registry import unreadable
from schemas.errors import BadInput, InvalidRecord, UnreadableFile

FEW = 32  # rows of whole images at once
MANY = 4_096


@dataclass
class ArrowRows:
    """Reads batches of one table in turn, counting rows over all of them from 1."""

    name: str
    schema: pa.Schema
    options: SourceOptions
    row: int = 0
    columns: Columns = field(init=False)

    def __post_init__(self) -> None:
        """Choose the columns.

        Raises:
            BadInput: They are not there.
        """
        self.columns = choose_columns(self.schema.names, self.options, where=self.name)

    @property
    def wanted(self) -> list[str]:
        """The columns to read."""
        return [self.columns.image or "", *self.columns.captions]

    @property
    def at_once(self) -> int:
        """How many rows to hold at once."""
        kind = self.schema.field(self.columns.image or "").type
        return MANY if pa.types.is_string(kind) or pa.types.is_large_string(kind) else FEW

    def records(self, batch: pa.RecordBatch, on_invalid: OnInvalid) -> Iterator[SourceRecord]:
        """The records of one batch."""
        image, *captions = (batch.column(name) for name in self.wanted)
        for at in range(batch.num_rows):
            self.row += 1
            where = f"{self.name}:{self.row}"
            try:
                said = cell_captions([_value(column[at], where) for column in captions], where=where)
                yield self._record(_value(image[at], where), said, where)
            except InvalidRecord as error:
                on_invalid(error)

    def _record(self, image: object, captions: tuple[str, ...], where: str) -> SourceRecord:
        parts = image if isinstance(image, dict) else {}
        content, path = (parts.get("bytes"), parts.get("path")) if parts else (image, image)
        if isinstance(content, bytes):
            name = label(path) if isinstance(path, str) and path else f"{label(self.name)}-{self.row}"
            return SourceRecord(name, captions, self.row, content=content)
        if path is None:
            raise InvalidRecord("no image", where=where, fix=SKIP)
        return SourceRecord(image_place(path, where=where), captions, self.row)


def _value(cell: pa.Scalar, where: str) -> object:
    try:
        found: object = cell.as_py()
    except UnicodeDecodeError as error:
        raise InvalidRecord("text that is not UTF-8", where=where, fix=SKIP) from error
    return found


def arrow_error(file: Path, error: Exception) -> BadInput:
    """The error for a file that Arrow would not read."""
    if isinstance(error, OSError) and error.errno is not None:
        return unreadable(file, error)
    said = str(error).split("\n", 1)[0][:160]
    fix = "Name another, or fetch or write it again."
    return UnreadableFile(f"of another kind, or cut or damaged ({said})", where=str(file), fix=fix)
