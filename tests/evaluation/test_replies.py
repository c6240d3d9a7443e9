"""Replies: read in every shape, matched by id and polarity, and whatever does not match named."""

import json
from pathlib import Path

import pytest

from evaluation.item import items_of
from evaluation.replies import Reply, match_replies, read_replies
from schemas.errors import BadInput, InvalidRecord, UnreadableFile
from schemas.mmr import MmrRow


def row(place: int, name: str, question_type: str) -> MmrRow:
    return MmrRow(name, "a.jpg", "Q?\nA. x\nB. y", "A", question_type, place)


def reply(place: int, name: str, question_type: str, text: str) -> Reply:
    return Reply(name, question_type, text, place)


@pytest.mark.parametrize(
    "content",
    [
        '[["x/y/1", {"text": "B"}, "POS"], ["x/y/1", {"text": "A. B"}, "NEG"]]',
        '["x/y/1", {"text": "B"}, "POS"]\n["x/y/1", {"text": "A. B"}, "NEG"]\n',
        '{"id": "x/y/1", "question_type": "POS", "text": "B"}\n{"id": "x/y/1", "question_type": "NEG", "text": "A. B"}',
        '[{"id": "x/y/1", "question_type": "pos", "text": "B"}, '
        '{"question_id": "x/y/1", "question_type": "negative", "text": "A. B", "model": "m"}]',
        '\ufeff[["x/y/1", {"text": "B", "more": 1}, "POS"], ["x/y/1", {"text": "A. B"}, "NEG"]]',
    ],
)
def test_reads_every_shape(tmp_path: Path, content: str) -> None:
    path = tmp_path / "replies"
    path.write_text(content, encoding="utf-8")
    assert [(one.id, one.question_type, one.text) for one in read_replies(path)] == [
        ("x/y/1", "POS", "B"), ("x/y/1", "NEG", "A. B"),
    ]  # fmt: skip


def test_a_null_text_is_an_empty_reply(tmp_path: Path) -> None:
    path = tmp_path / "replies"
    path.write_text('[["1", {"text": null}, "POS"], [2, {"text": "A"}, "POS"]]', encoding="utf-8")
    assert [(one.id, one.text) for one in read_replies(path)] == [("1", ""), ("2", "A")]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (["x", "B", "POS"], "is not a reply"),
        ("B", "is not a reply"),
        (["x", {"text": "B"}], "is not a reply"),
        ([None, {"text": "B"}, "POS"], "no id"),
        ({"question_type": "POS", "text": "B"}, "no id"),
        ({"id": "x", "text": "B"}, "no question_type"),
        ({"id": "x", "question_type": "POS"}, "no text"),
        ({"id": "x", "question_type": "POS", "text": 3}, "no text"),
    ],
)
def test_rows_of_another_shape_are_named(tmp_path: Path, value: object, says: str) -> None:
    path = tmp_path / "replies.json"
    path.write_text(json.dumps([["x", {"text": "B"}, "POS"], value]), encoding="utf-8")
    with pytest.raises(InvalidRecord) as caught:
        read_replies(path)
    assert says in str(caught.value)
    assert f"{path}:2" in str(caught.value)


def test_an_empty_array_is_no_file_of_replies(tmp_path: Path) -> None:
    path = tmp_path / "replies.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="no replies"):
        read_replies(path)


def test_matches_by_id_and_polarity_whatever_the_order() -> None:
    rows = [row(1, "a", "POS"), row(2, "a", "NEG"), row(3, "b", "NEG"), row(4, "b", "POS")]
    replies = [
        reply(1, "b", "POS", "4"),
        reply(2, "a", "NEG", "2"),
        reply(3, "b", "NEG", "3"),
        reply(4, "a", "POS", "1"),
    ]
    matched = match_replies(items_of(rows), replies)
    assert matched.texts == ("1", "2", "3", "4")
    assert (matched.unmatched, matched.unanswered, matched.repeats) == ((), (), ())


def test_names_what_does_not_match() -> None:
    rows = [row(1, "a", "POS"), row(2, "a", "NEG")]
    stray = reply(2, "c", "POS", "?")
    matched = match_replies(items_of(rows), [reply(1, "a", "POS", "1"), stray])
    assert matched.texts == ("1", None)
    assert matched.unmatched == (stray,)
    assert matched.unanswered == tuple(items_of(rows)[1:])


def test_gives_the_kth_reply_to_the_kth_row_of_a_repeated_id_and_says_so() -> None:
    rows = [row(1, "a", "NEG"), row(2, "a", "NEG"), row(3, "b", "POS")]
    replies = [reply(1, "a", "NEG", "first"), reply(2, "b", "POS", "b"), reply(3, "a", "NEG", "second")]
    matched = match_replies(items_of(rows), replies)
    assert matched.texts == ("first", "second", "b")
    (repeat,) = matched.repeats
    assert (repeat.id, repeat.question_type, repeat.rows, repeat.replies) == ("a", "NEG", 2, 2)


def test_a_second_reply_to_one_row_is_named_and_not_used() -> None:
    matched = match_replies(items_of([row(1, "a", "POS")]), [reply(1, "a", "POS", "one"), reply(2, "a", "POS", "two")])
    assert matched.texts == ("one",)
    assert [one.text for one in matched.unmatched] == ["two"]


def test_replies_to_another_benchmark_are_an_error() -> None:
    with pytest.raises(BadInput, match="none of 1 replies belongs to any of 1 rows"):
        match_replies(items_of([row(1, "a", "POS")]), [reply(1, "a", "NEG", "x")])
