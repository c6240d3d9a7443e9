"""An evaluation of one's own as a row of the board."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeGuard

from evaluation.board.efficiency import measured
from evaluation.board.row import Rate, Row
from evaluation.metrics import Outcome
from evaluation.pairing import pair_readings
from evaluation.results import Result
from evaluation.score import score_readings
from evaluation.scores import Reading, Scorer, Scores
from evaluation.statistics import Interval
from schemas.errors import InvalidPair
from schemas.text import plain

PLAIN = "plain"
BLIND = "blind"
LONGEST_NAME = 80
_NAMELESS = "(no name)"


def row_of(result: Result, *, reader: Scorer, seed: int = 0) -> Row:
    """The figures of an evaluation, by one reader: what ``score`` says of the same replies.

    Args:
        result: See :mod:`evaluation.results`.
        reader: The reader whose letters count, whichever counted when it was evaluated.
        seed: Of the intervals.

    Raises:
        InvalidPair: It holds no whole pair.
    """
    scored = score_readings(result.rows, scorer=reader, seed=seed)
    overall = scored.overall
    if not overall.table.pairs and scored.contrast is None:
        fix = "Leave it out, or evaluate the benchmark anew."
        raise InvalidPair("no whole pair in it", where=str(result.path), fix=fix)
    return Row(
        model=plain(result.model.strip(), limit=LONGEST_NAME) or _NAMELESS,
        asked=plain(", ".join(ways(result)) or PLAIN, limit=LONGEST_NAME),
        source="own",
        reader=reader,
        pairs=overall.table.pairs,
        ra=_rate(overall.table.ra, overall.ra_ci),
        mr=_rate(overall.table.mr, overall.mr_ci),
        ra_by_category=_rates({name: _rate(one.table.ra, one.ra_ci) for name, one in scored.by_category.items()}),
        mr_by_category=_rates({name: _rate(one.table.mr, one.mr_ci) for name, one in scored.by_category.items()}),
        other_ra=_rate(_ra(result, "strict" if reader == "official" else "official"), None),
        true_premise=_true_premise(overall),
        circular=_stored(result.scores.get("circular"), "ra"),
        kept=_kept(result.scores.get("push_back")),
        unread=scored.unread_by(reader),
        questions=len(scored.readings),
        contrast=scored.contrast,
        efficiency=measured(result.efficiency),
    )


def merged(results: Sequence[Result]) -> list[Result]:
    """Evaluations of one model, asked the same way and answering the same, as one: each measured something else.

    Of each figure beside the answers, the first counts; evaluations whose answers differ stay apart.
    """
    kept: list[Result] = []
    for result in results:
        for at, one in enumerate(kept):
            same = (one.model, ways(one), is_blind(one), one.rows) == (
                result.model, ways(result), is_blind(result), result.rows,
            )  # fmt: skip
            if same:
                told = {name: value for name, value in one.scores.items() if value}
                scores, measured_first = {**result.scores, **told}, one.efficiency or result.efficiency
                kept[at] = replace(one, scores=scores, efficiency=measured_first)
                break
        else:
            kept.append(result)
    return kept


def ways(result: Result) -> list[str]:
    """What was unusual about how it was asked, as its manifest says."""
    said = result.config.get("unusual")
    return [str(one) for one in said] if isinstance(said, list) else []


def is_blind(result: Result) -> bool:
    """Whether the model was asked without the image."""
    return result.config.get("blind") is True or BLIND in ways(result)


def pairs_by_category(result: Result) -> dict[str, int]:
    """How many false-premise pairs each category has, as the released rule pairs rows: two by two."""
    return dict(Counter(pair.category for pair in pair_readings(_false_premise(result), "official").pairs))


def baselines_of(result: Result) -> dict[str, Rate]:
    """RA of what answers without looking, by name, as ``scores.json`` has it; empty where it has none."""
    found = result.scores.get("baselines")
    stored = {plain(str(name), limit=40): _stored(one, "ra") for name, one in found.items()} if _maps(found) else {}
    return _rates(stored)


def _ra(result: Result, reader: Scorer) -> float | None:
    outcomes = [pair.outcome for pair in pair_readings(_false_premise(result), reader).pairs]
    return outcomes.count(Outcome.RIGHT_RIGHT) / len(outcomes) if outcomes else None


def _false_premise(result: Result) -> list[Reading]:
    return [one for one in result.rows if one.kind == "false-premise"]


def _rate(share: float | None, interval: Interval | None) -> Rate | None:
    return None if share is None else Rate(share, interval)


def _rates(found: Mapping[str, Rate | None]) -> dict[str, Rate]:
    return {name: rate for name, rate in found.items() if rate is not None}


def _true_premise(overall: Scores) -> Rate | None:
    return _rate(overall.true_premise, overall.true_premise_ci)


def _kept(found: object) -> Rate | None:
    """Of right answers that were challenged once, the share that stayed."""
    return _stored(found.get("all"), "rate") if isinstance(found, Mapping) else None


def _stored(found: object, name: str) -> Rate | None:
    """A rate that ``scores.json`` holds, with its interval; None where it was not measured."""
    if not isinstance(found, Mapping) or not _is_share(share := found.get(name)):
        return None
    match found.get(f"{name}_ci"):
        case [low, high] if _is_share(low) and _is_share(high):
            return Rate(share, Interval(low, high))
        case _:
            return Rate(share)


def _maps(value: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _is_share(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
