"""``compare``: two evaluations of the same pairs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from evaluation.comparing.align import Both, align
from evaluation.comparing.figures import Difference, Flips, Shown
from evaluation.metrics import Outcome, tabulate
from evaluation.results import Result
from evaluation.scores import Reading, Scorer
from evaluation.statistics import (
    design_effect,
    difference_shown,
    holm,
    mcnemar,
    pairs_for_difference,
    permute_mean,
    permute_mr,
    permute_ra,
)
from schemas.taxonomy import DEFAULT_TAXONOMY


@dataclass(frozen=True)
class Comparison:
    """What changed from ``first`` to ``second``.

    ``overall`` holds RA, MR, the rate on true premises and that of contrast pairs, as far as there are such pairs;
    ``by_category`` is RA; ``unread`` counts rows of common pairs that could not be read. ``guard`` is None where not
    both were asked the same questions of general ability.
    """

    scorer: Scorer
    first: str
    second: str
    pairs: int
    overall: tuple[Difference, ...]
    by_category: tuple[Difference, ...]
    flips: Flips
    shown: Shown | None
    guard: Difference | None
    unread: tuple[int, int]
    only_first: int
    only_second: int
    other_images: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What fell though RA may have risen, a line each: general ability, and assent to true premises."""
        told = []
        if self.guard is not None and self.guard.fell:
            told.append("General ability fell: see the guard.")
        if self.other_images:
            told.append("The images were not the same: their content differs between A and B.")
        told += [
            "Right answers to true premises fell: it may have learned to contradict."
            for one in self.overall
            if one.name == "true premise" and one.fell
        ]
        return tuple(told)

    def to_json(self) -> dict[str, Any]:
        """The comparison as machines read it."""
        return {
            **{key: getattr(self, key) for key in ("scorer", "first", "second", "pairs", "only_first", "only_second")},
            "overall": [one.to_json() for one in self.overall],
            "by_category": [one.to_json() for one in self.by_category],
            "flips": asdict(self.flips),
            "shown": asdict(self.shown) if self.shown else None,
            "guard": self.guard.to_json() if self.guard else None,
            "unread": list(self.unread),
            "warnings": list(self.warnings),
        }


def compare(first: Result, second: Result, *, scorer: Scorer = "strict", seed: int = 0) -> Comparison:
    """Compare two evaluations, pair by pair; those that only one of them has are counted and left out.

    Raises:
        BadInput: They are of different benchmarks, or have no pair in common.
    """
    found = align(first, second, scorer)
    overall = [*_of_pairs(found.pairs, seed), *_of_contrast(found.contrast, seed)]
    if found.leading:
        overall.append(_of_leading(found.leading, scorer, seed))
    both = (*found.pairs, *found.contrast)
    return Comparison(
        scorer=scorer,
        first=first.label,
        second=second.label,
        pairs=len(found.pairs),
        overall=tuple(overall),
        by_category=_by_category(found.pairs, seed),
        flips=Flips(
            tuple(one.second.id for one in both if not _right(one)[0] and _right(one)[1]),
            tuple(one.second.id for one in both if _right(one)[0] and not _right(one)[1]),
        ),
        shown=_shown(found.pairs),
        guard=_guard(first, second, seed),
        unread=(_unread(both, 0, scorer), _unread(both, 1, scorer)),
        only_first=found.only_first,
        only_second=found.only_second,
        other_images=_other_images(first, second),
    )


def _other_images(first: Result, second: Result) -> bool:
    """Whether both were shown images, and these were not the same."""
    seen = [one.config.get("images") for one in (first, second) if not one.config.get("blind")]
    return len(seen) == 2 and None not in seen and seen[0] != seen[1]


def _of_pairs(pairs: Sequence[Both], seed: int) -> list[Difference]:
    if not pairs:
        return []
    images, (before, after) = _images(pairs), _outcomes(pairs)
    tables = tabulate(before), tabulate(after)
    ra, mr = permute_ra(images, after, before, seed=seed), permute_mr(images, after, before, seed=seed)
    return [
        _difference("RA", len(pairs), [table.ra for table in tables], ra.p, _mcnemar(pairs)),
        _difference("MR", len(pairs), [table.mr for table in tables], mr.p),
    ]


def _of_contrast(pairs: Sequence[Both], seed: int) -> list[Difference]:
    if not pairs:
        return []
    (before, after) = _outcomes(pairs)
    p = permute_ra(_images(pairs), after, before, seed=seed).p
    return [_difference("contrast", len(pairs), [tabulate(before).ra, tabulate(after).ra], p, _mcnemar(pairs))]


def _of_leading(leading: Sequence[tuple[Reading, Reading]], scorer: Scorer, seed: int) -> Difference:
    before, after = ([float(one.right(scorer)) for one in side] for side in zip(*leading, strict=True))
    p = permute_mean([one.image for one, _ in leading], after, before, seed=seed).p
    test = mcnemar(
        sum(one > other for one, other in zip(before, after, strict=True)),
        sum(one < other for one, other in zip(before, after, strict=True)),
    )
    return _difference("true premise", len(leading), [sum(side) / len(side) for side in (before, after)], p, test.p)


def _by_category(pairs: Sequence[Both], seed: int) -> tuple[Difference, ...]:
    met = dict.fromkeys(one.first.category for one in pairs)
    known = [name for name in DEFAULT_TAXONOMY.categories if name in met]
    categories = dict.fromkeys([*known, *met])
    found = []
    for category in categories:
        group = [one for one in pairs if one.first.category == category]
        found.append(replace(_of_pairs(group, seed)[0], name=category))
    adjusted = holm([one.p for one in found])
    return tuple(replace(one, holm=p) for one, p in zip(found, adjusted, strict=True))


def _shown(pairs: Sequence[Both]) -> Shown | None:
    if not pairs:
        return None
    changes = [float(after) - float(before) for before, after in map(_right, pairs)]
    discordance = sum(map(abs, changes)) / len(pairs)
    effect = max(1.0, design_effect(_images(pairs), changes) or 1.0)
    return Shown(
        discordance,
        effect,
        pairs_for_difference(discordance, design_effect=effect),
        difference_shown(len(pairs), discordance, design_effect=effect),
    )


def _guard(first: Result, second: Result, seed: int) -> Difference | None:
    """The guard, where both were asked the same questions."""
    before, after = ({one.id: one for one in result.guard} for result in (first, second))
    if not before or before.keys() != after.keys() or first.config.get("guard") != second.config.get("guard"):
        return None
    images = [one.image or one.id for one in before.values()]
    scores = [[side[name].score for name in before] for side in (before, after)]
    p = permute_mean(images, scores[1], scores[0], seed=seed).p
    return _difference("guard", len(before), [sum(side) / len(side) for side in scores], p)


def _difference(
    name: str, count: int, rates: Sequence[float | None], p: float | None, by_mcnemar: float | None = None
) -> Difference:
    return Difference(name, count, rates[0], rates[1], p, by_mcnemar)


def _mcnemar(pairs: Sequence[Both]) -> float:
    right = [_right(one) for one in pairs]
    return mcnemar(sum(a and not b for a, b in right), sum(b and not a for a, b in right)).p


def _right(both: Both) -> tuple[bool, bool]:
    return both.first.outcome is Outcome.RIGHT_RIGHT, both.second.outcome is Outcome.RIGHT_RIGHT


def _outcomes(pairs: Sequence[Both]) -> tuple[list[Outcome], list[Outcome]]:
    return [one.first.outcome for one in pairs], [one.second.outcome for one in pairs]


def _images(pairs: Sequence[Both]) -> list[str]:
    return [one.first.image for one in pairs]


def _unread(pairs: Sequence[Both], side: int, scorer: Scorer) -> int:
    return sum(half.letter(scorer) is None for one in pairs for half in one[side].readings)
