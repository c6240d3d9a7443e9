"""Scoring replies to a benchmark: RA, MR and the 2×2 table, overall and per level and category."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.bootstrap import bootstrap
from evaluation.metrics import Outcome, outcome, tabulate
from evaluation.readers.official import official
from evaluation.readers.strict import strict
from evaluation.replies import Matched, Reply, match_replies, nothing_matches, read_replies
from evaluation.scores import LeftOut, Reading, Scorer, ScoreResult, Scores
from schemas.errors import BadInput
from schemas.mmr import MmrRow, category_of, pair_by_id, read_rows
from schemas.taxonomy import DEFAULT_TAXONOMY

_UNKNOWN_OPTIONS = dict.fromkeys("ABCD", "")


@dataclass(frozen=True)
class _ReadRow:
    row: MmrRow
    reading: Reading


@dataclass(frozen=True)
class _ScoredPair:
    category: str
    image: str
    outcome: Outcome
    readings: tuple[Reading, Reading]


@dataclass(frozen=True)
class _Paired:
    pairs: tuple[_ScoredPair, ...]
    left_out: tuple[LeftOut, ...]


def score(
    benchmark: Path,
    replies: Path,
    *,
    scorer: Scorer = "strict",
    true_premise: Path | None = None,
    seed: int = 0,
) -> ScoreResult:
    """Score a file of replies to a benchmark file.

    Args:
        benchmark: Rows of MMR's shape.
        replies: See :func:`evaluation.replies.read_replies`.
        scorer: The reader whose letters count; both read everything.
        true_premise: Rows of pairs whose leading question takes something true for granted; their
            replies stand in the same file of replies.
        seed: Of the bootstrap.

    Raises:
        BadInput: A file cannot be read, or no reply belongs to the benchmark.
    """
    return score_rows(
        read_rows(benchmark),
        read_replies(replies),
        scorer=scorer,
        true_premise=read_rows(true_premise) if true_premise is not None else (),
        seed=seed,
    )


def score_rows(
    rows: Sequence[MmrRow],
    replies: Sequence[Reply],
    *,
    scorer: Scorer = "strict",
    true_premise: Sequence[MmrRow] = (),
    seed: int = 0,
) -> ScoreResult:
    """Score replies to rows; see :func:`score`.

    ``strict`` takes for a pair one POS and one NEG row of an id. ``official`` takes two adjacent rows,
    whatever their ids, calls a pair misled when exactly one half is right and that half is marked POS,
    and gives it the category of its first row, as the released rule does. Rows without a reply are
    unread and wrong.

    Raises:
        BadInput: No reply belongs to the benchmark, or a row stands in both files.
    """
    _refuse_shared_rows(rows, true_premise)
    matched = match_replies([*rows, *true_premise], replies)
    if all(text is None for text in matched.texts[: len(rows)]):
        raise nothing_matches(rows, replies)
    read = [_read(row, text) for row, text in zip([*rows, *true_premise], matched.texts, strict=True)]
    benchmark, leading = read[: len(rows)], [one for one in read[len(rows) :] if one.row.question_type == "NEG"]
    paired = (_pair_by_adjacency if scorer == "official" else _pair_by_id)(benchmark)
    return ScoreResult(
        scorer=scorer,
        overall=_scores(paired.pairs, leading, scorer, seed),
        by_level=_grouped(paired.pairs, leading, scorer, seed, by=lambda category: category.split("/")[0]),
        by_category=_grouped(paired.pairs, leading, scorer, seed, by=lambda category: category),
        readings=tuple(one.reading for one in benchmark),
        left_out=paired.left_out,
        **_troubles(matched),
    )


def _troubles(matched: Matched) -> dict[str, tuple[object, ...]]:
    return {"unmatched": matched.unmatched, "unanswered": matched.unanswered, "repeats": matched.repeats}
