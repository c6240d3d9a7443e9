"""The permutation test by image: against scipy, brute force and McNemar, and the laws it obeys."""

import itertools
import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.metrics import Outcome, tabulate
from evaluation.statistics import Permuted, mcnemar, permute_mean, permute_mr, permute_ra

RR, RW, WR, WW = Outcome
OUTCOME = st.sampled_from(Outcome)
PAIRED = st.lists(st.tuples(st.integers(0, 5), OUTCOME, OUTCOME), min_size=1, max_size=20)


def columns(pairs: list[tuple[int, Outcome, Outcome]]) -> tuple[list[str], list[Outcome], list[Outcome]]:
    return [str(image) for image, _, _ in pairs], [one for _, one, _ in pairs], [other for _, _, other in pairs]


def two_models(count: int, per_image: int = 1, seed: int = 0) -> tuple[list[str], list[Outcome], list[Outcome]]:
    chance = random.Random(seed)
    first = chance.choices(list(Outcome), weights=[6, 2, 1, 1], k=count)
    other = chance.choices(list(Outcome), weights=[6, 2, 1, 1], k=count)
    second = [one if chance.random() < 0.2 else two for one, two in zip(first, other, strict=True)]
    return [str(number // per_image) for number in range(count)], first, second


def rate(outcomes: list[Outcome], of: str) -> float | None:
    table = tabulate(outcomes)
    return table.ra if of == "ra" else table.mr


@given(PAIRED, st.sampled_from(["ra", "mr"]))
@settings(max_examples=60, deadline=None)
def test_equals_swapping_every_set_of_images_by_hand(pairs: list[tuple[int, Outcome, Outcome]], of: str) -> None:
    images, first, second = columns(pairs)
    names = sorted(set(images))
    ours, theirs = rate(first, of), rate(second, of)
    found = (permute_ra if of == "ra" else permute_mr)(images, first, second)
    if ours is None or theirs is None:
        assert (found.difference, found.p) == (None, None)
        return
    far = 0
    for swaps in itertools.product([False, True], repeat=len(names)):
        swapped = dict(zip(names, swaps, strict=True))
        one = rate([b if swapped[image] else a for image, a, b in zip(images, first, second, strict=True)], of)
        other = rate([a if swapped[image] else b for image, a, b in zip(images, first, second, strict=True)], of)
        far += one is None or other is None or abs(one - other) >= abs(ours - theirs) - 1e-9
    assert found.exact
    assert found.difference == pytest.approx(ours - theirs, abs=1e-12)
    assert found.p == pytest.approx(far / 2 ** len(names), abs=1e-12)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=9))
@settings(max_examples=25, deadline=None)
def test_equals_scipy_with_an_image_a_pair(values: list[tuple[int, int]]) -> None:
    first, second = [float(one) for one, _ in values], [float(other) for _, other in values]
    theirs = stats.permutation_test(
        (np.array(first), np.array(second)),
        lambda one, other, axis: np.mean(one - other, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=np.inf,
        alternative="two-sided",
    )
    assert permute_mean([str(at) for at in range(len(values))], first, second).p == pytest.approx(
        float(theirs.pvalue), abs=1e-9
    )


@given(st.integers(0, 150), st.integers(0, 150))
@settings(deadline=None)
def test_ra_with_an_image_a_pair_is_exact_mcnemar(only_first: int, only_second: int) -> None:
    """However many pairs differ: there are only two kinds of image, so all arrangements are counted."""
    first = [RR] * only_first + [WW] * only_second + [RW] * 5
    second = [RW] * only_first + [RR] * only_second + [WR] * 5
    found = permute_ra([str(at) for at in range(len(first))], first, second)
    assert found.exact
    assert found.images == only_first + only_second
    assert found.p == pytest.approx(mcnemar(only_first, only_second).p, abs=1e-9)


def test_drawing_comes_near_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    images, first, second = two_models(60, per_image=5, seed=2)
    for test in (permute_ra, permute_mr):
        exact = test(images, first, second)
        with monkeypatch.context() as patched:
            patched.setattr("evaluation.statistics.permutation.MOST_ENUMERATED", 0)
            drawn = test(images, first, second, draws=20_000)
        assert (exact.exact, drawn.exact) == (True, False)
        assert exact.p is not None
        assert 0.05 < exact.p < 0.95
        assert drawn.p == pytest.approx(exact.p, abs=0.015)  # four standard errors
        assert drawn.difference == exact.difference


def test_drawn_p_is_never_zero_and_adds_one() -> None:
    images = [str(at // 3) for at in range(600)]
    chance = random.Random(0)
    first, second = [RR] * 600, chance.choices([WW, RW, RR], k=600)
    found = permute_mean(images, [1 + chance.random() for _ in images], [chance.random() for _ in images], draws=999)
    assert not found.exact
    assert found.p == 1 / 1_000
    assert permute_ra(images, first, second).p is not None


def test_same_seed_gives_the_same_p_in_any_order() -> None:
    images, first, second = two_models(300, per_image=5)
    order = random.Random(1).sample(range(300), 300)
    shuffled = [[column[at] for at in order] for column in (images, first, second)]
    for test in (permute_ra, permute_mr):
        found = test(images, first, second, seed=4)
        assert not found.exact
        assert test(shuffled[0], shuffled[1], shuffled[2], seed=4) == found  # type: ignore[arg-type]
        assert test(images, first, second, seed=5).p != found.p


@given(PAIRED)
@settings(max_examples=60, deadline=None)
def test_does_not_care_which_model_comes_first(pairs: list[tuple[int, Outcome, Outcome]]) -> None:
    images, first, second = columns(pairs)
    for test in (permute_ra, permute_mr):
        one, other = test(images, first, second), test(images, second, first)
        assert one.p == (None if other.p is None else pytest.approx(other.p, abs=1e-12))
        assert one.difference == (None if other.difference is None else pytest.approx(-other.difference, abs=1e-12))
        assert one.p is None or 0 < one.p <= 1


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=9), st.sampled_from([1e-12, 1e9])
)
@settings(max_examples=40, deadline=None)
def test_the_unit_of_a_figure_does_not_matter(values: list[tuple[int, int]], unit: float) -> None:
    images = [str(at // 2) for at in range(len(values))]
    first, second = [float(one) for one, _ in values], [float(other) for _, other in values]
    scaled = permute_mean(images, [unit * one for one in first], [unit * other for other in second])
    assert scaled.p == pytest.approx(permute_mean(images, first, second).p, abs=1e-12)


def test_pairs_of_one_image_count_once() -> None:
    """Thirty pairs differ, all one way: beyond doubt as thirty images, nothing at all as one."""
    first, second = [RR] * 30, [RW] * 30
    apart = permute_ra([str(at) for at in range(30)], first, second)
    together = permute_ra(["a"] * 30, first, second)
    assert apart.p == pytest.approx(2 / 2**30)
    assert together == Permuted(1.0, 1.0, 1, exact=True)


def test_nothing_to_tell() -> None:
    assert permute_ra([], [], []) == Permuted(None, None, 0, exact=True)
    assert permute_ra(["a", "b"], [RR, WW], [RR, WW]) == Permuted(0.0, 1.0, 0, exact=True)
    assert permute_mr(["a", "b"], [WW, WR], [RR, RW]).p is None


def test_three_hundred_pairs_take_a_moment() -> None:
    images, first, second = two_models(300, per_image=5)
    start = time.process_time()
    assert not permute_mr(images, first, second).exact
    assert not permute_ra(images, first, second).exact
    assert time.process_time() - start < 0.5  # 0.02 s on an idle core


def test_thousands_of_images_that_all_differ_alike_take_a_moment() -> None:
    """All arrangements are counted here, by numbers of images."""
    images = [str(at) for at in range(5_000)]
    start = time.process_time()
    found = permute_ra(images, [RR] * 2_600 + [WW] * 2_400, [RW] * 2_600 + [WW] * 2_400)
    assert time.process_time() - start < 1  # 0.1 s on an idle core
    assert found.exact
    assert found.p is not None
    assert found.p < 1e-300


def test_false_alarms_are_as_rare_as_the_level_says() -> None:
    """Two equal models, pairs of an image alike: at 5 %, McNemar's alarms are too many, this one's are not."""
    chance = random.Random(7)
    alarms = naive = 0
    for _ in range(300):
        first, second = [], []
        for _image in range(40):
            skills = chance.random() ** 2, chance.random() ** 2
            first += [RR if chance.random() < skills[0] else RW for _ in range(5)]
            second += [RR if chance.random() < skills[1] else RW for _ in range(5)]
        found = permute_ra([str(at // 5) for at in range(200)], first, second, draws=500)
        assert found.p is not None
        alarms += found.p <= 0.05
        only = [sum(a is RR and b is RW for a, b in zip(*of, strict=True)) for of in ((first, second), (second, first))]
        naive += mcnemar(only[0], only[1]).p <= 0.05
    assert alarms <= 27  # 15 expected, three standard errors
    assert naive > 40
