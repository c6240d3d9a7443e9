"""What a model costs to run: shown with its unit where it was measured, left out where it was not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.board.efficiency import FIGURES, measured, shown
from tests.evaluation.board.made import EFFICIENCY

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def told(found: dict[str, object]) -> dict[str, str | None]:
    return {figure.key: shown(figure, measured(found)) for figure in FIGURES}


def test_figures_have_their_units() -> None:
    assert told(EFFICIENCY) == {
        "parameters": "3.18 B", "parameters_vision": "428 M", "parameters_language": "2.70 B",
        "image_resolution": "384", "vision_tokens": "729", "prefill_flops": "4.61 T",
        "time_to_first_token_s": "0.183", "tokens_per_s": "31.3", "peak_memory_bytes": "6.84", "device": "cuda",
        "dtype": "bfloat16", "prompt_tokens": "801", "memory": "cuda-allocated",
        "training_samples": None, "gpu_hours": None,
    }  # fmt: skip


@pytest.mark.parametrize("odd", [None, True, -1, float("nan"), float("inf"), 10**400, [], ["x"], {}, " "])
def test_what_is_no_figure_is_left_out(odd: object) -> None:
    assert measured({figure.key: odd for figure in FIGURES}) == {}


def test_nothing_measured_is_nothing() -> None:
    assert measured(None) == measured({}) == measured({"other": 3}) == {}


def test_a_measured_zero_is_a_figure() -> None:
    assert told({"parameters_vision": 0})["parameters_vision"] == "0"


def test_an_image_may_have_two_sides() -> None:
    assert told({"image_resolution": [384, 512]})["image_resolution"] == "384 × 512"


@given(st.fixed_dictionaries({figure.key: JSON for figure in FIGURES}))
def test_whatever_the_file_holds_a_short_text_or_nothing_is_shown(found: dict[str, object]) -> None:
    for text in told(found).values():
        assert text is None or 0 < len(text) <= 120
