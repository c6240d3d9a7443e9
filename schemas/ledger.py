"""The ledger: every pair that disappeared, with stage, reason, score and the pair it lost to."""

from dataclasses import asdict, dataclass

import pyarrow as pa

from schemas.run import RunFolder
from schemas.tables import to_table

DROP_ORDER = ("pair_id", "image", "category", "reason", "detail")
STAGES_THAT_DROP = ("ingest", "generate", "filter", "verify")


@dataclass(frozen=True)
class Drop:
    """One thing that did not go on: a pair, or an image or category for which no pair came to be."""

    reason: str
    pair_id: str | None = None
    image: str | None = None
    category: str | None = None
    detail: str | None = None
    score: float | None = None
    threshold: float | None = None
    lost_to: str | None = None
    generator: str | None = None


def drops_table(drops: list[Drop]) -> pa.Table:
    """Drops as a table, in a fixed order; half characters in what a file said are escaped, for none can be written."""
    table = to_table("drops", [{**asdict(drop), "detail": _writable(drop.detail)} for drop in drops])
    return table.sort_by([(key, "ascending") for key in DROP_ORDER])


def _writable(detail: str | None) -> str | None:
    return detail and detail.encode("utf-8", "backslashreplace").decode()


def read_ledger(run: RunFolder) -> pa.Table:
    """All drops of a run's current stages: the ``drops`` columns after a ``stage`` column."""
    parts = []
    for stage in STAGES_THAT_DROP:
        current = run.current(stage)
        if current is not None and "drops.parquet" in current.manifest.files:
            drops = current.table("drops")
            parts.append(drops.add_column(0, "stage", pa.array([stage] * len(drops), pa.string())))
    empty = to_table("drops", [])
    return pa.concat_tables(parts) if parts else empty.add_column(0, "stage", pa.array([], pa.string()))
