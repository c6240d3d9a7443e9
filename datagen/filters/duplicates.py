"""Duplicates: pairs that ask the same of the same image, to the letter or once texts are normalised.

Normalised, two pairs are the same if both questions and their right answers are: other wrong options to
the same questions test nothing new.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import ClassVar

import pyarrow as pa

from datagen.filters.contract import FilterSettings, Half, Joined, halves_in, scored
from schemas.ledger import Drop
from schemas.text import folded, nfc


class Duplicates:
    """Keeps one of each group of equal pairs: the one whose id comes first."""

    name: ClassVar[str] = "duplicates"
    judges_content: ClassVar[bool] = False
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {"exact": pa.string(), "normalised": pa.string()}

    def __init__(self, settings: FilterSettings | None = None) -> None:
        """It has no thresholds."""
        self.settings = settings or FilterSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """Two hashes of what each pair asks: of its texts as they are, and normalised."""
        return scored(batch, self.columns, [(_exact(halves), _normalised(halves)) for halves in halves_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop all but the first of each group, and name the one that stays."""
        groups: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in scores.to_pylist():
            if row["normalised"] is not None:
                groups[row["normalised"]].append(row)
        drops = []
        for group in groups.values():
            first, *rest = sorted(group, key=lambda row: row["pair_id"])
            for row in rest:
                reason = "exact-duplicate" if row["exact"] == first["exact"] else "normalised-duplicate"
                drops.append(Drop(reason, pair_id=row["pair_id"], score=1.0, lost_to=first["pair_id"]))
        return drops


def _exact(halves: tuple[Half, Half]) -> str:
    """A hash over images, questions and options; kind, category, letters and the order of options play no part."""
    parts = []
    for half in halves:
        parts += [half.image, nfc(half.text), nfc(half.right), *sorted(nfc(text) for text in half.wrong)]
    return _hash(parts)


def _normalised(halves: tuple[Half, Half]) -> str:
    """A hash over images, and questions and right answers as compared."""
    return _hash([text for half in halves for text in (half.image, folded(half.text), folded(half.right))])


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
