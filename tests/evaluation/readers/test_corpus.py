"""Two corpora of replies, written by someone who had never seen the reader.

The reader was mended by what it missed in the first; at the first run it read 82.1 % as meant and took 7 replies that
commit to nothing for an answer. The second was kept back: nothing was mended by it. At the first run it stood at
80.8 % and 3 such replies, and what it says now is how the reader does on replies that nobody has shown it.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from evaluation.readers.strict import strict

HERE = Path(__file__).parent


class Read(NamedTuple):
    """How many replies there are, how many were read as meant, and which were read as what they do not say."""

    replies: int
    styles: int
    as_meant: float
    guesses: list[str]


def read(name: str) -> Read:
    rows = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    found = [strict(row["reply"], row["options"]) for row in rows]
    right = sum(letter == row["meant"] for letter, row in zip(found, rows, strict=True))
    guesses = [
        row["reply"] for letter, row in zip(found, rows, strict=True) if letter is not None and letter != row["meant"]
    ]
    return Read(len(rows), len({row["style"] for row in rows}), right / len(rows), guesses)


def test_reads_the_blind_corpus_as_meant_without_one_guess() -> None:
    found = read("corpus_a.jsonl")
    assert found.replies >= 400
    assert found.styles >= 40
    assert found.guesses == []
    assert found.as_meant >= 0.99


def test_does_not_fall_back_on_the_corpus_that_was_kept_from_it() -> None:
    found = read("corpus_b.jsonl")
    assert found.as_meant >= 0.91
    assert len(found.guesses) <= 4


@pytest.mark.parametrize(
    ("reply", "letter"),
    [
        ("A: 4%, B: 90%, C: 6%. So the answer is C.", "C"),
        ("| A | No |\n| B | Yes |\n| C | No |", "B"),
        ("| A | Yes |\n| B | Yes |\n| C | No |", None),
        ("A. A. C. C.", None),
        ("It's A... or C? I can't decide.", None),
        ("She holds both the ball (A) and the kite (C).", None),
        ("B\n\nExplanation: there is no ball, which rules out A, and no kite (C).", "B"),
        ("B\n\nActually, the answer is C.", "C"),
        ("B. a cup\nC. a kite", None),
        ("<answer>B</answer>", "B"),
        ("The answer is a cup.", "B"),
        ("Only B is possible.", "B"),
        ("Only B or C is possible.", None),
        ("We can eliminate A (a ball) and C (a kite). The remaining option is B.", "B"),
        ("Anser: B", "B"),
        ("i think it's b", "B"),
        ("i think it's a", None),
        ("คำตอบที่ถูกต้องคือ B", "B"),
        ("Rätt svar är B.", "B"),
        ("I'm 80 percent sure it's B.", "B"),
    ],
)
def test_what_was_learned_holds_for_other_replies_too(reply: str, letter: str | None) -> None:
    assert strict(reply, {"A": "a ball", "B": "a cup", "C": "a kite"}) == letter


@pytest.mark.parametrize("piece", ["A)", "A是", "A - ", "not A ", "(A)a b c ", "not wait, B,", "no.\n\r", "A ✓ B ✗ "])
def test_what_repeats_without_end_is_read_in_bounded_time(piece: str) -> None:
    """Minutes before sentences were bounded; now a quarter of a second at most."""
    options = {"A": "a dog", "B": "a cat", "C": "a bird", "D": "a fish"}
    assert strict(piece * (20_000 // len(piece)), options) in {None, *options}
