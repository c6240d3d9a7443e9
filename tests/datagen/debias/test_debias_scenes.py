"""The acceptance of debiasing: on thousands of scene pairs, classifiers trained afresh are at chance."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from datagen.debias import debias
from datagen.generators.stage import generate
from datagen.scenes.stage import draw_into
from evaluation.leaks import BLIND_READERS, Asked, asked_of, blind_scores
from evaluation.leaks.options import flat
from evaluation.leaks.rates import blind_rate
from evaluation.leaks.signs import words
from schemas import Pair, RunFolder
from schemas.tables import pairs_of

PAIRS = 6_000
WIDEST = 0.025
MOST_LOST = 0.25
FRESH = 900  # a seed that debiasing does not use


def scene_pairs(folder: Path, scenes: int) -> list[Pair]:
    run = RunFolder.create(folder)
    with run.writing():
        draw_into(run, scenes, seed=0)
        generate(run)
    return list(pairs_of(run.require("generate").table("pairs")))


def measures(asked: Sequence[Asked]) -> Any:
    """Simple measures of an option among the others of its question, for trees: ``(options, measures)``."""
    rows: list[list[float]] = []
    known: dict[str, int] = {}
    for one in asked:
        said = [words(option) for option in one.options]
        shared = set.intersection(*map(set, said))
        question = set(words(one.text))
        lengths = sorted(map(len, one.options))
        for option, of_option in zip(one.options, said, strict=True):
            own = [word for word in of_option if word not in shared] or [""]
            rows.append(
                [
                    known.setdefault(one.category, len(known)), len(option), lengths.index(len(option)), len(own),
                    len(question & set(own)), known.setdefault(own[0], len(known)),
                    known.setdefault(own[-1], len(known)),
                ]
            )  # fmt: skip
    return np.array(rows, np.float64)


def trees(asked: Sequence[Asked], *, seed: int, folds: int = 4) -> Any:
    """Gradient boosting on simple measures, cross-fitted over images: another kind than debiasing uses."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.model_selection import GroupKFold, cross_val_predict

    options = flat(asked)
    groups = np.array([one.image for one in asked])[options.owner]
    model = HistGradientBoostingClassifier(max_iter=60, early_stopping=False, random_state=seed)
    cut = GroupKFold(folds, shuffle=True, random_state=seed)
    return cross_val_predict(model, measures(asked), options.right, groups=groups, cv=cut, method="predict_proba")[:, 1]


@pytest.mark.slow
def test_fresh_classifiers_are_at_chance_on_six_thousand_scene_pairs(tmp_path: Path) -> None:
    pairs = scene_pairs(tmp_path / "run", 620)
    assert len(pairs) >= PAIRS
    found = debias(pairs, seed=0)
    gone = {drop.pair_id for drop in found.drops}
    assert len(gone) <= MOST_LOST * len(pairs)
    asked = asked_of(one for one in pairs if one.pair_id not in gone)
    off = []
    for polarity, half in (("positive", asked.positive), ("leading", asked.leading)):
        options = flat(half)
        scores = {name: blind_scores(half, reader=name, seed=FRESH) for name in BLIND_READERS}
        scores["trees"] = trees(half, seed=FRESH)
        for name, flat_scores in scores.items():
            rate = blind_rate(name, [one.image for one in half], options.credit(flat_scores), 1 / options.sizes)
            wide = (rate.interval.high - rate.interval.low) / 2
            if rate.above or rate.below or wide > WIDEST:
                off.append((polarity, rate))
    assert not off


@pytest.mark.slow
def test_telltales_of_scene_pairs_are_named_and_none_is_left(tmp_path: Path) -> None:
    found = debias(scene_pairs(tmp_path / "run", 150), seed=0)
    for group in found.after.groups[:2]:
        rate = group.rate("text classifier")
        assert rate is not None
        assert not rate.above
