"""Scores that an earlier ``filter`` stored, for deciding again without measuring again."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from datagen.filters.contract import Filter
from datagen.filters.measuring import Measured
from schemas.errors import BadRunFolder
from schemas.run import Stage


def stored_scores(filtered: Stage, pairs: pa.Table, filters: Sequence[Filter]) -> Measured:
    """The stored scores of pairs, in the pairs' order; null where a pair or a filter came later.

    Raises:
        BadRunFolder: The scores are missing, damaged or changed.
    """
    path = filtered.file("scores")
    fix = f"Delete {filtered.path.name} in {filtered.path.parent} and run filter again."
    try:
        table = pq.read_table(path)
        places = pc.index_in(pairs["pair_id"], value_set=table["pair_id"].combine_chunks())
        columns = {"pair_id": pairs["pair_id"]}
        for one in filters:
            for name, kind in one.columns.items():
                full = f"{one.name}.{name}"
                known = full in table.column_names
                columns[full] = table[full].take(places).cast(kind) if known else pa.nulls(len(pairs), kind)
    except (OSError, pa.ArrowException, KeyError) as error:
        raise BadRunFolder(f"cannot be read as scores ({error})", where=str(path), fix=fix) from error
    new = pairs.filter(pc.is_null(places))["pair_id"].to_pylist()
    return Measured(pa.table(columns), filtered.table("edges"), without=frozenset(new))
