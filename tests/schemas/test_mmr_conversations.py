"""Samples of MMR-data's shape: read as they are, and named where they are broken."""

from pathlib import Path
from typing import Any

import pytest

from schemas.errors import InvalidPair
from schemas.mmr import JsonRow, are_conversations, to_conversation
from tests.schemas.talks import PLAIN, read, sample

TURN = {"from": "human", "value": "Q?"}


def test_a_sample_comes_in_without_the_mark_of_its_image() -> None:
    (one,) = read(sample(PLAIN, given=12))
    assert (one.row, one.id, one.image, one.marked) == (1, "12", "a.jpg", None)
    assert [(exchange.question, exchange.answer) for exchange in one.exchanges] == list(PLAIN)
    assert [exchange.turn for exchange in one.exchanges] == [1, 2, 3, 4]


def test_other_names_of_speakers_and_a_system_turn_are_known() -> None:
    turns = [{"from": "system", "value": ""}, {"role": "user", "content": "Q?"}, {"role": "assistant", "content": "A."}]
    (one,) = read({"image": "a.jpg", "conversations": turns})
    assert [(exchange.question, exchange.answer) for exchange in one.exchanges] == [("Q?", "A.")]


@pytest.mark.parametrize(
    ("more", "stem", "marked"),
    [
        ({"given": "7-neg"}, "7", "negative"),
        ({"given": "a_Pos"}, "a", "positive"),
        ({"given": "neg/7"}, "7", "negative"),
        ({"given": "compos"}, "compos", None),
        ({"given": "7", "polarity": "negative"}, "7", "negative"),
        ({"given": "7", "question_type": "POS"}, "7", "positive"),
        ({"given": "7", "type": "conv"}, "7", None),
    ],
)
def test_marks_of_a_polarity_are_read_from_ids_and_keys(more: dict[str, Any], stem: str, marked: str | None) -> None:
    (one,) = read(sample(PLAIN, **more))
    assert (one.stem, one.marked) == (stem, marked)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (5, "is not an object"),
        ([TURN], "is not an object"),
        ({"image": "a.jpg"}, "conversations is not a list"),
        ({"image": "a.jpg", "conversations": {}}, "conversations is not a list"),
        ({"image": 5, "conversations": []}, "image is not a string"),
        ({"image": ["a.jpg"], "conversations": []}, "image is not a string"),
        ({"id": None, "conversations": []}, "id is neither"),
        ({"id": True, "conversations": []}, "id is neither"),
        ({"conversations": [TURN]}, "not questions and answers in alternation"),
        ({"conversations": [TURN, TURN]}, "not questions and answers in alternation"),
        ({"conversations": [{"from": "gpt", "value": "A."}, TURN]}, "not questions and answers in alternation"),
        ({"conversations": ["Q?", "A."]}, "a turn is not an object"),
        ({"conversations": [{"from": "narrator", "value": "Q?"}]}, "neither human nor gpt"),
        ({"conversations": [{"from": 1, "value": "Q?"}]}, "neither human nor gpt"),
        ({"conversations": [{"from": "human", "value": None}]}, "value of a turn is not a string"),
        ({"conversations": [{"from": "human", "value": "<image>\n"}]}, "a turn is empty"),
        ({"conversations": [{"from": "human", "value": "x" * 2_001}]}, "longer than 2,000"),
        ({"conversations": [{"from": "human", "value": "\ud800"}]}, "half a character"),
        ({"id": "\ud800", "conversations": []}, "half a character"),
        ({"conversations": [TURN, {"from": "gpt", "value": "A."}] * 201}, "more than 200 exchanges"),
        (sample(PLAIN, given="7-pos", polarity="neg"), "name both polarities"),
    ],
)
def test_a_broken_sample_is_named_by_file_row_and_id(value: object, says: str) -> None:
    with pytest.raises(InvalidPair, match=says) as raised:
        to_conversation(Path("talks.json"), JsonRow(3, value))
    assert str(raised.value).startswith("talks.json (row 3")


@pytest.mark.parametrize(
    ("values", "they_are"),
    [
        ([sample(PLAIN)], True),
        ([5, {"id": "1", "image": "a.jpg"}, sample(PLAIN)], True),
        ([{"id": "1", "question": "Q?"}, sample(PLAIN)], False),
        ([5, []], False),
        ([], False),
    ],
)
def test_a_file_is_known_by_its_first_row_of_either_shape(values: list[object], they_are: bool) -> None:
    assert are_conversations(JsonRow(at, value) for at, value in enumerate(values, 1)) is they_are
