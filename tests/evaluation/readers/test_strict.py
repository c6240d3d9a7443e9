"""The strict reader: the letter meant or an abstention, never another letter."""

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.readers.strict import strict
from schemas.mmr import read_rows
from tests.evaluation.reply_styles import MEANT, NOTHING

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "mmr" / "sample.json"
CORPUS: dict[str, Any] = json.loads(Path(__file__).with_name("replies.json").read_text(encoding="utf-8"))
PLAIN = {"A": "The cat is black.", "B": "The dog is brown.", "C": "There are no animals.", "D": "The bird is a parrot."}
# What replies are made of: the reader's own words, marks, letters, and texts of options.
PIECES = [
    "A", "B", "C", "D", "E", "a", "b", "(", ")", "[", "]", ".", ",", ":", ";", "?", "!", "\n", "\n\n", " ", " ", " ",
    "-", "*", "**", "`", '"', "'", "/", "&", "the", "answer", "is", "not", "or", "and", "but", "because", "so",
    "option", "wait", "no", "yes", "maybe", "if", "The dog is brown.", "The cat is black", "dog", "brown", "<think>",
    "</think>", "<answer>", "</answer>", "\\boxed{", "}", "{", '"answer":', "答案", "是", "选", "不是", "정답은",
    "입니다", "الإجابة", "है", "1", "2.5", "✅", "❌", "=>", "USER:", "assistant:", "<|im_end|>", "</s>", "$",
    "\\text{", "~~", "_", "#", "actually", "wrong", "correct", "first", "second", "all", "none", "except",
    "rather than", "\u200b", "\x00", "\ud800", "Ｂ", "Ⓑ",
]  # fmt: skip
UNUSUAL = {"letters", "letters named", "doubts"}  # options that name letters, or say "none of the above"


def rows_of_options() -> list[dict[str, str]]:
    real = [row.parsed.by_letter for row in read_rows(SAMPLE) if row.parsed is not None] if SAMPLE.exists() else []
    return [options for name, options in CORPUS["options"].items() if len(options) == 4 and name not in UNUSUAL] + real


@pytest.mark.parametrize("name", MEANT)
def test_reads_the_letter_meant(name: str) -> None:
    style, chance = MEANT[name], random.Random(name)
    for options in rows_of_options():
        meant = chance.choice(list(options))
        other = chance.choice([letter for letter in options if letter != meant])
        reply = style(options, meant, other)
        assert strict(reply, options) == meant, (reply, options)


@pytest.mark.parametrize("name", NOTHING)
def test_abstains_where_nothing_is_meant(name: str) -> None:
    style, chance = NOTHING[name], random.Random(name)
    for options in rows_of_options():
        letter, other = chance.sample(list(options), 2)
        reply = style(options, letter, other)
        assert strict(reply, options) is None, (reply, options)


def test_reads_a_corpus_of_replies_as_meant_without_one_guess() -> None:
    """``?B`` in the corpus stands for B or an abstention, null for an abstention."""
    replies = CORPUS["replies"]
    assert len(replies) >= 400
    wrong = []
    for options, reply, meant in replies:
        found = strict(reply, CORPUS["options"][options])
        allowed = {None, meant[1:]} if meant is not None and meant.startswith("?") else {meant}
        if found not in allowed:
            wrong.append((options, reply, meant, found))
    assert wrong == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_never_raises_and_never_reads_what_is_no_option(pieces: list[str]) -> None:
    assert strict(" ".join(pieces), PLAIN) in {None, *PLAIN}
    assert strict("".join(pieces), PLAIN) in {None, *PLAIN}


@settings(deadline=None)
@given(st.text(max_size=80), st.dictionaries(st.sampled_from("ABCDEFGH"), st.text(max_size=20), max_size=8))
def test_never_raises_whatever_reply_and_options(reply: str, options: dict[str, str]) -> None:
    assert strict(reply, options) in {None, *options}


@settings(deadline=None)
@given(st.sampled_from("ABCD"), st.lists(st.sampled_from(PIECES[3:45]), max_size=6))
def test_reads_only_letters_that_the_reply_holds(letter: str, pieces: list[str]) -> None:
    """Whatever stands around it, a reply with one letter and no option's words is that letter or nothing."""
    options = {"A": "xylophone", "B": "quartz", "C": "zebra", "D": "vortex"}
    around = [piece for piece in pieces if piece not in {"a", "b", "C", "D", "E", "A", "B"}]
    assert strict(" ".join([*around[:3], letter, *around[3:]]), options) in {None, letter}


@pytest.mark.parametrize(
    "reply",
    [
        "A " * 100_000, "A, B, C, " * 30_000, "(" * 200_000, "<think>" * 50_000, "</think>" * 50_000,
        "<answer>" * 20_000, "\\boxed{" * 20_000, "[" * 100_000, '{"answer":' * 20_000, "The dog is brown. " * 10_000,
        "\n" * 200_000, "*" * 200_000, "<a " * 50_000, "答案是" * 20_000, "ﷺ" * 20_000, "~~a" * 50_000, "a." * 50_000,
        "A. the dog\n" * 10_000, "정답은" * 20_000, "\\a{" * 30_000 + "}" * 30_000, "1" * 100_000, "a-" * 50_000,
    ],
)  # fmt: skip
def test_takes_bounded_time_whatever_the_reply(reply: str) -> None:
    start = time.process_time()
    strict(reply, PLAIN)
    assert time.process_time() - start < 2


def test_reads_head_and_tail_of_a_huge_reply() -> None:
    filler = "The picture was looked at for a long while. " * 2_000
    assert strict(f"{filler}\n\nAnswer: B", PLAIN) == "B"
    assert strict(f"The answer is B.\n\n{filler}", PLAIN) == "B"
    assert strict(f"The answer is A.\n\n{filler}\n\nThe answer is B.", PLAIN) is None


def test_reads_places_only_where_options_stand_in_order() -> None:
    assert strict("The third option", PLAIN) == "C"
    shuffled = {letter: PLAIN[letter] for letter in "ABDC"}
    assert strict("The third option", shuffled) is None


def test_options_without_known_texts_are_read_by_letter() -> None:
    unknown = dict.fromkeys("ABCD", "")
    assert strict("The answer is (C).", unknown) == "C"
    assert strict("the dog", unknown) is None


@pytest.mark.parametrize(
    ("reply", "meant"),
    [
        ("It is B", "B"), ("It is.", "A"), ("A. it is", "A"), ("B. It is.", None), ("It is not B", None),
        ("It's not", "B"), ("No, it's not. B", "B"), ("C. 5", None), ("D. -5", None), ("-5", "C"), ("It's 5.", "D"),
        ("5", "D"), ("The answer is: it is.", "A"), ("A. Wait, no, it is B", "B"), ("D.5", "D"),
    ],
)  # fmt: skip
def test_options_that_say_little_are_not_mistaken_for_sentences(reply: str, meant: str | None) -> None:
    assert strict(reply, {"A": "It is.", "B": "it's not.", "C": "-5", "D": "5."}) == meant


def test_options_that_differ_in_case_alone_are_told_apart_when_repeated_exactly() -> None:
    options = {"A": "'OPEN'", "B": "'open'", "C": "'closed'"}
    assert strict("'open'", options) == "B"
    assert strict("open", options) is None
    assert strict("B. 'open'", options) == "B"
