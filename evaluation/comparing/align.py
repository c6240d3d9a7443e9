"""The pairs and questions that two evaluations have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evaluation.pairing import ScoredPair, pair_readings
from evaluation.results import Result
from evaluation.scores import Reading, Scorer
from schemas.errors import BadInput
from schemas.pair import Kind

_FIX = "Compare two evaluations of one benchmark."


class Both(NamedTuple):
    """One pair as both evaluations have it."""

    first: ScoredPair
    second: ScoredPair


@dataclass(frozen=True)
class Aligned:
    """What both have, and how many pairs and leading questions only one of them has."""

    pairs: tuple[Both, ...]
    contrast: tuple[Both, ...]
    leading: tuple[tuple[Reading, Reading], ...]
    only_first: int
    only_second: int


def align(first: Result, second: Result, scorer: Scorer) -> Aligned:
    """Put the rows of two evaluations beside each other, by pair id; an id that stands k times k times.

    Raises:
        BadInput: They are of different benchmarks, or have no pair in common, or the same row has another key.
    """
    if first.digest and second.digest and first.digest != second.digest:
        what = f"they are of different benchmarks: {first.benchmark} and {second.benchmark}"
        raise BadInput(what, where="compare", fix=_FIX)
    sides = [_pairs(result.rows, scorer, "false-premise") for result in (first, second)]
    against = [_pairs(result.rows, scorer, "contrast") for result in (first, second)]
    leading = [_leading(result.rows) for result in (first, second)]
    pairs = tuple(Both(sides[0][key], sides[1][key]) for key in sides[0] if key in sides[1])
    contrast = tuple(Both(against[0][key], against[1][key]) for key in against[0] if key in against[1])
    common = tuple((leading[0][key], leading[1][key]) for key in leading[0] if key in leading[1])
    if not pairs and not contrast and not common:
        raise BadInput("they have no pair in common", where="compare", fix=_FIX)
    _refuse_other_keys(pairs + contrast, common)
    found = len(pairs) + len(contrast) + len(common)
    only = [len(sides[at]) + len(against[at]) + len(leading[at]) - found for at in (0, 1)]
    return Aligned(pairs, contrast, common, *only)


def _pairs(rows: Sequence[Reading], scorer: Scorer, kind: Kind) -> dict[tuple[str, int], ScoredPair]:
    found = pair_readings([one for one in rows if one.kind == kind], scorer).pairs
    return dict(zip(_numbered(pair.id for pair in found), found, strict=True))


def _leading(rows: Sequence[Reading]) -> dict[tuple[str, int], Reading]:
    found = [one for one in rows if one.kind == "true-premise" and one.question_type == "NEG"]
    return dict(zip(_numbered(one.id for one in found), found, strict=True))


def _numbered(ids: Iterable[str]) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    numbered = []
    for one in ids:
        seen[one] = seen.get(one, 0) + 1
        numbered.append((one, seen[one]))
    return numbered


def _refuse_other_keys(pairs: Sequence[Both], leading: Sequence[tuple[Reading, Reading]]) -> None:
    halves = [half for both in pairs for half in zip(both.first.readings, both.second.readings, strict=True)]
    for one, other in (*halves, *leading):
        if (one.question_type, one.gold) != (other.question_type, other.gold):
            raise BadInput(
                f"row {one.id} {one.question_type} has another key in each ({one.gold}, {other.gold})",
                where="compare", fix=_FIX,
            )  # fmt: skip
