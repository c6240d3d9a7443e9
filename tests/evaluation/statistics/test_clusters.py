"""The design effect: against statsmodels' cluster-robust variance, and where it is known."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS

from evaluation.statistics import design_effect

PAIRS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from([-1.0, 0.0, 1.0])), min_size=3, max_size=60)


@given(PAIRS)
def test_equals_statsmodels_cluster_robust_variance(pairs: list[tuple[int, float]]) -> None:
    images, values = [str(image) for image, _ in pairs], [value for _, value in pairs]
    found = design_effect(images, values)
    if found is None:
        assert len(set(images)) < 2 or len(set(values)) == 1
        return
    mean_alone = OLS(np.array(values), np.ones(len(values)))
    clustered = mean_alone.fit(cov_type="cluster", cov_kwds={"groups": np.array([image for image, _ in pairs])})
    alone = mean_alone.fit().bse[0] ** 2
    assert found == pytest.approx(clustered.bse[0] ** 2 / alone, abs=1e-9)


def test_is_one_with_an_image_a_pair_and_the_pairs_an_image_where_all_agree() -> None:
    chance = random.Random(0)
    values = [float(chance.random() < 0.4) for _ in range(200)]
    assert design_effect([str(number) for number in range(200)], values) == pytest.approx(1)
    repeated = [value for value in values for _ in range(5)]
    images = [str(number // 5) for number in range(1_000)]
    assert design_effect(images, repeated) == pytest.approx(5, rel=0.01)


def test_nothing_to_tell_from() -> None:
    assert design_effect([], []) is None
    assert design_effect(["a", "a"], [0.0, 1.0]) is None
    assert design_effect(["a", "b"], [1.0, 1.0]) is None
