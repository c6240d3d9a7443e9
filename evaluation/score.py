"""Scoring replies to a benchmark: RA, MR and the 2×2 table, overall and per level and category."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.bootstrap import bootstrap
from evaluation.metrics import Outcome, outcome, tabulate
from evaluation.readers.official import official
from evaluation.readers.strict import strict
from evaluation.replies import Reply, match_replies, nothing_matches, read_replies
from evaluation.scores import LeftOut, Reading, Scorer, ScoreResult, Scores
from schemas.errors import BadInput, InvalidPair
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
        BadInput: A file cannot be read, no reply belongs to the benchmark, or it holds no whole pair.
    """
    result = score_rows(
        read_rows(benchmark),
        read_replies(replies),
        scorer=scorer,
        true_premise=read_rows(true_premise) if true_premise is not None else (),
        seed=seed,
    )
    if not result.overall.table.pairs:
        raise InvalidPair("no whole pair in it", where=str(benchmark), fix="See `leadproof lint` on the file.")
    return result


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
    if rows and all(row.premise == "true" for row in rows):
        raise BadInput(
            "every row of the benchmark says that its premise is true",
            fix="Give this file as --true-premise, beside the benchmark.",
        )
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
        by_level=_grouped(paired.pairs, leading, scorer, seed, name=_level),
        by_category=_grouped(paired.pairs, leading, scorer, seed, name=str),
        readings=tuple(one.reading for one in benchmark),
        unmatched=matched.unmatched,
        unanswered=matched.unanswered,
        repeats=matched.repeats,
        left_out=paired.left_out,
    )


def _refuse_shared_rows(rows: Sequence[MmrRow], true_premise: Sequence[MmrRow]) -> None:
    keys = {(row.id, row.question_type) for row in rows}
    for row in true_premise:
        if (row.id, row.question_type) in keys:
            raise BadInput(
                f"row {row.id} {row.question_type} stands in the benchmark and in the true-premise file",
                fix="Give --true-premise a file of other pairs.",
            )


def _read(row: MmrRow, text: str | None) -> _ReadRow:
    options = row.parsed.by_letter if row.parsed is not None else _UNKNOWN_OPTIONS
    return _ReadRow(
        row,
        Reading(
            id=row.id,
            question_type=row.question_type,
            gold=row.gold,
            official=official(text or ""),
            strict=strict(text or "", options),
        ),
    )


def _pair_by_id(read: Sequence[_ReadRow]) -> _Paired:
    reading_of = {one.row.row: one.reading for one in read}
    whole, orphans = pair_by_id([one.row for one in read])
    pairs = []
    for rowpair in whole:
        positive, negative = reading_of[rowpair.positive.row], reading_of[rowpair.negative.row]
        became = outcome(positive=positive.right("strict"), negative=negative.right("strict"))
        pairs.append(_ScoredPair(rowpair.category, rowpair.positive.image, became, (positive, negative)))
    left_out = [LeftOut(one.rows[0].id, tuple(row.row for row in one.rows), one.what) for one in orphans]
    return _Paired(tuple(pairs), tuple(left_out))


def _pair_by_adjacency(read: Sequence[_ReadRow]) -> _Paired:
    pairs = []
    for first, second in zip(read[::2], read[1::2], strict=False):
        halves = (first.reading, second.reading)
        right = [half for half in halves if half.right("official")]
        if len(right) == 1:
            became = Outcome.RIGHT_WRONG if right[0].question_type == "POS" else Outcome.WRONG_RIGHT
        else:
            became = Outcome.RIGHT_RIGHT if right else Outcome.WRONG_WRONG
        pairs.append(_ScoredPair(category_of(first.row.id), first.row.image, became, halves))
    odd = read[-1].row if len(read) % 2 else None
    left_out = (
        () if odd is None else (LeftOut(odd.id, (odd.row,), "the last row has no neighbour to make a pair with"),)
    )
    return _Paired(tuple(pairs), left_out)


def _grouped(
    pairs: Sequence[_ScoredPair], leading: Sequence[_ReadRow], scorer: Scorer, seed: int, *, name: Callable[[str], str]
) -> dict[str, Scores]:
    pairs_of: dict[str, list[_ScoredPair]] = {}
    leading_of: dict[str, list[_ReadRow]] = {}
    for pair in pairs:
        pairs_of.setdefault(name(pair.category), []).append(pair)
    for one in leading:
        leading_of.setdefault(name(category_of(one.row.id)), []).append(one)
    known = [name(category) for category in DEFAULT_TAXONOMY.categories]
    ordered = [one for one in dict.fromkeys([*known, *pairs_of, *leading_of]) if one in pairs_of or one in leading_of]
    return {one: _scores(pairs_of.get(one, ()), leading_of.get(one, ()), scorer, seed) for one in ordered}


def _level(category: str) -> str:
    return category.split("/")[0]


def _scores(pairs: Sequence[_ScoredPair], leading: Sequence[_ReadRow], scorer: Scorer, seed: int) -> Scores:
    outcomes = [pair.outcome for pair in pairs]
    intervals = bootstrap([pair.image for pair in pairs], outcomes, seed=seed)
    readings = [reading for pair in pairs for reading in pair.readings]
    right = sum(one.reading.right(scorer) for one in leading)
    return Scores(
        table=tabulate(outcomes),
        ra_ci=intervals.ra,
        mr_ci=intervals.mr,
        unread=sum(reading.letter(scorer) is None for reading in readings),
        disagreements=sum(reading.differs for reading in readings),
        true_premise=right / len(leading) if leading else None,
        true_premise_questions=len(leading),
    )
