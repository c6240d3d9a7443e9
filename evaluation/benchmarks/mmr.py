"""The benchmark's own shape: rows of multiple-choice questions, two of an id a pair; our exports have it too."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.benchmarks.contract import BenchmarkReader
from evaluation.benchmarks.peeking import first_keys
from evaluation.item import Item, items_of
from evaluation.score import refuse_shared
from schemas.errors import BadInput
from schemas.mmr import read_rows


class Mmr:
    """Reads rows of MMR's shape; see :mod:`schemas.mmr`."""

    def recognises(self, path: Path) -> bool:
        """Whether the first row has a question, and a key that only these rows have."""
        keys = first_keys(path)
        return "question" in keys and bool({"ground_truth", "question_type"} & keys) and "conversations" not in keys

    def read(self, path: Path, *, true_premise: Path | None = None) -> tuple[Sequence[Item], Sequence[str]]:
        """All rows, those of ``true_premise`` behind; rows at fault too, for ``score`` names what makes no pair.

        A row that says of itself that its premise is true is of the kind ``true-premise`` wherever it stands.

        Raises:
            BadInput: Not rows of this shape, a row of a true premise alone, or a row that stands in both files.
        """
        rows = read_rows(path)
        if all(row.premise == "true" for row in rows):
            raise BadInput(
                "every row of it says that its premise is true", where=str(path),
                fix="Name the benchmark, and give this file as --true-premise.",
            )  # fmt: skip
        more = read_rows(true_premise) if true_premise is not None else []
        refuse_shared(rows, more)
        items = [
            item
            for row in rows
            for item in items_of([row], kind="true-premise" if row.premise == "true" else "false-premise")
        ]
        return [*items, *items_of(more, kind="true-premise")], ()


MMR: BenchmarkReader = Mmr()
