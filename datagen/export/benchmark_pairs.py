"""What an evaluation harness is given: the pairs of the benchmark split that have options to letter."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from datagen.export.contract import ExportPair, left_open
from schemas.pair import Pair


@dataclass(frozen=True)
class BenchmarkPairs:
    """Pairs by kind, by rank, and how many were left out, by reason.

    True premises stand apart, as they do in every format: they count in no RA and no MR.
    """

    false_premise: tuple[Pair, ...]
    true_premise: tuple[Pair, ...]
    left_out: Mapping[str, int]


def benchmark_pairs(pairs: Iterable[ExportPair]) -> BenchmarkPairs:
    """Sort out what a harness can ask.

    Left out are pairs of other splits, ``contrast`` pairs, which RA and MR do not know, and open questions, which
    have no letters. No pairs give two empty tuples.
    """
    found: dict[str, list[Pair]] = {"false-premise": [], "true-premise": []}
    left_out: Counter[str] = Counter()
    open_questions = 0
    for one in pairs:
        if one.split != "benchmark":
            left_out["left out, of other splits"] += 1
        elif one.pair.open:
            open_questions += 1
        elif one.pair.kind not in found:
            left_out["left out, contrast"] += 1
        else:
            found[one.pair.kind].append(one.pair)
    return BenchmarkPairs(
        false_premise=tuple(found["false-premise"]),
        true_premise=tuple(found["true-premise"]),
        left_out={**left_out, **left_open(open_questions)},
    )
