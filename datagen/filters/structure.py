"""Structure: options that differ, texts of a sensible length, a question that asks.

A pair of open questions, as MMR-data's, has no options to count: only a half that is open beside one that is not
has too few.
"""

from collections.abc import Mapping
from typing import ClassVar

import pyarrow as pa
from pydantic import Field

from datagen.filters.contract import FilterSettings, Half, Joined, halves_in, scored
from schemas.ledger import Drop
from schemas.text import folded


class StructureSettings(FilterSettings):
    """Lengths in words."""

    max_question_words: int = Field(default=60, ge=1)
    max_option_words: int = Field(default=40, ge=1)
    min_options: int = Field(default=2, ge=2, le=8)


class Structure:
    """Drops pairs that are not well-formed questions."""

    name: ClassVar[str] = "structure"
    judges_content: ClassVar[bool] = False
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "equal_options": pa.bool_(),  # two options of a half say the same
        "same_question": pa.bool_(),  # both halves ask the same, of the same image and with the same options
        "empty": pa.bool_(),  # a text without a letter or digit
        "options": pa.int32(),  # of the half that has fewer; null where both are open questions
        "question_words": pa.int32(),  # of the longer question
        "option_words": pa.int32(),  # of the longest option
    }

    def __init__(self, settings: StructureSettings | None = None) -> None:
        """With these thresholds, or the default ones."""
        self.settings = settings or StructureSettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """Measure each pair."""
        return scored(batch, self.columns, [_measures(halves) for halves in halves_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop what is malformed or longer than the thresholds."""
        limits = self.settings
        drops = []
        for row in scores.to_pylist():
            faults = {
                "equal-options": row["equal_options"],
                "same-question": row["same_question"],
                "empty-text": row["empty"],
                "too-few-options": row["options"] is not None and row["options"] < limits.min_options,
            }
            reason = next((name for name, found in faults.items() if found), None)
            if reason:
                drops.append(Drop(reason, pair_id=row["pair_id"]))
            elif (row["question_words"] or 0) > limits.max_question_words:
                drops.append(
                    _too_long(row["pair_id"], "long-question", row["question_words"], limits.max_question_words)
                )
            elif (row["option_words"] or 0) > limits.max_option_words:
                drops.append(_too_long(row["pair_id"], "long-option", row["option_words"], limits.max_option_words))
        return drops


def _too_long(pair_id: str, reason: str, words: int, limit: int) -> Drop:
    return Drop(reason, pair_id=pair_id, score=float(words), threshold=float(limit), detail=f"{words} words")


def _measures(halves: tuple[Half, Half]) -> tuple[object, ...]:
    options = [[folded(text) for text in half.options] for half in halves]
    questions = [folded(half.text) for half in halves]
    same = halves[0].image == halves[1].image and questions[0] == questions[1] and set(options[0]) == set(options[1])
    return (
        any(len(set(texts)) < len(texts) for texts in options),
        same,
        any(not text for text in (*questions, *options[0], *options[1])),
        None if all(len(texts) == 1 for texts in options) else min(len(texts) for texts in options),
        max(len(half.text.split()) for half in halves),
        max(len(text.split()) for half in halves for text in half.options),
    )
