from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datagen.select import SelectSettings, quotas
from datagen.select.quotas import in_turn, shared_out
from schemas.config import checked
from schemas.errors import BadConfig

FALSE, TRUE = "false-premise", "true-premise"

supplies = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 1.0, 3.0]), st.integers(0, 40)), max_size=8)
cells = st.lists(
    st.tuples(st.sampled_from(["a/a", "a/b", "b/c", "b/d"]), st.sampled_from([FALSE, TRUE, "contrast"])), max_size=60
)
choices = st.builds(
    SelectSettings,
    categories=st.sampled_from(["even", "as-is"]) | st.just({"a/a": 0.7, "b/d": 0.3, "z/z": 1.0}),
    true_premise=st.sampled_from([None, 0.0, 0.25, 0.5]),
    contrast=st.sampled_from([None, 0.0, 0.3, 0.5]),
)


@settings(deadline=None)
@given(supplies, st.integers(0, 200))
def test_parts_add_up_and_stay_within_supply(offers: list[tuple[float, int]], total: int) -> None:
    weights, supply = [weight for weight, _ in offers], [there for _, there in offers]
    parts = shared_out(total, weights, supply).tolist()
    assert sum(parts) == min(total, sum(there for weight, there in offers if weight > 0))
    assert all(0 <= part <= there for part, there in zip(parts, supply, strict=True))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@settings(deadline=None)
@given(supplies, st.integers(0, 200))
def test_who_has_supply_left_is_at_the_level_of_all(offers: list[tuple[float, int]], total: int) -> None:
    """Water filling: nobody has more than his share of what somebody with supply left was given, but for rounding."""
    weights, supply = [weight for weight, _ in offers], [there for _, there in offers]
    parts = shared_out(total, weights, supply).tolist()
    with_weight = [(weight, part, there) for weight, part, there in zip(weights, parts, supply, strict=True) if weight]
    for weight, part, there in with_weight:
        if part < there:
            assert all(other / its <= (part + 1) / weight + 1 / its + 1e-9 for its, other, _ in with_weight)


def test_what_one_cannot_supply_goes_to_the_others() -> None:
    assert shared_out(100, [1, 1, 1, 1], [5, 20, 60, 90]).tolist() == [5, 20, 38, 37]


def test_fractions_go_up_by_largest_remainder() -> None:
    assert shared_out(10, [6, 3, 2], [100, 100, 100]).tolist() == [5, 3, 2]  # 5.45, 2.73, 1.82


@settings(deadline=None)
@given(cells, st.integers(0, 80), choices)
def test_quotas_are_filled_as_far_as_what_may_be_taken_goes(
    have: list[tuple[str, str]], target: int, how: SelectSettings
) -> None:
    found = quotas(have, target, how)
    supply = Counter(have)
    assert {(one.category, one.kind): one.supply for one in found} == supply
    assert all(0 <= one.wanted <= one.supply for one in found)
    excluded = {kind for kind, share in ((TRUE, how.true_premise), ("contrast", how.contrast)) if share == 0}
    assert not any(one.wanted for one in found if one.kind in excluded)
    if isinstance(how.categories, dict):
        assert not any(one.wanted for one in found if one.category not in how.categories)
    elif (how.true_premise or 0) + (how.contrast or 0) < 1:
        assert sum(one.wanted for one in found) == min(
            target, sum(there for (_, kind), there in supply.items() if kind not in excluded)
        )


def wanted(have: list[tuple[str, str]], target: int, **how: object) -> dict[tuple[str, str], int]:
    found = quotas(have, target, SelectSettings.model_validate(how))
    return {(one.category, one.kind): one.wanted for one in found if one.wanted}


HAVE = [*[("a/a", FALSE)] * 60, *[("a/a", TRUE)] * 20, *[("a/b", FALSE)] * 10, *[("b/c", FALSE)] * 27] + [
    ("b/c", TRUE)
] * 3


def test_categories_are_even_and_kinds_as_supplied() -> None:
    assert wanted(HAVE, 50) == {
        ("a/a", FALSE): 15, ("a/a", TRUE): 5, ("a/b", FALSE): 10, ("b/c", FALSE): 18, ("b/c", TRUE): 2,
    }  # fmt: skip


def test_categories_can_stay_as_they_are() -> None:
    assert wanted(HAVE, 12, categories="as-is") == {
        ("a/a", FALSE): 6, ("a/a", TRUE): 2, ("a/b", FALSE): 1, ("b/c", FALSE): 3,
    }  # fmt: skip


def test_named_categories_alone_are_taken_and_fill_up_for_each_other() -> None:
    assert wanted(HAVE, 40, categories={"a/b": 0.75, "b/c": 0.25}) == {
        ("a/b", FALSE): 10, ("b/c", FALSE): 27, ("b/c", TRUE): 3,
    }  # fmt: skip


def test_a_share_of_true_premises_holds_in_each_category_as_far_as_it_can() -> None:
    assert wanted(HAVE, 30, true_premise=0.5) == {
        ("a/a", FALSE): 5, ("a/a", TRUE): 5, ("a/b", FALSE): 10, ("b/c", FALSE): 7, ("b/c", TRUE): 3,
    }  # fmt: skip
    assert not any(kind == TRUE for _, kind in wanted(HAVE, 1_000, true_premise=0.0))


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=6))
def test_every_beginning_holds_of_each_list_about_its_share(lengths: list[int]) -> None:
    starts = np.cumsum([0, *lengths])
    merged = in_turn([np.arange(start, start + length) for start, length in zip(starts, lengths, strict=False)])
    of_list = np.searchsorted(starts, merged, side="right") - 1
    assert sorted(merged.tolist()) == list(range(sum(lengths)))
    for number, length in enumerate(lengths):
        mine = of_list == number
        assert (np.diff(merged[mine]) > 0).all()  # in their own order
        cuts = np.arange(1, len(merged) + 1)
        assert (np.abs(np.cumsum(mine) - cuts * length / max(len(merged), 1)) <= 1 + len(lengths) / 2).all()


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"categories": "evenly"}, "should be 'even' or 'as-is'"),
        ({"categories": {}}, "names none"),
        ({"categories": {"number": 1.0}}, "'number' is not of the form"),
        ({"categories": {"attribute/number": 0.0}}, "greater than 0"),
        ({"categories": {"attribute/number": "half"}}, "valid number"),
        ({"true_premise": 0.7, "contrast": 0.6}, "add up to 1.3"),
        ({"quality_weight": 1.5}, "less than or equal to 1"),
        ({"qualty_weight": 0.5}, "unknown key"),
    ],
)
def test_wrong_settings_are_refused_in_one_line(given_: dict[str, object], said: str) -> None:
    with pytest.raises(BadConfig) as caught:
        checked(SelectSettings, given_, where="leadproof.toml [select]")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
