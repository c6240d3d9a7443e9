from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datagen.filters import FILTERS
from datagen.filters.hedging import Hedging
from datagen.filters.structure import Structure, StructureSettings
from schemas import Option, Pair, Provenance, Question
from schemas.ledger import Drop
from schemas.tables import pair_row, to_table


def question(text: str, options: Sequence[str], image: str = "path:a.jpg") -> Question:
    return Question(
        text=text,
        image=image,
        options=tuple(Option(text=one) for one in options),
        answer=0,
        order=tuple(range(len(options))),
    )


def pair(
    positive: str = "What color is the car?",
    negative: str = "Isn't the car red?",
    options: Sequence[str] = ("The car is blue.", "The car is red.", "The car is green."),
    image: str = "path:a.jpg",
    **changes: object,
) -> Pair:
    fields: dict[str, object] = {
        "kind": "false-premise",
        "category": "attribute/color&texture",
        "positive": question(positive, options, image),
        "negative": question(negative, options, image),
        "provenance": Provenance(generator="test"),
    }
    return Pair.model_validate(fields | changes)


def table(*pairs: Pair) -> pa.Table:
    return to_table("pairs", [pair_row(one) for one in pairs])


def drops(name: str, *pairs: Pair) -> list[Drop]:
    one = FILTERS.get(name)()
    found = one.score(table(*pairs))
    return one.decide(found.append_column("pair_id", pa.array([pair.pair_id for pair in pairs], pa.string())))


CLEAN = pair()


@pytest.mark.parametrize("name", FILTERS.names())
class TestEveryFilter:
    def test_scores_are_its_columns_row_for_row(self, name: str) -> None:
        one = FILTERS.get(name)()
        found = one.score(table(CLEAN, pair("Where is it?")))
        assert found.num_rows == 2
        assert {field.name: field.type for field in found.schema} == dict(one.columns)

    def test_no_pairs_give_no_scores_and_no_drops(self, name: str) -> None:
        assert drops(name) == []

    def test_scoring_in_parts_is_scoring_at_once(self, name: str) -> None:
        one = FILTERS.get(name)()
        pairs = [CLEAN, pair("Where is it?"), pair(negative="I'm not sure, is it red?")]
        whole = one.score(table(*pairs))
        assert pa.concat_tables([one.score(table(part)) for part in pairs]).equals(whole)

    def test_what_was_not_measured_is_not_dropped(self, name: str) -> None:
        one = FILTERS.get(name)()
        empty = {column: pa.nulls(2, kind) for column, kind in one.columns.items()}
        assert one.decide(pa.table({"pair_id": ["a", "b"], **empty})) == []

    def test_a_clean_pair_is_kept(self, name: str) -> None:
        assert drops(name, CLEAN) == []

    def test_each_drop_has_a_reason_and_stands_once(self, name: str) -> None:
        pairs = [
            pair(options=("same", "Same.", "x")),
            pair(negative="Sorry, what?"),
            CLEAN,
            pair("What color is the  car ?"),
        ]
        found = drops(name, *pairs)
        assert all(one.reason for one in found)
        assert len({one.pair_id for one in found}) == len(found)

    def test_it_has_a_docstring_and_settings(self, name: str) -> None:
        kind = FILTERS.get(name)
        assert kind.__doc__
        assert type(kind().settings).model_config["extra"] == "forbid"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (pair(options=("The dog.", "the dog", "A cat.")), "equal-options"),
        (pair("What is it?", "What is it?"), "same-question"),
        (pair("...?"), "empty-text"),
        (pair(options=("!", "b", "c")), "empty-text"),
        (pair("why " * 61), "long-question"),
        (pair(options=("word " * 41, "b", "c")), "long-option"),
    ],
)
def test_structure_names_the_fault(bad: Pair, reason: str) -> None:
    (drop,) = drops("structure", bad, CLEAN)
    assert (drop.reason, drop.pair_id) == (reason, bad.pair_id)


def test_thresholds_move_without_scoring_again() -> None:
    scores = Structure().score(table(CLEAN)).append_column("pair_id", pa.array([CLEAN.pair_id]))
    assert Structure().decide(scores) == []
    assert Structure(StructureSettings(max_option_words=3)).decide(scores)[0].reason == "long-option"


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, what is that?", "It cannot be determined.", "I CAN'T tell.", "According to the caption, it is red.",
        "I’m unable to see.", "It is unclear.", "That is not mentioned.", "It is probably red.",
    ],
)  # fmt: skip
def test_hedging_in_either_half_drops_both(text: str) -> None:
    for bad in (pair(text), pair(negative=text), pair(options=("The car is blue.", text, "green"))):
        (drop,) = drops("hedging", bad, CLEAN)
        assert (drop.reason, drop.pair_id) == ("hedging", bad.pair_id)


@pytest.mark.parametrize(
    "text", ["Is the maypole red?", "Isn't it in May?", "A sorrel horse.", "The sign says MAYBE STREET, doesn't it?"]
)
def test_words_that_only_look_like_hedging_stay(text: str) -> None:
    assert drops("hedging", pair(negative=text)) == []


def test_duplicates_are_told_apart_and_name_the_survivor() -> None:
    same = pair(category="attribute/shape")
    near = pair("what color is  THE car")
    found = {drop.pair_id: drop for drop in drops("duplicates", CLEAN, same, near)}
    survivor = min(one.pair_id for one in (CLEAN, same, near))
    assert len(found) == 2
    assert survivor not in found
    assert {drop.lost_to for drop in found.values()} == {survivor}
    reasons = {one.pair_id: found[one.pair_id].reason for one in (CLEAN, same, near) if one.pair_id in found}
    if near.pair_id in reasons and survivor != near.pair_id:
        assert reasons[near.pair_id] == "normalised-duplicate"
        assert reasons[max(CLEAN.pair_id, same.pair_id)] == "exact-duplicate"


def test_the_same_question_of_another_image_is_no_duplicate() -> None:
    assert drops("duplicates", CLEAN, pair(image="path:b.jpg")) == []


@given(st.lists(st.sampled_from(["What color is the car?", "what color is the car", "Where is it?"]), max_size=8))
def test_one_of_each_group_of_duplicates_stays(texts: list[str]) -> None:
    pairs = list({one.pair_id: one for one in (pair(text, f"{text} or not?") for text in texts)}.values())
    gone = {drop.pair_id for drop in drops("duplicates", *pairs)}
    assert len(pairs) - len(gone) == len({text.casefold().strip("?") for text in texts})


def test_hedging_score_is_the_phrase() -> None:
    assert Hedging().score(table(CLEAN, pair("Sorry, what?")))["phrase"].to_pylist() == [None, "sorry"]
