"""The published figures of MMR: read from ``published.toml``, put back into counts, and checked against these.

Source: arXiv 2406.10638 and the README of its repository; the commit stands in the file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from evaluation.board.row import Rate, Row
from evaluation.scores import Scorer
from evaluation.statistics import wilson

AS_PUBLISHED = "as published"
_ROUNDING = 0.0101  # points: figures stand to two decimals, some rounded and some cut


@dataclass(frozen=True)
class Published:
    """What was published of a benchmark. ``cited`` names where."""

    cited: str
    reader: Scorer
    pairs: Mapping[str, int]
    rows: tuple[Row, ...]


@lru_cache(maxsize=1)
def published() -> Published:
    """MMR's published figures, as rows in the order of the file.

    A figure is put back into the number of pairs that it was made from, so that 72.72 and 72.73 are the same 16 of 22;
    it still knows what was stated. One that no number of pairs gives is kept as stated, and marked impossible.
    Intervals are Wilson's, over all pairs for RA and over pairs whose plain question was right for MR.
    """
    raw = tomllib.loads(files("evaluation.board").joinpath("published.toml").read_text(encoding="utf-8"))
    source, pairs = raw["source"], raw["pairs"]
    cited = f"{source['paper']}; {source['repository']}, {source['file']} at {source['commit']}"
    reader: Scorer = "strict" if source["reader"] == "strict" else "official"
    return Published(cited, reader, pairs, tuple(_row(one, pairs, reader) for one in raw["model"]))


def right_of(percent: float, pairs: int) -> int | None:
    """How many of so many pairs a figure in per cent stands for; None where no number gives it."""
    nearest = round(percent * pairs / 100)
    return nearest if 0 <= nearest <= pairs and abs(100 * nearest / pairs - percent) <= _ROUNDING else None


def misled_of(percent: float, right: int, pairs: int) -> int | None:
    """How many pairs were misled, where ``right`` of ``pairs`` were right in both halves; None where no number fits."""
    possible = [misled for misled in range(pairs - right + 1) if right + misled]
    off = {misled: abs(100 * misled / (right + misled) - percent) for misled in possible}
    nearest = min(off, key=off.__getitem__, default=None)
    return nearest if nearest is not None and off[nearest] <= _ROUNDING else None


def _row(model: Mapping[str, Any], pairs: Mapping[str, int], reader: Scorer) -> Row:
    whole = sum(pairs.values())
    ra_of = dict(zip(pairs, model["ra_by_category"], strict=True))
    mr_of = dict(zip(pairs, model["mr_by_category"], strict=True)) if "mr_by_category" in model else {}
    return Row(
        model=model["name"],
        asked=AS_PUBLISHED,
        source="published",
        reader=reader,
        pairs=whole,
        ra=_ra(model["ra"], whole),
        mr=_mr(model["mr"], model["ra"], whole) if "mr" in model else None,
        ra_by_category={name: _ra(percent, pairs[name]) for name, percent in ra_of.items()},
        mr_by_category={name: _mr(percent, ra_of[name], pairs[name]) for name, percent in mr_of.items()},
        flags=_flags(model["ra"], ra_of, pairs),
    )


def _ra(percent: float, pairs: int) -> Rate:
    right = right_of(percent, pairs)
    if right is None:
        return Rate(percent / 100, stated=percent, impossible=True)
    return Rate(right / pairs, wilson(right, pairs), stated=percent)


def _mr(percent: float, ra: float, pairs: int) -> Rate:
    right = right_of(ra, pairs)
    if right is None:  # nothing to check it against
        return Rate(percent / 100, stated=percent)
    misled = misled_of(percent, right, pairs)
    if misled is None:
        return Rate(percent / 100, stated=percent, impossible=True)
    return Rate(misled / (right + misled), wilson(misled, right + misled), stated=percent)


def _flags(overall: float, ra_of: Mapping[str, float], pairs: Mapping[str, int]) -> tuple[str, ...]:
    """What cannot be, and what would fit: the pairs that the other categories leave of the model's overall RA."""
    counts = {name: right_of(percent, pairs[name]) for name, percent in ra_of.items()}
    off = [name for name, count in counts.items() if count is None]
    found = []
    for name in off:
        said = f"RA {ra_of[name]} in {name} cannot be: no number of right pairs out of {pairs[name]} gives it"
        whole = right_of(overall, sum(pairs.values()))
        left = None if whole is None or len(off) > 1 else whole - sum(count or 0 for count in counts.values())
        if left is not None and 0 <= left <= pairs[name]:
            said += f"; {left} of {pairs[name]} ({100 * left / pairs[name]:.2f}) would fit the overall RA"
        found.append(f"{said}. Shown as published, left out of the bests.")
    return tuple(found)
