"""Blind baselines: seeded, and what they are worth on rows made for them."""

from dataclasses import replace

from evaluation.baselines import always_deny, constant, longest_option, score_baselines, word_overlap
from evaluation.item import Item, items_of
from schemas.mmr import MmrRow, format_question

FIELDS = {"id": "context/expert/1", "image": "a.jpg"}


def row(question_type: str, stem: str, options: tuple[str, ...], gold: str, place: int = 1, name: str = "1") -> Item:
    text = format_question(stem, options)
    return items_of([MmrRow(f"context/expert/{name}", "a.jpg", text, gold, question_type, place)])[0]


def test_longest_takes_the_most_characters() -> None:
    (letter,) = longest_option([row("POS", "Q?", ("short", "a good deal longer", "mid size"), "A")])
    assert letter == "B"


def test_overlap_takes_the_most_shared_words() -> None:
    (letter,) = word_overlap(
        [row("POS", "Is the dog brown?", ("a cat", "the brown dog", "no", "the dog is a cat"), "A")]
    )
    assert letter == "B"


def test_deny_takes_an_option_that_denies() -> None:
    options = ("Yes, it is.", "It isn't a dog.", "A nobleman.", "Knots.")
    (letter,) = always_deny([row("NEG", "Q?", options, "A")])
    assert letter == "B"


def test_ties_are_seeded_and_spread() -> None:
    rows = [row("POS", "Q?", ("one", "two", "six", "ten"), "A", place, str(place)) for place in range(80)]
    first = longest_option(rows, seed=1)
    assert first == longest_option(rows, seed=1)
    assert first != longest_option(rows, seed=2)
    assert set(first) == set("ABCD")


def test_rows_without_options_get_an_empty_reply() -> None:
    odd = MmrRow(**FIELDS, question="nothing", ground_truth="A", question_type="POS", row=1)
    assert always_deny(items_of([odd])) == [""]


def test_all_are_scored_with_true_premises_beside_them() -> None:
    options = ("Yes, it is brown.", "No, it is not brown.", "There is no dog.", "It's brown and black.")
    rows = [row("POS", "Brown?", options, "A", 1), row("NEG", "Why black?", options, "B", 2)]
    leading = [row("POS", "Brown?", options, "A", 1, "2"), row("NEG", "Why brown?", options, "A", 2, "2")]
    told = [replace(one, kind="true-premise") for one in leading]
    found = {one.name: one.result.overall for one in score_baselines([*rows, *told])}
    assert set(found) == {*(f"always {x}" for x in "ABCD"), "longest option", "word overlap", "always deny"}
    assert found["always A"].table.right_wrong == 1
    assert found["always A"].true_premise == 1.0
    assert found["always B"].true_premise == 0.0
    assert found["always deny"].true_premise == 0.0
    assert constant(rows, "C") == ["C", "C"]
