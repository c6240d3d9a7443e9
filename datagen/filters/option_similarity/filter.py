"""The filter ``option_similarity``."""

from collections.abc import Mapping
from itertools import combinations
from typing import ClassVar, NamedTuple

import pyarrow as pa
from pydantic import Field

from datagen.filters.contract import FilterSettings, Half, Joined, Said, said_in, scored
from datagen.filters.option_similarity.apart import surely_apart
from datagen.filters.option_similarity.likeness import SHORTENED, UNLIKE, likeness, opposed
from datagen.filters.option_similarity.meaning import meaning_of
from datagen.filters.option_similarity.siblings import Asked, asked_of, may_restate, restated
from schemas.ledger import Drop
from schemas.text import plain

SHOWN = 80  # characters of an option that a drop shows


class OptionSimilaritySettings(FilterSettings):
    """How alike two options may be: 1 is the same in other words, 0.8 a thing and its kind ("a dog", "an animal")."""

    threshold: float = Field(default=0.9, ge=0, le=1)


class OptionSimilarity:
    """Drops pairs that have two options of one question alike.

    Wordings are compared as sets of runs of words with synonyms, inflection, articles and padding folded away; what two
    options may be told apart by (colors, numbers, places, who does what to whom, negation, yes and no) is not.
    """

    name: ClassVar[str] = "option_similarity"
    judges_content: ClassVar[bool] = True
    wants: ClassVar[frozenset[Joined]] = frozenset()
    columns: ClassVar[Mapping[str, pa.DataType]] = {
        "closest": pa.float64(),  # 0 to 1, of the two most alike of a half; null where it knows not the language
        "which": pa.string(),  # those two
    }

    def __init__(self, settings: OptionSimilaritySettings | None = None) -> None:
        """With this threshold, or the default one."""
        self.settings = settings or OptionSimilaritySettings()

    def score(self, batch: pa.Table) -> pa.Table:
        """How alike the two most alike options of each pair are, and which they are."""
        return scored(batch, self.columns, [_closest(said) for said in said_in(batch)])

    def decide(self, scores: pa.Table) -> list[Drop]:
        """Drop every pair with two options at least as alike as the threshold."""
        limit = self.settings.threshold
        return [
            Drop("options-alike", pair_id=row["pair_id"], detail=row["which"], score=row["closest"], threshold=limit)
            for row in scores.to_pylist()
            if row["closest"] is not None and row["closest"] >= limit
        ]


class _Alike(NamedTuple):
    closest: float | None
    which: str | None


def _closest(said: Said) -> _Alike:
    if not said.english:
        return _Alike(None, None)
    halves = (said.positive, said.negative)
    fact, premise = meaning_of(said.fact), meaning_of(said.premise)
    questions = [meaning_of(half.text) for half in halves]
    asked = [asked_of(question, questions[0], questions[1], fact, premise) for question in questions]
    found = (_closest_in(half, known) for half, known in zip(halves, asked, strict=True))
    return max(found, key=lambda each: each.closest or 0.0)


def _closest_in(half: Half, asked: Asked) -> _Alike:
    meanings = [meaning_of(text) for text in half.options]
    told = asked.meaning._replace(bag=asked.told)
    best, pair = 0.0, None
    for one, other in combinations(range(len(meanings)), 2):
        value = likeness(meanings[one], meanings[other], told)
        if value > best and not (value > UNLIKE and surely_apart(half.options[one], half.options[other])):
            best, pair = value, (one, other)
    if best < SHORTENED and may_restate(meanings, asked):
        for place in range(len(meanings)):
            again = restated(place, meanings, asked)
            apart = again is not None and surely_apart(half.options[place], half.options[again])
            if again is not None and not apart and not opposed(meanings[place], meanings[again]):
                best, pair = SHORTENED, (min(place, again), max(place, again))
                break
    shown = [plain(half.options[place], limit=SHOWN) for place in pair] if pair else None
    return _Alike(best, " / ".join(shown) if shown else None)
