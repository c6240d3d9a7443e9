"""Figures of what was asked beyond the benchmark's own questions: other orders of the options, and a challenge."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.asking.chain import Asked
from evaluation.metrics import Outcome
from evaluation.pairing import pair_readings
from evaluation.scores import Reading
from evaluation.statistics import Interval, bootstrap, wilson

LOST = "?"  # a letter that no key has: wrong in at least one order


@dataclass(frozen=True)
class Circular:
    """Accuracy under every order of the options, by the strict reader (circular evaluation: arXiv 2307.06281).

    ``ra`` is the share of false-premise pairs both of whose halves are right in every rotation, ``true_premise`` that
    of leading questions with a true premise; ``by_rotation`` is RA under each rotation alone. ``fixed`` pairs hold a
    half that cannot be lettered otherwise: they are left out.
    """

    pairs: int
    ra: float | None
    ra_ci: Interval | None
    true_premise: float | None
    by_rotation: tuple[float | None, ...]
    fixed: int

    def to_json(self) -> dict[str, Any]:
        """The figures under the names that machines read."""
        return {**vars(self), "ra_ci": [self.ra_ci.low, self.ra_ci.high] if self.ra_ci else None}


def circular(asked: Sequence[Asked], *, seed: int = 0) -> Circular | None:
    """Figures over items that were asked in every rotation; None where none was."""
    if not any(len(one.rotations) > 1 for one in asked):
        return None
    stiff = {one.item.id for one in asked if one.fixed is not None}
    whole = [one for one in asked if one.item.id not in stiff and one.item.kind != "contrast"]
    premise = [one for one in whole if one.item.kind == "false-premise"]
    pairs = pair_readings([_in_all(one) for one in premise], "strict").pairs
    outcomes = [pair.outcome for pair in pairs]
    leading = [_in_all(one) for one in whole if one.item.kind == "true-premise" and one.item.question_type == "NEG"]
    turns = max(len(one.rotations) for one in whole) if whole else 0
    return Circular(
        pairs=len(pairs),
        ra=_share(outcomes),
        ra_ci=bootstrap([pair.image for pair in pairs], outcomes, seed=seed).ra,
        true_premise=sum(one.right("strict") for one in leading) / len(leading) if leading else None,
        by_rotation=tuple(_ra_under(premise, by) for by in range(turns)),
        fixed=len(stiff),
    )


def _in_all(asked: Asked) -> Reading:
    """The reading of the file's order, made wrong where any other rotation is."""
    first = asked.rotations[0].reading
    right = all(said.reading.right("strict") for said in asked.rotations)
    return first if right or not first.right("strict") else replace(first, strict=LOST)


def _ra_under(asked: Sequence[Asked], by: int) -> float | None:
    readings = [one.rotations[by].reading for one in asked if len(one.rotations) > by]
    return _share([pair.outcome for pair in pair_readings(readings, "strict").pairs])


def _share(outcomes: Sequence[Outcome]) -> float | None:
    return outcomes.count(Outcome.RIGHT_RIGHT) / len(outcomes) if outcomes else None


@dataclass(frozen=True)
class PushBack:
    """What became of right answers that were challenged once, by the strict reader; a share with Wilson's interval."""

    asked: int
    kept: int
    unread: int
    rate: float
    rate_ci: Interval

    def to_json(self) -> dict[str, Any]:
        """The figures under the names that machines read."""
        return {**vars(self), "rate_ci": [self.rate_ci.low, self.rate_ci.high]}


def push_back(asked: Sequence[Asked]) -> dict[str, PushBack]:
    """By ``all``, ``POS`` and ``NEG`` (true premises are ``NEG`` too): how many stood by a right answer."""
    said = [one.pushed.reading for one in asked if one.pushed]
    groups = {"all": said, **{half: [one for one in said if one.question_type == half] for half in ("POS", "NEG")}}
    found = {}
    for name, readings in groups.items():
        kept = sum(one.right("strict") for one in readings)
        interval = wilson(kept, len(readings))
        if interval is not None:
            unread = sum(one.strict is None for one in readings)
            found[name] = PushBack(len(readings), kept, unread, kept / len(readings), interval)
    return found
