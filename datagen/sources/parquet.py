"""Parquet: one file, or a folder of shards as a dataset on the Hub has them; read batch by batch."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from datagen.sources.arrow_rows import ArrowRows, arrow_error
from datagen.sources.record import DEFAULT, OnInvalid, SourceOptions, SourceRecord
from datagen.sources.registry import refuse_special
from datagen.sources.walking import files_below
from schemas.errors import UnreadableFile

PARQUET = frozenset({".parquet"})


def read_parquet(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the rows of a Parquet file, or of all below a folder by name, in constant memory.

    Raises:
        UnreadableFile: Not Parquet, damaged, or without the columns needed.
        BadConfig: A column that was asked for is not there.
    """
    shards = list(files_below(path, PARQUET)) if path.is_dir() else [path]
    if not shards:
        raise UnreadableFile("no Parquet file in it", where=str(path), fix="Name another folder.")
    for shard in shards:
        refuse_special(shard)
        try:
            yield from _shard(shard, on_invalid, options)
        except (OSError, ValueError, KeyError, OverflowError, pa.ArrowException) as error:
            raise arrow_error(shard, error) from error


def _shard(shard: Path, on_invalid: OnInvalid, options: SourceOptions) -> Iterator[SourceRecord]:
    with shard.open("rb") as raw, pq.ParquetFile(raw, pre_buffer=False, buffer_size=2**20) as file:
        rows = ArrowRows(shard.name, file.schema_arrow, options)
        for batch in file.iter_batches(rows.at_once, columns=rows.wanted, use_threads=False):
            yield from rows.records(batch, on_invalid)
