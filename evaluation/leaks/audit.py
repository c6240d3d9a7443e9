"""The leak audit: what can be picked blind, by polarity and category.

Leading questions are read as a model meets them, false and true premises together; false premises alone are
shown beside them, where denying the premise is right by construction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from evaluation.leaks.asked import Asked, AskedPairs, asked_of
from evaluation.leaks.classifiers import blind_scores
from evaluation.leaks.options import FlatOptions, Floats, flat
from evaluation.leaks.rates import BlindRate, blind_rate
from evaluation.leaks.strategies import letter, longest, opening, overlap
from schemas.errors import MissingExtra
from schemas.pair import LETTERS, Pair

LONGEST, OVERLAP, OPENING, CLASSIFIER = "longest option", "word overlap", "answer opening", "text classifier"


@dataclass(frozen=True)
class Group:
    """Questions of one polarity, and what each strategy gets of them, overall and by category.

    ``not_measured`` names strategies without a rate, and why.
    """

    name: str
    questions: int
    images: int
    rates: tuple[BlindRate, ...]
    by_category: Mapping[str, tuple[BlindRate, ...]]
    not_measured: Mapping[str, str]

    def rate(self, strategy: str) -> BlindRate | None:
        """A strategy's rate over all categories, or None where it was not measured."""
        return next((one for one in self.rates if one.strategy == strategy), None)


@dataclass(frozen=True)
class Audit:
    """What pairs give away. A group without questions has no rates."""

    positive: Group
    leading: Group
    false_premise: Group
    open_pairs: int
    seed: int

    @property
    def groups(self) -> tuple[Group, Group, Group]:
        """All three, in the order they are shown."""
        return self.positive, self.leading, self.false_premise

    def to_json(self) -> dict[str, Any]:
        """All figures, as fractions of 1."""
        return {
            "seed": self.seed,
            "open_pairs": self.open_pairs,
            "groups": {group.name: _group_json(group) for group in self.groups},
        }


def audit(
    pairs: Iterable[Pair], *, seed: int = 0, classify: bool = True, on_progress: Callable[[str], None] = lambda _: None
) -> Audit:
    """Measure blind strategies over pairs; open pairs, with nothing to choose from, are counted and left out.

    Args:
        pairs: Of any kinds.
        seed: Deals images out to folds and draws them anew.
        classify: Whether to train a classifier, which takes seconds for thousands of pairs.
        on_progress: Told which group is begun.
    """
    return audit_asked(asked_of(pairs), seed=seed, classify=classify, on_progress=on_progress)


def audit_asked(
    asked: AskedPairs, *, seed: int = 0, classify: bool = True, on_progress: Callable[[str], None] = lambda _: None
) -> Audit:
    """Measure blind strategies over questions already laid out; as :func:`audit`."""
    parts = {
        "positive": asked.positive,
        "leading": asked.leading,
        "false premise alone": tuple(one for one in asked.leading if one.kind == "false-premise"),
    }
    groups: list[Group] = []
    for name, questions in parts.items():
        on_progress(name)
        groups.append(_group(name, questions, seed, classify=classify))
    positive, leading, false_premise = groups
    return Audit(positive, leading, false_premise, asked.open_pairs, seed)


def _group(name: str, asked: Sequence[Asked], seed: int, *, classify: bool) -> Group:
    if not asked:
        return Group(name, 0, 0, (), {}, {})
    options = flat(asked)
    scores, missing = _scores(asked, options, seed, classify=classify)
    credited = {strategy: options.credit(flat_scores) for strategy, flat_scores in scores.items()}
    images, chance = [one.image for one in asked], 1 / options.sizes
    places: dict[str, list[int]] = {}
    for place, one in enumerate(asked):
        places.setdefault(one.category, []).append(place)

    def rates(chosen: Sequence[int]) -> tuple[BlindRate, ...]:
        there = [images[place] for place in chosen]
        at = np.array(chosen)
        return tuple(blind_rate(one, there, credit[at], chance[at], seed=seed) for one, credit in credited.items())

    by_category = {category: rates(places[category]) for category in sorted(places)}
    return Group(name, len(asked), len(set(images)), rates(range(len(asked))), by_category, missing)


def _scores(
    asked: Sequence[Asked], options: FlatOptions, seed: int, *, classify: bool
) -> tuple[dict[str, Floats], dict[str, str]]:
    lettered = LETTERS[: int(options.sizes.max())]
    scores = {f"always {one}": letter(asked, one) for one in lettered}
    scores |= {LONGEST: longest(asked), OVERLAP: overlap(asked)}
    if len({one.image for one in asked}) < 2:
        why = "learns on other images, and there is one image only"
        return scores, {OPENING: why, CLASSIFIER: why}
    scores[OPENING] = opening(asked, seed=seed)
    if not classify:
        return scores, {CLASSIFIER: "was left out"}
    try:
        scores[CLASSIFIER] = blind_scores(asked, seed=seed)
    except MissingExtra:
        return scores, {CLASSIFIER: "needs scikit-learn: pip install 'leadproof[embed]'"}
    return scores, {}


def _group_json(group: Group) -> dict[str, Any]:
    def told(rates: Sequence[BlindRate]) -> list[dict[str, Any]]:
        return [{**asdict(one), "above": one.above, "below": one.below} for one in rates]

    return {
        "questions": group.questions,
        "images": group.images,
        "rates": told(group.rates),
        "by_category": {category: told(rates) for category, rates in group.by_category.items()},
        "not_measured": dict(group.not_measured),
    }
