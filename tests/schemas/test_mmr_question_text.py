"""Question texts split into stem and options, in all the shapes the benchmark has them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.mmr import QuestionText, format_question, split_question
from schemas.mmr.question_text import NoOptions

LINES = st.text(st.characters(codec="utf-8"), max_size=60)
# Texts made of what markers are made of: the hard ones.
MARKERISH = st.lists(
    st.sampled_from(["A", "B", "C", "D", "E", ".", ")", "(", " ", ":", "\n", "man", "U.S.", "vitamin", ",", "?", "a."]),
    max_size=12,
).map("".join)
TEXTS = (LINES | MARKERISH).filter(lambda text: bool(text.strip()))


@pytest.mark.parametrize(
    ("text", "stem", "options"),
    [
        ("Q?\nA. w\nB. x\nC. y\nD. z", "Q?", "w|x|y|z"),
        ("Q?\nA.w\nB.x\nC.y\nD.z  ", "Q?", "w|x|y|z"),
        ("Q? \n A.  w \nB.  x\n C. y \nD.  z\n", "Q?", "w|x|y|z"),
        ("Q?\r\nA. w\r\nB. x\r\n", "Q?", "w|x"),
        ("Q? A.  w. B. x. C.  y. D.  z.\n", "Q?", "w.|x.|y.|z."),
        ("Q? A. Emma B The Trial C Ulysses. D. No novel.\n", "Q?", "Emma|The Trial|Ulysses.|No novel."),
        ("Q?\nA yes\nB no\nC maybe\nD other", "Q?", "yes|no|maybe|other"),
        ("Q?\nA. w\nBThe dog\nC. y\nD. z", "Q?", "w|The dog|y|z"),
        ("Q?\nA. w\nB .x\nC、y\nD) z", "Q?", "w|x|y|z"),
        ("Q?\nA. w\nB. x\nC. y. D. z", "Q?", "w|x|y.|z"),
        ("Q? A. w\nB. x\nC. y\nD. z", "Q?", "w|x|y|z"),
        ("Q?A. w.B. x.C. y.D. z", "Q?", "w.|x.|y.|z"),
        ("Q? (a) w (b) x (c) y", "Q?", "w|x|y"),
        ("是吗？\nＡ．是\nＢ．否", "是吗？", "是|否"),
        ("Q?\nA. 1\nB. 2\nC. 3\nD. 4\nE. 5\nF. 6\nG. 7\nH. 8", "Q?", "1|2|3|4|5|6|7|8"),
        ("Q?\nA. w\nB.A man in B. house\nC.U.S. of A.\nD. D. Smith", "Q?", "w|A man in B. house|U.S. of A.|D. Smith"),
        ("Q?\nA.[0.1,0.25]\nB.[0.4,0.3]", "Q?", "[0.1,0.25]|[0.4,0.3]"),
        ("Which of A, B and C is tall?\nA. A\nB. B\nC. C", "Which of A, B and C is tall?", "A|B|C"),
        ("In Washington D.C. or not? A. yes B. no", "In Washington D.C. or not?", "yes|no"),
        ("Q? A. vit B. B. vit D. C. vit K. D. vit E.", "Q?", "vit B.|vit D.|vit K.|vit E."),
        ("Look.\nWhat is it?\nA. w\nB. x", "Look.\nWhat is it?", "w|x"),
        ("Q?\nA. w\nB.\nC. y\nD. z", "Q?", "w||y|z"),
        ("A. w\nB. x", "", "w|x"),
    ],
)  # fmt: skip
def test_splits_every_shape(text: str, stem: str, options: str) -> None:
    split = split_question(text)
    assert (split.stem, split.options) == (stem, tuple(options.split("|")))


def test_letters_in_another_order_keep_their_texts() -> None:
    split = split_question("Q?\nA. w\nB. x\nD. z\nC. y")
    assert split == QuestionText("Q?", ("w", "x", "y", "z"), "ABDC")
    assert list(split.by_letter) == ["A", "B", "D", "C"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no lettered options"),
        ("What is this?", "no lettered options"),
        ("A picture of A cat and B dog?", "no lettered options"),
        ("Q?\nA. w\nB. x\nB. y\nD. z", "lettered A, B, B, D"),
        ("Q?\nA. w\nB. x\nD. z", "lettered A, B, D"),
        ("Q?\nA. the only one", "lettered A"),
    ],
)
def test_says_why_a_text_cannot_be_split(text: str, why: str) -> None:
    with pytest.raises(NoOptions, match=why):
        split_question(text)


@given(stem=TEXTS, options=st.lists(TEXTS, min_size=4, max_size=4))
def test_four_options_written_are_read_back(stem: str, options: list[str]) -> None:
    split = split_question(format_question(stem, options))
    assert split.options == tuple(" ".join(option.split()) for option in options)
    assert split.stem.split() == stem.split()


@given(stem=TEXTS, options=st.lists(TEXTS, min_size=2, max_size=8))
def test_what_is_written_is_read_back_or_refused(stem: str, options: list[str]) -> None:
    try:
        text = format_question(stem, options)
    except NoOptions:
        return
    assert split_question(text).options == tuple(" ".join(option.split()) for option in options)


@given(text=LINES | MARKERISH)
def test_any_text_is_split_or_refused(text: str) -> None:
    try:
        split = split_question(text)
    except NoOptions:
        return
    assert sorted(split.reading_order) == list("ABCDEFGH"[: len(split.options)])


@pytest.mark.parametrize("text", ["A. " * 3_000, "A.\n" * 3_000, "A. B. C. D. E. F. G. H. " * 400, "(" * 50_000])
def test_hostile_texts_take_bounded_time(text: str) -> None:
    start = time.monotonic()
    with pytest.raises(NoOptions):
        split_question(text)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("count", [0, 1, 9])
def test_refuses_to_write_too_few_or_too_many_options(count: int) -> None:
    with pytest.raises(NoOptions, match="2-8 options"):
        format_question("Q?", ["x"] * count)
