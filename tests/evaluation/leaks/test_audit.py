"""The audit: planted leaks found with honest intervals, nothing found where nothing is, degenerate sets told so."""

import random
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.leaks import Audit, Group, asked_of, audit, blind_scores
from evaluation.leaks.audit import CLASSIFIER, LONGEST, OPENING, OVERLAP
from evaluation.leaks.options import flat
from evaluation.leaks.rates import BlindRate, blind_rate
from evaluation.leaks.strategies import opening
from evaluation.statistics import wilson_of_share
from schemas import Option, Pair, Question
from schemas.errors import MissingExtra
from tests.evaluation.leaks.blind_pairs import pairs, question


def rate(group: Group, strategy: str) -> BlindRate:
    found = group.rate(strategy)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def clean() -> Audit:
    return audit(pairs(450))


def test_nothing_is_above_chance_where_nothing_leaks(clean: Audit) -> None:
    for group in clean.groups[:2]:
        for one in group.rates:
            assert one.chance == 0.25
            assert one.interval.low <= 0.27, one
            assert one.interval.high >= 0.23, one
            assert one.few == (one.strategy == OVERLAP and group is clean.positive)


def test_denial_is_right_by_construction_in_false_premises_alone(clean: Audit) -> None:
    assert rate(clean.false_premise, OVERLAP).accuracy == 0.0
    assert rate(clean.leading, OVERLAP).interval.high > 0.25
    assert rate(clean.false_premise, CLASSIFIER).above


@pytest.mark.parametrize(
    ("strategy", "wrong", "right"),
    [
        (LONGEST, "It is {}.", "It is {} all over."),
        (OPENING, "It is {}.", "Look: {}."),
        (CLASSIFIER, "It is {}.", "It is {}!"),
    ],
)
def test_planted_leak_is_found_in_both_polarities(strategy: str, wrong: str, right: str) -> None:
    def wrote(color: str, is_right: bool, chance: random.Random) -> str:
        return (right if is_right and chance.random() < 0.5 else wrong).format(color)

    found = audit(pairs(300, wrote=wrote), classify=strategy == CLASSIFIER)
    for group in (found.positive, found.leading):
        assert rate(group, strategy).interval.low > 0.4
        assert all(rate_.above for rates in group.by_category.values() for rate_ in rates if rate_.strategy == strategy)


def test_constant_letter_is_told_letter_by_letter() -> None:
    found = audit(pairs(60, shuffle=False), classify=False)
    assert [rate(found.positive, f"always {letter}").accuracy for letter in "ABCD"] == [1.0, 0.0, 0.0, 0.0]
    assert rate(found.positive, "always A").above
    assert rate(found.positive, "always B").below


def test_all_images_alike_give_wilson_and_not_a_point() -> None:
    one = rate(audit(pairs(90, shuffle=False), classify=False).positive, "always A")
    assert one.few
    assert one.interval == wilson_of_share(1.0, 30, how="wilson-images")
    assert one.interval.low < 0.9


def test_few_images_say_so() -> None:
    assert all(one.few for one in audit(pairs(30), classify=False).positive.rates)


def test_one_image_alone_leaves_out_what_learns() -> None:
    found = audit(pairs(3))
    assert set(found.positive.not_measured) == {OPENING, CLASSIFIER}
    assert "one image" in found.positive.not_measured[CLASSIFIER]
    assert rate(found.positive, LONGEST).images == 1


def test_no_pairs_make_an_empty_audit() -> None:
    found = audit([])
    assert [(group.questions, group.rates) for group in found.groups] == [(0, ())] * 3


def test_open_pairs_are_counted_and_left_out() -> None:
    some = pairs(12)
    alone = Question(text="What?", image="path:0.jpg", options=(Option(text="A cat."),), answer=0, order=(0,))
    found = audit([*some, some[0].model_copy(update={"positive": alone})], classify=False)
    assert (found.open_pairs, found.positive.questions) == (1, 12)


def test_chance_is_the_mean_over_questions_of_unequal_numbers_of_options() -> None:
    mixed = [*pairs(30, options=2), *(one for one in pairs(30, seed=1, options=8))]
    found = audit(mixed, classify=False)
    assert found.positive.rates[0].chance == pytest.approx((1 / 2 + 1 / 8) / 2)
    assert rate(found.positive, "always H").questions == 60


def test_same_seed_gives_the_same_in_whatever_order() -> None:
    some = pairs(60)
    assert audit(some, seed=3).to_json() == audit(some, seed=3).to_json()
    turned, straight = audit(some[::-1], seed=3), audit(some, seed=3)
    for one, other in zip(turned.groups, straight.groups, strict=True):
        assert [rate.interval for rate in one.rates] == [rate.interval for rate in other.rates]
        assert [rate.accuracy for rate in one.rates] == pytest.approx([rate.accuracy for rate in other.rates])
    assert audit(some, seed=4).to_json() != audit(some, seed=3).to_json()


def test_classifier_is_named_where_its_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction.text", None)
    found = audit(pairs(12))
    assert found.positive.rate(CLASSIFIER) is None
    assert "leadproof[embed]" in found.positive.not_measured[CLASSIFIER]
    with pytest.raises(MissingExtra, match=r"leadproof\[embed\]"):
        blind_scores(asked_of(pairs(12)).positive)


def test_what_learns_never_reads_the_image_it_learnt_from() -> None:
    chance = random.Random(0)
    learnable: list[Pair] = []
    for place, one in enumerate(pairs(60, per_image=3)):  # an opening of its own for each image: no help on others
        texts = [f"Code{place // 3}x is it." if at == 0 else f"Code{place // 3}y{at} is it." for at in range(4)]
        half = question("Which?", texts, one.positive.image, chance)
        learnable.append(one.model_copy(update={"positive": half}))
    asked = asked_of(learnable).positive
    assert set(flat(asked).credit(opening(asked, seed=0))) == {0.25}


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_interval_holds_the_accuracy(found: list[tuple[int, bool]]) -> None:
    images = [str(image) for image, _ in found]
    credit = np.array([float(right) for _, right in found])
    one = blind_rate("x", images, credit, np.full(len(found), 0.25), resamples=200)
    assert 0 <= one.interval.low <= one.accuracy + 1e-9
    assert one.accuracy - 1e-9 <= one.interval.high <= 1
    assert one.interval.high > one.interval.low


def test_bootstrap_is_as_wide_as_the_images_say_and_not_the_questions() -> None:
    right = np.random.default_rng(0).random(100) < 0.5
    of_images = blind_rate("x", [str(one) for one in range(100)], right.astype(np.float64), np.full(100, 0.5))
    repeated = np.repeat(right, 9).astype(np.float64)
    asked_nine_times = blind_rate("x", [str(one // 9) for one in range(900)], repeated, np.full(900, 0.5))
    half = 1.96 * (right.mean() * (1 - right.mean()) / 100) ** 0.5
    for one in (of_images, asked_nine_times):
        assert (one.interval.high - one.interval.low) / 2 == pytest.approx(half, rel=0.1)


def test_ties_count_as_drawing_lots() -> None:
    asked = asked_of(pairs(4)).positive
    assert flat(asked).credit(np.zeros(16)).tolist() == [0.25] * 4
