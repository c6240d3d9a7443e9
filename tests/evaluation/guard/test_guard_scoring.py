"""Scores of a guard: VQAv2's metric for the votes of ten, else right or wrong."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.guard import GuardItem, guard_prompt, guard_score
from evaluation.guard.scoring import normalised

OPTIONS = {"A": "red", "B": "blue", "C": "green"}


def asked(*answers: str, options: dict[str, str] | None = None) -> GuardItem:
    return GuardItem("1", "a.jpg", "What colour is it?", answers, 1, options or {})


@pytest.mark.parametrize(
    ("answer", "same"),
    [
        ("Two dogs.", "2 dogs"), ("THE  red\tcar", "red car"), ("a", ""), ("an apple", "apple"), ("None", "0"),
        ("1,000", "1000"), ("red, white", "red white"), ("t-shirt", "t shirt"), ("yes!", "yes"), ("2.5", "2.5"),
        ("5.", "5"), ("U.S.", "us"), ("2:50 pm", "2:50 pm"), ("girl's hat", "girl's hat"), ("girls hat", "girls hat"),
        ("dont know", "don't know"), ("don’t know", "don't know"), ("isnt", "isn't"), ("thats it", "that's it"),
        ("front", "front"), ("ant", "ant"), ("its", "its"), ("were", "were"), ("", ""), ("...", ""), ("ten", "10"),
        ("猫。", "猫"), ("(left)", "left"),
    ],
)  # fmt: skip
def test_answers_are_compared_as_the_metric_documents(answer: str, same: str) -> None:
    assert normalised(answer) == same


@given(st.text(max_size=60))
def test_normalising_again_changes_nothing(answer: str) -> None:
    assert normalised(normalised(answer)) == normalised(answer)


WORDS = st.sampled_from(["red", "blue", "green", "Red.", "a blue"])


@given(st.lists(WORDS, min_size=10, max_size=10), WORDS)
def test_ten_votes_are_scored_as_the_mean_over_every_nine(votes: list[str], said: str) -> None:
    nine = [
        min(1.0, sum(normalised(vote) == normalised(said) for vote in others) / 3) for others in combinations(votes, 9)
    ]
    assert guard_score(asked(*votes), said) == pytest.approx(sum(nine) / 10)


@pytest.mark.parametrize(("same", "score"), [(0, 0), (1, 0.3), (2, 0.6), (3, 0.9), (4, 1), (10, 1)])
def test_votes_for_an_answer_and_its_score(same: int, score: float) -> None:
    assert guard_score(asked(*["dog"] * same, *["cat"] * (10 - same)), "A dog.") == pytest.approx(score)


@pytest.mark.parametrize(
    ("answers", "reply", "score"),
    [
        (("dog",), "The dog.", 1), (("dog",), "a dog on a sofa", 0), (("dog",), "", 0), (("dog", "puppy"), "Puppy", 1),
        (("dog", "puppy"), "cat", 0), (("2",), "two", 1), (("a",), "the", 0), (("dog",), "<think>a cat?</think>dog", 1),
        (("dog",), "<think>dog", 0), (("dog",), "dog</s>", 1), (("dog",), "**dog**", 1), (("dog",), "\\boxed{dog}", 1),
        (("dog",), "It barks. <answer>dog</answer>", 1), (("dog",), '{"answer": "dog"}', 1),
    ],
)  # fmt: skip
def test_one_answer_or_alternatives_are_right_or_wrong(answers: tuple[str, ...], reply: str, score: float) -> None:
    assert guard_score(asked(*answers), reply) == score


@pytest.mark.parametrize(
    ("reply", "score"),
    [
        ("B", 1),
        ("(b)", 1),
        ("The answer is B.", 1),
        ("blue", 1),
        ("A", 0),
        ("A or B", 0),
        ("I cannot tell", 0),
        ("", 0),
    ],
)
def test_with_options_the_strict_reader_decides(reply: str, score: float) -> None:
    assert guard_score(asked("B", options=OPTIONS), reply) == score


@given(st.text(), st.lists(st.text(), min_size=1, max_size=12), st.booleans())
def test_a_score_is_a_share_whatever_is_said(reply: str, answers: list[str], choice: bool) -> None:
    item = asked("A", options=OPTIONS) if choice else asked(*answers)
    assert 0 <= guard_score(item, reply) <= 1


def test_the_prompt_says_what_form_the_answer_has() -> None:
    assert guard_prompt(asked("red")) == (
        "What colour is it?\nAnswer the question using a single word or phrase."
    )  # fmt: skip
    assert guard_prompt(asked("A", options=OPTIONS)) == (
        "What colour is it?\nA. red\nB. blue\nC. green\n"
        "Answer with the option's letter from the given choices directly."
    )  # fmt: skip
