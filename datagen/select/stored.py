"""What is known of pairs, a column at a time: their texts, and the scores that filters stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Chinese and Japanese set no spaces: there each character stands for itself.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True)
class Halves:
    """One half of every pair. The options of pair ``i`` are ``options[starts[i]:starts[i + 1]]``."""

    questions: list[str]
    options: list[str]
    starts: NDArray[np.int64]  # (n_pairs + 1,)
    answers: NDArray[np.int64]  # (n_pairs,) place of the right option among the pair's own

    @property
    def count(self) -> NDArray[np.int64]:
        """Options of each pair, 1 where the half is an open question."""
        return np.diff(self.starts)

    @property
    def right(self) -> NDArray[np.int64]:
        """Place of each pair's right option among all ``options``."""
        return self.starts[:-1] + self.answers

    def per_pair(self) -> Iterator[tuple[str, list[str]]]:
        """Each pair's question and options."""
        for place, question in enumerate(self.questions):
            yield question, self.options[self.starts[place] : self.starts[place + 1]]


class Stored:
    """A table of pairs with scores beside them in columns named ``filter.column``, any of which may be absent."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table.combine_chunks()

    def __len__(self) -> int:
        return len(self.table)

    def score(self, name: str) -> Floats:
        """A stored score, (n_pairs,); NaN where it was not measured or the whole column is absent."""
        if name not in self.table.column_names:
            return np.full(len(self), np.nan)
        values = self.table[name].cast(pa.float64())
        return np.asarray(values.to_numpy(), dtype=np.float64)

    def is_kind(self, kind: str) -> NDArray[np.bool_]:
        """Which pairs are of that kind, (n_pairs,)."""
        return np.asarray(pc.equal(self.table["kind"], kind).to_numpy(), dtype=np.bool_)

    def texts(self, name: str) -> list[str]:
        """A column of texts, (n_pairs,); empty where null or absent."""
        known = name in self.table.column_names
        return [text or "" for text in self.table[name].to_pylist()] if known else [""] * len(self)

    @cached_property
    def halves(self) -> tuple[Halves, Halves]:
        """Positive and negative halves."""
        return self._half("positive"), self._half("negative")

    def _half(self, name: str) -> Halves:
        half = self.table[name]
        options = pc.struct_field(half, "options")
        return Halves(
            pc.struct_field(half, "text").to_pylist(),
            pc.struct_field(pc.list_flatten(options), "text").to_pylist(),
            np.concatenate([[0], np.cumsum(pc.list_value_length(options).to_numpy(), dtype=np.int64)]),
            pc.struct_field(half, "answer").to_numpy().astype(np.int64),
        )


@lru_cache(maxsize=2**14)
def words(text: str) -> frozenset[str]:
    """The words of a text, case folded away."""
    return frozenset(_WORD.findall(text.casefold()))
