"""Rows to pairs and back: nothing lost, and what cannot become a pair named."""

from dataclasses import replace
from pathlib import Path

import pytest

from schemas.errors import InvalidPair
from schemas.identity import path_ref
from schemas.mmr import MmrRow, format_question, pair_by_id, pairs_to_rows, read_rows, rows_to_pairs
from schemas.pair import Option, Pair, Provenance, Question

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "mmr" / "sample.json"
OPTIONS = ("one", "two", "three", "four")


def row(place: int, question_type: str, **change: str) -> MmrRow:
    fields = {
        "id": "attribute/color&texture/03",
        "image": "a.jpg",
        "question": format_question(f"{question_type}?", OPTIONS),
        "ground_truth": "B",
        "question_type": question_type,
    }
    return MmrRow(**{**fields, **change}, row=place)


def without_place(rows: list[MmrRow]) -> list[MmrRow]:
    return [replace(one, row=0) for one in rows]


def test_two_rows_become_one_pair() -> None:
    read = rows_to_pairs([row(1, "NEG"), row(2, "POS")], image_ref=path_ref, source="mmr.json")
    (pair,) = read.pairs
    assert not read.faults
    assert (pair.kind, pair.category) == ("false-premise", "attribute/color&texture")
    assert (pair.positive.text, pair.negative.text) == ("POS?", "NEG?")
    assert pair.positive.image == "path:a.jpg"
    assert (pair.positive.shown, pair.positive.letter, pair.positive.right) == (OPTIONS, "B", "two")
    assert (pair.provenance.source, pair.provenance.source_id) == ("mmr.json:1", "attribute/color&texture/03")


def test_letters_in_another_order_still_mean_their_options() -> None:
    shuffled = "POS?\nC. three\nA. one\nD. four\nB. two"
    read = rows_to_pairs([row(1, "POS", question=shuffled), row(2, "NEG")], image_ref=path_ref)
    assert read.pairs[0].positive.shown == OPTIONS
    assert read.pairs[0].positive.right == "two"


def test_a_true_premise_in_both_rows_makes_a_true_premise_pair() -> None:
    rows = [replace(row(1, "POS"), premise="true"), replace(row(2, "NEG"), premise="true")]
    (pair,) = rows_to_pairs(rows, image_ref=path_ref).pairs
    assert pair.kind == "true-premise"
    assert [out.premise for out in pairs_to_rows([pair], image_name=str)] == ["true", "true"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([row(1, "POS")], "POS row only"),
        ([row(1, "NEG"), row(2, "NEG")], "NEG and NEG"),
        ([row(1, "POS"), row(2, "NEG", question="none")], "cannot be split"),
        ([row(1, "POS", ground_truth="E"), row(2, "NEG")], "'E' is not one of A, B, C, D"),
        ([row(1, "POS", id="x"), row(2, "NEG", id="x")], "does not begin with a category"),
        ([row(1, "POS", question="Q?\nA. x\nB.\nC. y\nD. z"), row(2, "NEG")], "option B is empty"),
        ([row(1, "POS", question=f"Q?\nA. {'x' * 3000}\nB. y"), row(2, "NEG")], "option A is longer than 2000"),
        ([row(1, "POS", question="Q\ud800?\nA. x\nB. y"), row(2, "NEG")], "half a character"),
    ],
)
def test_rows_that_cannot_become_a_pair_are_named_and_do_not_raise(rows: list[MmrRow], says: str) -> None:
    others = [row(8, "POS", id="context/expert/1"), row(9, "NEG", id="context/expert/1")]
    read = rows_to_pairs([*rows, *others], image_ref=path_ref)
    assert [pair.category for pair in read.pairs] == ["context/expert"]
    assert any(says in fault.what for fault in read.faults), read.faults
    assert {fault.row for fault in read.faults} <= {1, 2}


def test_an_id_that_stands_twice_makes_two_pairs() -> None:
    rows = [row(1, "POS"), row(2, "NEG"), row(3, "NEG", image="b.jpg"), row(4, "POS", image="b.jpg")]
    whole, orphans = pair_by_id(rows)
    assert [(pair.positive.row, pair.negative.row) for pair in whole] == [(1, 2), (4, 3)]
    assert not orphans


def made(positive: str = "Is it?", options: tuple[str, ...] = OPTIONS, order: tuple[int, ...] = ()) -> Pair:
    half = Question(
        text=positive, image="sha256:" + "ab" * 32, options=tuple(Option(text=text) for text in options),
        answer=0, order=order or tuple(range(len(options))),
    )  # fmt: skip
    return Pair(
        kind="false-premise", category="attribute/number", positive=half,
        negative=half.model_copy(update={"text": "Isn't it?"}), provenance=Provenance(generator="test"),
    )  # fmt: skip


def test_a_pair_is_written_as_two_adjacent_rows_under_its_id() -> None:
    pair = made(order=(3, 2, 1, 0))
    first, second = pairs_to_rows([pair], image_name=lambda ref: f"images/{ref[7:11]}.png")
    assert first.record() == {
        "id": f"attribute/number/{pair.pair_id}",
        "image": "images/abab.png",
        "question": "Is it?\nA. four\nB. three\nC. two\nD. one",
        "ground_truth": "D",
        "question_type": "POS",
    }
    assert (second.id, second.question_type) == (first.id, "NEG")


def test_a_seed_decides_which_half_stands_first() -> None:
    pairs = [made(f"Is it {number}?") for number in range(40)]
    rows = pairs_to_rows(pairs, image_name=str, seed=1)
    firsts = [one.question_type for one in rows[::2]]
    assert {"POS", "NEG"} == set(firsts)
    assert [a.id for a in rows[::2]] == [b.id for b in rows[1::2]]
    assert pairs_to_rows(pairs, image_name=str, seed=1) == rows


def test_a_pair_that_could_not_be_read_back_is_refused_by_name() -> None:
    pair = made(options=("one", "two", "three. D. four"))
    with pytest.raises(InvalidPair, match=pair.pair_id):
        pairs_to_rows([pair], image_name=str)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample is not at hand")
def test_real_rows_survive_the_way_to_pairs_and_back() -> None:
    rows = read_rows(SAMPLE)
    read = rows_to_pairs(rows, image_ref=path_ref)
    assert (len(read.pairs), read.faults) == (36, ())

    back = pairs_to_rows(read.pairs, image_name=lambda ref: ref.removeprefix("path:"))
    halves = {(one.image, one.question_type): one for one in rows}
    for one in back:
        before = halves[(one.image, one.question_type)]
        assert one.parsed is not None
        assert before.parsed is not None
        assert (one.parsed.stem, one.parsed.options, one.gold) == (
            before.parsed.stem, before.parsed.options, before.gold,
        )  # fmt: skip
    again = rows_to_pairs(back, image_ref=path_ref)
    assert [pair.pair_id for pair in again.pairs] == [pair.pair_id for pair in read.pairs]
