"""Hedging: texts in which a generator speaks of itself, of the caption, or will not commit.

MMR-data was filtered by such phrases on conversations of one polarity, which left orphaned halves
(arXiv 2406.10638, section 3.3); here a phrase in either half drops the pair.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

import pyarrow as pa

from datagen.filters.contract import FilterSettings, Half, halves_in, scored
from schemas.ledger import Drop

PHRASES = (
    "sorry", "apologi[sz]e", "as an ai", "language model", "i can ?not", "i can't", "i am unable", "i'm unable",
    "unable to (?:determine|tell|see|identify|answer)", "not (?:possible|able) to (?:determine|tell|see|say|identify)",
    "(?:can ?not|can't) be (?:determined|seen|confirmed|identified|told)",
    "not (?:provided|specified|mentioned|stated|discernible|discernable|identifiable)", "no information",
    "(?:given|provided|mentioned|described|stated) in the (?:image|picture|caption|text|description)",
    "according to the (?:caption|description|text)", "based on the (?:caption|description|text)", "the caption",
    "uncertain", "unclear", "unknown", "not sure", "hard to (?:tell|say)", "difficult to (?:tell|say|determine)",
    "it (?:seems|appears) (?:that|to)", "possibly", "probably", "might be", "may be", "could be",
    "not enough (?:information|detail|context)", "impossible to (?:tell|say|determine|know)",
)  # fmt: skip
_ANY = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b", re.IGNORECASE)


class Hedging:
    """Drops pairs with a hedging phrase in a question or an option."""

    name: ClassVar[str] = "hedging"
    judges_content: ClassVar[bool] = True
    columns: ClassVar[Mapping[str, pa.DataType]] = {"phrase": pa.string()}

    def __init__(self, settings: FilterSettings | None = None) -> None:
        """It has no thresholds."""
        self.settings = settings or FilterSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """The first hedging phrase of each pair, in lower case; null where there is none."""
        return scored(batch, self.columns, [(_first(halves),) for halves in halves_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop every pair that holds one."""
        return [
            Drop("hedging", pair_id=row["pair_id"], detail=row["phrase"])
            for row in scores.to_pylist()
            if row["phrase"] is not None
        ]


def _first(halves: tuple[Half, Half]) -> str | None:
    for half in halves:
        for text in (half.text, *half.options):
            found = _phrase_in(text)
            if found:
                return found
    return None


@lru_cache(maxsize=2**16)
def _phrase_in(text: str) -> str | None:
    found = _ANY.search(text.replace("’", "'"))
    return found.group().lower() if found else None
