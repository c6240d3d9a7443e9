"""Open questions: one option, the answer."""

import pytest
from pydantic import ValidationError

from schemas.errors import InvalidPair
from schemas.mmr import pairs_to_rows
from schemas.pair import Option, Pair, Provenance, Question
from schemas.tables import pair_row, pairs_of, to_table


def question(text: str, *options: str) -> Question:
    listed = tuple(Option(text=one) for one in options)
    return Question(text=text, image="path:a.jpg", options=listed, answer=0, order=tuple(range(len(listed))))


def pair(*, answer: str = "No, it is blue.", category: str = "unsorted/unsorted") -> Pair:
    return Pair(
        kind="false-premise", category=category, positive=question("What color is the car?", "It is blue."),
        negative=question("Isn't the car red?", answer), provenance=Provenance(generator="import"),
    )  # fmt: skip


def test_a_question_of_one_option_is_open_and_of_none_is_refused() -> None:
    assert pair().open
    assert pair().positive.open
    assert (pair().positive.right, pair().positive.wrong) == ("It is blue.", ())
    assert not question("Q?", "a", "b").open
    with pytest.raises(ValidationError):
        question("Q?")


def test_its_id_hangs_on_question_answer_and_category() -> None:
    assert pair().pair_id == pair().pair_id
    assert len({pair().pair_id, pair(answer="No.").pair_id, pair(category="attribute/shape").pair_id}) == 3


def test_it_comes_back_from_a_table() -> None:
    assert list(pairs_of(to_table("pairs", [pair_row(pair())]))) == [pair()]


def test_it_is_never_written_as_a_row_with_letters() -> None:
    with pytest.raises(InvalidPair, match="an open question"):
        pairs_to_rows([pair()], image_name=str)
