"""Letter bias: letters answered beside letters right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.letters import letter_bias
from evaluation.scores import Reading
from schemas.pair import Kind


def reading(gold: str, said: str | None, kind: Kind = "false-premise") -> Reading:
    return Reading("x", "POS", kind, "attribute/shape", "i", gold, said or "E", said)


def test_a_model_that_likes_a_letter_is_found_out() -> None:
    found = letter_bias([reading("ABCD"[at % 4], "A") for at in range(12)], "strict")
    assert found is not None
    assert (found.letter, found.excess) == ("A", 0.75)
    assert found.answered == {"A": 12, "B": 0, "C": 0, "D": 0}
    assert found.right == {"A": 3, "B": 3, "C": 3, "D": 3}


def test_a_key_that_likes_a_letter_is_not_the_models_bias() -> None:
    found = letter_bias([reading("A", "A") for _ in range(9)] + [reading("B", "B")], "strict")
    assert found is not None
    assert found.excess == 0


def test_only_rows_that_were_read_count_and_contrast_pairs_do_not() -> None:
    rows = [reading("A", "B"), reading("C", None), reading("A", "A", "contrast"), reading("B", "B", "true-premise")]
    found = letter_bias(rows, "strict")
    assert found is not None
    assert (found.answered, found.right) == ({"A": 0, "B": 2}, {"A": 1, "B": 1})
    assert (found.letter, found.excess) == ("B", 0.5)
    assert letter_bias([reading("C", None)], "strict") is None
    assert letter_bias([reading("A", "A", "contrast")], "strict") is None
    assert letter_bias([], "strict") is None


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD")), min_size=1))
def test_the_excess_is_the_largest_difference_of_shares(rows: list[tuple[str, str]]) -> None:
    found = letter_bias([reading(gold, said) for gold, said in rows], "official")
    assert found is not None
    golds, letters = ([row[place] for row in rows] for place in (0, 1))
    assert found.excess == pytest.approx(max((letters.count(one) - golds.count(one)) / len(rows) for one in "ABCD"))
    assert sum(found.answered.values()) == sum(found.right.values()) == len(rows)
