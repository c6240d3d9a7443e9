"""Image-text scores of what a pair states."""

from collections.abc import Sequence

import pytest

from datagen.filters.grounding import Grounding, GroundingSettings, Stated, measure
from schemas.ledger import Drop
from tests.datagen.filters.test_filters import CLEAN, pair, table

BLUE = pair(fact="The car is blue.", premise="The car is red.")
TRUE = pair(kind="true-premise", fact="The car is blue.", premise="The car is blue.")
UNSTATED = CLEAN


class Model:
    """Scores from a table; counts what it is asked."""

    def __init__(self, scores: dict[str, float | None]) -> None:
        self.scores = scores
        self.asked: list[Stated] = []

    def __call__(self, stated: Sequence[Stated]) -> list[float | None]:
        self.asked += stated
        return [self.scores.get(one.text) for one in stated]


MODEL = {"The car is blue.": 0.31, "The car is red.": 0.26}


def decided(settings: GroundingSettings | None) -> list[Drop]:
    rows = table(BLUE, TRUE, UNSTATED)
    return Grounding(settings).decide(measure(rows, Model(dict(MODEL))).append_column("pair_id", rows["pair_id"]))


def test_fact_premise_and_the_margin_between_them() -> None:
    (row,) = measure(table(BLUE), Model(dict(MODEL))).to_pylist()
    assert (row["fact"], row["premise"]) == (0.31, 0.26)
    assert row["margin"] == pytest.approx(0.05)


def test_a_true_premise_has_no_margin_and_an_unstated_one_no_score() -> None:
    true, unstated = measure(table(TRUE, UNSTATED), Model(dict(MODEL))).to_pylist()
    assert true == {"fact": 0.31, "premise": 0.31, "margin": None}
    assert unstated == {"fact": None, "premise": None, "margin": None}


def test_each_image_and_statement_is_asked_about_once() -> None:
    model = Model(dict(MODEL))
    other = pair(image="path:b.jpg", fact="The car is blue.", premise="The car is red.")
    measure(table(BLUE, TRUE, UNSTATED, other), model)
    assert model.asked == [
        Stated(image, text)
        for image in ("path:a.jpg", "path:b.jpg")
        for text in ("The car is blue.", "The car is red.")
    ]


def test_without_statements_the_model_is_not_asked() -> None:
    model = Model({})
    assert measure(table(UNSTATED), model).num_rows == 1
    assert measure(table(), model).num_rows == 0
    assert model.asked == []


def test_an_image_that_is_not_at_hand_is_not_measured() -> None:
    assert measure(table(BLUE), Model({"The car is blue.": 0.3})).to_pylist() == [
        {"fact": 0.3, "premise": None, "margin": None}
    ]


def test_scores_that_do_not_fit_what_was_asked_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        measure(table(BLUE), lambda stated: [0.1] * (len(stated) + 1))


def test_nothing_is_dropped_unless_a_margin_is_asked_for() -> None:
    assert decided(None) == []
    assert decided(GroundingSettings(min_margin=0.04)) == []
    (drop,) = decided(GroundingSettings(min_margin=0.06))
    assert (drop.pair_id, drop.reason, drop.threshold) == (BLUE.pair_id, "not-grounded", 0.06)
    assert drop.score == pytest.approx(0.05)


def test_a_batch_by_itself_is_not_measured() -> None:
    assert Grounding().score(table(BLUE)).to_pylist() == [{"fact": None, "premise": None, "margin": None}]
