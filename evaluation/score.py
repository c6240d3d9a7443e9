"""Scoring replies to a benchmark: RA, MR and the 2×2 table, overall and per level and category."""

from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.contrast import contrast_scores
from evaluation.item import Item, items_of
from evaluation.letters import letter_bias
from evaluation.metrics import tabulate
from evaluation.pairing import ScoredPair, pair_readings
from evaluation.readers.official import official
from evaluation.readers.strict import strict
from evaluation.readers.yes_no import official_first, official_yes_no, strict_yes_no
from evaluation.replies import Repeat, Reply, match_replies, nothing_matches, read_replies
from evaluation.scores import Reading, Scorer, ScoreResult, Scores
from evaluation.statistics import bootstrap, wilson, wilson_rates
from schemas.errors import BadInput, InvalidPair
from schemas.mmr import MmrRow, read_rows
from schemas.taxonomy import DEFAULT_TAXONOMY

_UNKNOWN_OPTIONS = dict.fromkeys("ABCD", "")


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
    """Score replies to rows of MMR's shape; see :func:`score`. Rows without a reply are unread and wrong.

    Raises:
        BadInput: No reply belongs to the benchmark, or a row stands in both files.
    """
    if rows and all(row.premise == "true" for row in rows):
        raise BadInput(
            "every row of the benchmark says that its premise is true",
            fix="Give this file as --true-premise, beside the benchmark.",
        )
    refuse_shared(rows, true_premise)
    items = [*items_of(rows), *items_of(true_premise, kind="true-premise")]
    matched = match_replies(items, replies)
    if all(text is None for text in matched.texts[: len(rows)]):
        raise nothing_matches(items, replies)
    readings = [read_reply(item, text) for item, text in zip(items, matched.texts, strict=True)]
    return score_readings(
        readings, scorer=scorer, seed=seed,
        unmatched=matched.unmatched, unanswered=matched.unanswered, repeats=matched.repeats,
    )  # fmt: skip


def refuse_shared(rows: Sequence[MmrRow], true_premise: Sequence[MmrRow]) -> None:
    """Refuse rows that stand in the benchmark and in the file of true premises.

    Raises:
        BadInput: One does.
    """
    keys = {(row.id, row.question_type) for row in rows}
    for row in true_premise:
        if (row.id, row.question_type) in keys:
            raise BadInput(
                f"row {row.id} {row.question_type} stands in the benchmark and in the true-premise file",
                fix="Give --true-premise a file of other pairs.",
            )


def read_reply(item: Item, text: str | None) -> Reading:
    """What both readers make of a reply; no reply is read as an empty one."""
    said = text or ""
    if item.style == "words":
        by_strict = strict_yes_no(said, item.options, question=item.text)
    else:
        by_strict = strict(said, item.options or _UNKNOWN_OPTIONS)
    return reading_of(item, _by_rule(item, said), by_strict)


def _by_rule(item: Item, reply: str) -> str:
    """What the released rule of the item's benchmark reads."""
    if item.released == "naturalbench":
        words = item.options if item.style == "words" else {letter: letter for letter in item.options}
        return official_first(reply, words)
    return official_yes_no(reply, item.options) if item.released == "pope" else official(reply)


def reading_of(item: Item, by_official: str, by_strict: str | None) -> Reading:
    """The letters of an item's reply as a record."""
    return Reading(
        id=item.id,
        question_type=item.question_type,
        kind=item.kind,
        category=item.category,
        image=item.image,
        gold=item.gold,
        official=by_official,
        strict=by_strict,
        row=item.row,
        group=item.group,
        yes_no=item.yes_no,
    )


def score_readings(
    readings: Sequence[Reading],
    *,
    scorer: Scorer = "strict",
    seed: int = 0,
    unmatched: Sequence[Reply] = (),
    unanswered: Sequence[Item] = (),
    repeats: Sequence[Repeat] = (),
) -> ScoreResult:
    """All figures of readings, under one reader; of no readings the empty figures.

    RA and MR count ``false-premise`` pairs alone; how rows become pairs is said in :mod:`evaluation.pairing`.
    """
    of_kind = {kind: [one for one in readings if one.kind == kind] for kind in ("false-premise", "contrast")}
    leading = [one for one in readings if one.kind == "true-premise" and one.question_type == "NEG"]
    paired, contrast = pair_readings(of_kind["false-premise"], scorer), pair_readings(of_kind["contrast"], scorer)
    return ScoreResult(
        scorer=scorer,
        overall=_scores(paired.pairs, leading, scorer, seed),
        by_level=_grouped(paired.pairs, leading, scorer, seed, name=_level),
        by_category=_grouped(paired.pairs, leading, scorer, seed, name=str),
        readings=tuple(readings),
        unmatched=tuple(unmatched),
        unanswered=tuple(unanswered),
        repeats=tuple(repeats),
        left_out=(*paired.left_out, *contrast.left_out),
        contrast=contrast_scores(contrast.pairs, scorer, seed=seed),
        contrast_by_category={
            name: found
            for name in dict.fromkeys(pair.category for pair in contrast.pairs)
            if (found := contrast_scores([one for one in contrast.pairs if one.category == name], scorer, seed=seed))
        },
        letters=letter_bias(readings, scorer),
    )


def _grouped(
    pairs: Sequence[ScoredPair], leading: Sequence[Reading], scorer: Scorer, seed: int, *, name: Callable[[str], str]
) -> dict[str, Scores]:
    pairs_of: dict[str, list[ScoredPair]] = {}
    leading_of: dict[str, list[Reading]] = {}
    for pair in pairs:
        pairs_of.setdefault(name(pair.category), []).append(pair)
    for one in leading:
        leading_of.setdefault(name(one.category), []).append(one)
    known = [name(category) for category in DEFAULT_TAXONOMY.categories]
    ordered = [one for one in dict.fromkeys([*known, *pairs_of, *leading_of]) if one in pairs_of or one in leading_of]
    return {
        one: _scores(pairs_of.get(one, ()), leading_of.get(one, ()), scorer, seed, by_wilson=name is str)
        for one in ordered
    }


def _level(category: str) -> str:
    return category.split("/")[0]


def _scores(
    pairs: Sequence[ScoredPair], leading: Sequence[Reading], scorer: Scorer, seed: int, *, by_wilson: bool = False
) -> Scores:
    images, outcomes = [pair.image for pair in pairs], [pair.outcome for pair in pairs]
    intervals = wilson_rates(images, outcomes) if by_wilson else bootstrap(images, outcomes, seed=seed)
    readings = [reading for pair in pairs for reading in pair.readings]
    right = sum(one.right(scorer) for one in leading)
    return Scores(
        table=tabulate(outcomes),
        ra_ci=intervals.ra,
        mr_ci=intervals.mr,
        unread=sum(reading.letter(scorer) is None for reading in readings),
        disagreements=sum(reading.differs for reading in readings),
        true_premise=right / len(leading) if leading else None,
        true_premise_questions=len(leading),
        true_premise_ci=wilson(right, len(leading)),
        approximate=intervals.ra is not None and intervals.ra.how == "wilson-approximate",
    )
