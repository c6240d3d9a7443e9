from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from datagen.select import Pool, Selection, SelectSettings, pool_of, quality, select
from datagen.select.pool import word_vectors
from schemas.errors import BadInput
from schemas.tables import to_table

CATEGORIES = ("attribute/number", "attribute/shape", "context/relation")
KINDS = ("false-premise", "false-premise", "false-premise", "true-premise")
THINGS = ("car", "dog", "cup", "sign", "tree")
SAID = ("red", "round", "left of a lamp", "made of wood", "one of two")


def row(number: int, *, image: str | None = None) -> dict[str, object]:
    thing, said, other = (words[number // step % 5] for words, step in ((THINGS, 1), (SAID, 5), (SAID, 7)))
    half = {
        "text": f"Is the {thing} {said}?",
        "image": image or f"path:{number // 4}.jpg",
        "options": [{"text": "Yes", "role": "plain"}, {"text": "No", "role": "plain"}],
        "answer": 0,
        "order": [0, 1],
        "language": "en",
    }
    return {
        "pair_id": f"{number * 7919 % 100_003:020x}",
        "kind": KINDS[number % 4],
        "category": CATEGORIES[number % 7 % 3],
        "positive": half,
        "negative": half,
        "fact": f"The {thing} is {said}.",
        "premise": f"The {thing} is {other}.",
        "provenance": {"generator": "test"},
        "verification": "unverified",
    }


def pairs(count: int) -> pa.Table:
    return to_table("pairs", [row(number) for number in range(count)])


def known(count: int, seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).random(count)


def vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(count, 16))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn.astype(np.float32)


def cells(selection: Selection, table: pa.Table) -> Counter[tuple[str, str]]:
    of = {one["pair_id"]: (one["category"], one["kind"]) for one in table.to_pylist()}
    return Counter(of[pair_id] for pair_id in selection.chosen)


def test_quotas_are_kept_and_every_pair_is_accounted_for() -> None:
    table = pairs(200)
    found = select(pool_of(table, known(200), vectors(200)), 60)
    assert len(found.chosen) == len(set(found.chosen)) == 60
    assert cells(found, table) == {(one.category, one.kind): one.wanted for one in found.quotas}
    assert sorted([*found.chosen, *(drop.pair_id or "" for drop in found.drops)]) == sorted(
        table["pair_id"].to_pylist()
    )
    assert found.diversity == "embedding"
    assert found.split == ()
    assert found.missing == 0


def test_each_drop_tells_the_quota_it_was_outside_of() -> None:
    table = pairs(200)
    scores = known(200)
    found = select(pool_of(table, scores, vectors(200)), 60)
    quality_of = dict(zip(table["pair_id"].to_pylist(), scores.tolist(), strict=True))
    supply = {f"{one.category}, {one.kind}: {one.wanted} of {one.supply} wanted" for one in found.quotas}
    assert {drop.reason for drop in found.drops} == {"outside-target"}
    assert {drop.detail for drop in found.drops} == supply
    assert all(drop.score == quality_of[drop.pair_id or ""] for drop in found.drops)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.integers(0, 90), st.booleans())
def test_the_order_of_rows_plays_no_part(seed: int, target: int, embedded: bool) -> None:
    table, scores = pairs(80), np.round(known(80), 1)
    given_ = np.repeat(vectors(20), 4, axis=0) if embedded else None  # equal ones, so that there are ties
    shuffled = np.random.default_rng(seed).permutation(80)
    one = select(pool_of(table, scores, given_), target)
    other = select(
        pool_of(table.take(shuffled), scores[shuffled], None if given_ is None else given_[shuffled]), target
    )
    assert one == other


def test_every_beginning_of_the_ranks_is_balanced() -> None:
    table = pairs(300)
    found = select(pool_of(table, known(300), vectors(300)), 120)
    wanted = {(one.category, one.kind): one.wanted for one in found.quotas}
    for cut in (12, 30, 60, 90):
        beginning = Counter(cells(Selection(found.chosen[:cut], (), (), 0, "words", ()), table))
        assert all(abs(beginning[cell] - cut * count / 120) <= 2 for cell, count in wanted.items())


def test_takes_all_and_says_so_where_more_are_wanted_than_there_are() -> None:
    found = select(pool_of(pairs(40), known(40), vectors(40)), 100)
    assert len(found.chosen) == 40
    assert found.missing == 60
    assert found.drops == ()


def test_names_what_the_settings_leave_out() -> None:
    found = select(pool_of(pairs(40), known(40)), 40, SelectSettings(true_premise=0.0))
    assert {drop.detail for drop in found.drops} == {
        f"{one.category}, true-premise: 0 of {one.supply} wanted" for one in found.quotas if one.kind == "true-premise"
    }
    assert found.missing == len(found.drops) == 10


def test_nothing_is_chosen_of_nothing() -> None:
    found = select(pool_of(pairs(0), known(0)), 5)
    assert (found.chosen, found.drops, found.quotas, found.missing) == ((), (), (), 5)


def test_words_stand_in_for_vectors_and_the_result_says_so() -> None:
    assert select(pool_of(pairs(40), known(40)), 10).diversity == "words"


def test_pairs_of_unknown_quality_come_after_known_ones_and_are_not_given_a_score() -> None:
    table = to_table("pairs", [row(0) | {"pair_id": f"{number:020x}"} for number in range(4)])
    scores = np.array([np.nan, 0.3, np.nan, 0.6])
    found = select(pool_of(table, scores), 2)
    assert found.chosen == (f"{3:020x}", f"{1:020x}")
    assert [drop.score for drop in found.drops] == [None, None]


def test_prefers_other_images_where_texts_are_alike() -> None:
    rows = [row(0, image=image) | {"pair_id": name} for name, image in (("1", "a"), ("2", "a"), ("3", "b"))]
    pool = pool_of(to_table("pairs", rows), np.full(3, 0.5))
    assert select(pool, 2).chosen == ("1", "3")
    assert select(pool, 2, SelectSettings(image_weight=0.0)).chosen == ("1", "2")


def test_features_have_the_cosine_that_is_told() -> None:
    rows = [row(0, image=image) | {"pair_id": name} for name, image in (("2", "b"), ("0", "a"), ("1", "a"))]
    given_ = vectors(3)
    features = pool_of(to_table("pairs", rows), np.ones(3), given_).features(np.arange(3), 0.25)
    by_id = given_[[1, 2, 0]]
    same_image = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    assert features @ features.T == pytest.approx(0.75 * by_id @ by_id.T + 0.25 * same_image, abs=1e-6)


def test_word_vectors_are_closer_where_rarer_words_are_shared() -> None:
    facts = ["The mushroom is red.", "The mushroom is gray.", "The kite is red.", *["The kite is old."] * 9]
    table = to_table("pairs", [row(number) | {"fact": fact, "premise": ""} for number, fact in enumerate(facts)])
    found = word_vectors(table)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(12))
    assert found[0] @ found[3] < 0.25  # "the" and "is" are half of what both say
    assert found[0] @ found[1] > 0.4
    assert found[0] @ found[2] > 0.4


def test_questions_stand_in_for_statements_that_are_missing() -> None:
    rows = [row(number) | {"fact": "", "premise": None} for number in range(5)]
    found = word_vectors(to_table("pairs", rows))
    assert (found @ found.T)[0, 1:].max() < 0.9  # other things are asked about
    empty = [one | {half: one[half] | {"text": "?"} for half in ("positive", "negative")} for one in rows]  # type: ignore[operator]
    assert np.isfinite(word_vectors(to_table("pairs", empty))).all()


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (np.ones((3, 4), np.float32), "vector 0 has length 2 instead of 1"),
        (np.full((3, 4), np.nan, np.float32), "has length nan"),
        (np.zeros((3, 4), np.float32), "has length 0"),
        (np.full((2, 4), 0.5, np.float32), "do not fit 3 pairs"),
        (np.full(3, 1.0, np.float32), "shape (3,)"),
    ],
)
def test_vectors_that_are_none_are_refused(given_: NDArray[np.float32], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        pool_of(pairs(3), known(3), given_)
    assert said in str(caught.value)


def test_quality_raises_what_is_chosen_and_diversity_lowers_it() -> None:
    table = pairs(300)
    scores = quality(table).score * 0 + known(300)
    pool: Pool = pool_of(table, scores, vectors(300))
    mean_of = {
        weight: np.mean(
            [
                scores[table["pair_id"].to_pylist().index(pair_id)]
                for pair_id in select(pool, 60, SelectSettings(quality_weight=weight)).chosen
            ]
        )
        for weight in (0.0, 0.5, 1.0)
    }
    assert mean_of[0.0] + 0.1 < mean_of[0.5] <= mean_of[1.0]
