from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datagen.filters.verification.decision import votes_table
from datagen.filters.verification.votes import Ballot
from datagen.select import PARTS, QualitySettings, quality
from schemas import Option, Pair, Provenance, Question
from schemas.config import checked
from schemas.errors import BadConfig
from schemas.tables import pair_row, to_table

COLORS = ("The car is blue.", "The car is red.", "The car is gray.", "The car is green.")
STORED = {
    "difficulty.difficulty": "dividing",
    "grounding.fact": "grounded",
    "difficulty.blind": "blind",
    "option_similarity.closest": "distinct",
    "caption_copying.copied": "uncopied",
    "structure.option_words": "brief",
}


def question(text: str, options: Sequence[str], answer: int = 0) -> Question:
    return Question(
        text=text,
        image="path:a.jpg",
        options=tuple(Option(text=one) for one in options),
        answer=answer,
        order=tuple(range(len(options))),
    )


def pair(
    *,
    positive: str = "Which color has the vehicle?",
    negative: str = "Who painted it like that?",
    options: Sequence[str] = COLORS,
    negative_options: Sequence[str] | None = None,
    answer: int = 0,
    kind: str = "false-premise",
    **said: str,
) -> Pair:
    fields: dict[str, object] = {
        "kind": kind,
        "category": "attribute/color&texture",
        "positive": question(positive, options, answer),
        "negative": question(negative, options if negative_options is None else negative_options, answer),
        "provenance": Provenance(generator="test"),
    }
    return Pair.model_validate(fields | said)


def table(*pairs: Pair, **columns: Sequence[object]) -> pa.Table:
    made = to_table("pairs", [pair_row(one) for one in pairs])
    for name, values in columns.items():
        made = made.append_column(name.replace("__", "."), pa.array(values))
    return made


def part(name: str, *pairs: Pair, **columns: Sequence[object]) -> list[float | None]:
    found: list[float | None] = quality(table(*pairs, **columns)).parts[name].to_pylist()
    return found


def test_every_part_has_a_weight_and_every_weight_a_part() -> None:
    assert list(QualitySettings.model_fields) == list(PARTS)


def test_a_part_that_was_not_measured_is_null_and_counted() -> None:
    found = quality(table(pair(), pair(answer=1), structure__option_words=[30, None]))
    assert found.parts["brief"].to_pylist() == [0.5, None]
    assert found.parts["confirmed"].null_count == 2
    assert found.measured["brief"] == 1
    assert found.measured["confirmed"] == 0
    assert found.measured["balance"] == 2


@settings(deadline=None)
@given(
    st.lists(st.tuples(*[st.none() | st.floats(0, 1)] * len(STORED)), min_size=1, max_size=4),
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 7.0]), min_size=len(STORED), max_size=len(STORED)).filter(any),
)
def test_the_score_is_the_weighted_mean_of_what_was_measured(
    rows: list[tuple[float | None, ...]], weights: list[float]
) -> None:
    weight = dict.fromkeys(PARTS, 0.0) | dict(zip(STORED.values(), weights, strict=True))
    columns = {
        name.replace(".", "__"): pa.array(values, pa.float64())
        for name, values in zip(STORED, zip(*rows, strict=True), strict=True)
    }
    made = table(*[pair()] * len(rows), **columns, grounding__premise=[0.5] * len(rows))
    found = quality(made, QualitySettings.model_validate(weight))
    assert found.parts.column_names == ["pair_id", *(name for name in PARTS if weight[name])]
    for score, parts in zip(found.score.tolist(), found.parts.to_pylist(), strict=True):
        there = {name: value for name, value in parts.items() if name != "pair_id" and value is not None}
        assert all(0 <= value <= 1 for value in there.values())
        if there:
            mean = sum(weight[name] * value for name, value in there.items()) / sum(weight[name] for name in there)
            assert score == pytest.approx(mean)
        else:
            assert np.isnan(score)


def test_what_was_not_measured_neither_helps_nor_hurts() -> None:
    made = table(pair(), pair(), option_similarity__closest=[0.2, 0.2], caption_copying__copied=[0.2, None])
    only = dict.fromkeys(PARTS, 0.0) | {"distinct": 1.0, "uncopied": 1.0}
    assert quality(made, QualitySettings.model_validate(only)).score.tolist() == pytest.approx([0.8, 0.8])


def test_no_pairs_have_no_scores() -> None:
    found = quality(table())
    assert len(found.score) == 0
    assert found.parts.num_rows == 0
    assert set(found.measured.values()) == {0}


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (dict.fromkeys(PARTS, 0.0), "every weight is 0"),
        ({"balance": -1.0}, "greater than or equal to 0"),
        ({"balanse": 1.0}, "Did you mean balance?"),
    ],
)
def test_weights_that_cannot_rank_are_refused(given_: dict[str, float], said: str) -> None:
    with pytest.raises(BadConfig) as caught:
        checked(QualitySettings, given_, where="leadproof.toml [quality]")
    assert said in str(caught.value)


def test_confirmed_is_the_share_of_verifiers_that_hold_nothing_against_the_pair() -> None:
    def ballots(*firsts: str | None) -> list[Ballot]:
        return [
            Ballot("id", f"model {number}", {"positive": [vote, vote]} if vote else {}, None if vote else "refused")
            for number, vote in enumerate(firsts)
        ]

    rows = [ballots("key", "key"), ballots("key", "option 2"), ballots("key", None), ballots(None), None]
    votes = votes_table(rows)
    columns = {f"verify__{name}": votes[name].combine_chunks() for name in votes.column_names}
    assert part("confirmed", *[pair()] * 5, **columns) == [1.0, 0.5, 1.0, None, None]


def test_a_pair_that_half_of_the_answers_get_wrong_divides_most() -> None:
    assert part("dividing", *[pair()] * 4, difficulty__difficulty=[0.0, 0.25, 0.5, 1.0]) == [0, 0.75, 1, 0]


def test_blind_is_best_up_to_chance() -> None:
    assert part("blind", *[pair()] * 4, difficulty__blind=[0.0, 0.25, 0.625, 1.0]) == [1, 1, 0.5, 0]


def test_chance_depends_on_the_number_of_options() -> None:
    two = pair(options=COLORS[:2])
    assert part("blind", two, pair(), difficulty__blind=[0.5, 0.5]) == [1, pytest.approx(2 / 3)]


def test_grounded_is_the_probability_of_the_fact() -> None:
    fact, premise = [0.25, 0.27, 0.20], [0.25, 0.25, 0.25]
    found = part("grounded", *[pair()] * 3, grounding__fact=fact, grounding__premise=premise)
    assert found == pytest.approx([0.5, 1 / (1 + np.exp(-2)), 1 / (1 + np.exp(5))])


def test_a_true_premise_is_neither_grounded_nor_plausible() -> None:
    true = pair(kind="true-premise", fact="The car is blue.", premise="The car is blue.")
    assert part("grounded", true, grounding__fact=[0.3], grounding__premise=[0.3]) == [None]
    assert part("plausible", true) == [None]


def test_a_premise_is_plausible_as_far_as_it_says_what_the_fact_says() -> None:
    fact = "The car is blue."
    close = pair(fact=fact, premise="The car is red.")
    far = pair(fact=fact, premise="A man of about forty is riding a horse in the rain.")
    assert part("plausible", close, far, pair(fact=fact), pair()) == [0.75, pytest.approx(2 / 11), None, None]
    assert part("plausible", pair(fact="车是蓝色的", premise="车是红色的")) == [0.8]


def test_balance_falls_as_the_right_option_stands_out_in_either_half() -> None:
    long = ("The car over there is painted in a dark blue.", "Red.", "Gray.", "Green.")
    even, longest, shortest = pair(), pair(negative_options=long), pair(options=long, answer=1)
    found = [value or 0.0 for value in part("balance", even, longest, shortest)]
    assert found[0] > 0.9
    assert found[1] == pytest.approx(np.mean([4, 5, 6]) / 45)  # the positive half's is higher
    assert found[2] < 0.3


def test_overlap_tells_whether_the_question_points_to_the_right_option() -> None:
    right, wrong = pair(positive="Is the car blue?"), pair(positive="Is the car red?")
    none = pair(positive="Which?", negative="Why?")
    both = pair(positive="Is the car blue or red?")  # one guess of two, where chance is one of four
    assert part("overlap", right, wrong, none, both) == [0, 1, 1, pytest.approx(2 / 3)]


def test_overlap_counts_the_share_of_an_options_words() -> None:
    long = ("Blue car, as far as that goes and nobody would ever say anything else of it", "Red car", "No", "Gray")
    assert part("overlap", pair(positive="Blue car?", options=long, negative_options=COLORS)) == [1]


def test_agreeing_with_a_true_premise_is_no_leak() -> None:
    leading = "Isn't the car blue?"
    assert part("overlap", pair(negative=leading), pair(negative=leading, kind="true-premise")) == [0, 1]


def test_distinct_and_uncopied_are_what_the_filters_did_not_find() -> None:
    assert part("distinct", pair(), option_similarity__closest=[0.3]) == [pytest.approx(0.7)]
    assert part("uncopied", pair(), caption_copying__copied=[0.75]) == [pytest.approx(0.25)]


def test_a_short_caption_is_hardly_quoted() -> None:
    found = part(
        "uncopied", *[pair()] * 3, caption_copying__copied=[0.8, 0.8, None], caption_copying__words=[9, 3, None]
    )
    assert found == [pytest.approx(0.2), pytest.approx(0.6), None]


def test_brief_falls_above_fifteen_words() -> None:
    assert part("brief", *[pair()] * 3, structure__option_words=[3, 15, 30]) == [1, 1, 0.5]


def test_open_questions_have_no_options_to_compare() -> None:
    open_ = pair(options=["A blue car."])
    columns = {"difficulty__blind": [0.5]}
    assert [part(name, open_, **columns) for name in ("balance", "overlap", "blind")] == [[None]] * 3


def test_where_one_half_is_open_the_other_counts() -> None:
    half_open = pair(positive="Is the car blue?", negative_options=["A blue car."])
    assert part("overlap", half_open) == [0]


def test_batches_and_slices_score_as_one_table() -> None:
    pairs = [pair(positive=f"Is the car {color}?", answer=place % 4) for place, color in enumerate("abcdefgh")]
    whole = table(*pairs, caption_copying__copied=[place / 8 for place in range(8)])
    parts = pa.concat_tables([whole.slice(0, 3), whole.slice(3, 5)])
    assert quality(parts).score.tolist() == quality(whole).score.tolist()
    assert quality(whole.slice(5)).score.tolist() == quality(whole).score.tolist()[5:]
