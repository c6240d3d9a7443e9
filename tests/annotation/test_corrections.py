"""The pair that a fix makes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from annotation.corrections import corrected
from annotation.labeling import showing
from annotation.verdict import Fix, FixedHalf
from schemas.pair import LETTERS, MAX_TEXT, Option, Pair
from schemas.text import nfc
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import half, pair, small_pair

PAIRS = scene_pairs(40, 5)
every_pair = pytest.mark.parametrize("one", PAIRS[:12], ids=lambda one: one.pair_id)


@every_pair
def test_names_the_pair_it_was_made_from_and_is_verified_by_nobody(one: Pair) -> None:
    new = corrected(one.model_copy(update={"verification": "human-verified"}), Fix(category="context/expert"))
    assert (new.corrected_from, new.category, new.verification) == (one.pair_id, "context/expert", "unverified")
    assert new.pair_id != one.pair_id
    assert new.provenance == one.provenance
    assert (new.positive, new.negative, new.fact, new.premise) == (one.positive, one.negative, one.fact, one.premise)


@every_pair
def test_a_letter_is_that_of_an_option_as_it_was_shown(one: Pair) -> None:
    for letter, text in zip(LETTERS, one.negative.shown, strict=False):
        new = corrected(one, Fix(negative=FixedHalf(letter=letter)))
        assert (new.negative.letter, new.negative.right) == (letter, text)
        assert new.negative.shown == one.negative.shown
        assert new.positive == one.positive


@every_pair
def test_options_are_those_written_each_at_its_letter(one: Pair) -> None:
    shown = [nfc(text) for text in one.positive.shown]
    for place in range(len(shown)):
        written = (*shown[:place], "quite another", *shown[place + 1 :])
        new = corrected(one, Fix(positive=FixedHalf(options=written)))
        assert new.positive.shown == written
        assert new.positive.letter == one.positive.letter
        assert new.positive.options[one.positive.order[place]] == Option(text="quite another")
        kept = [(a, b) for a, b in zip(new.positive.options, one.positive.options, strict=True) if a != b]
        assert len(kept) == 1  # the others keep their roles


@every_pair
def test_what_a_question_is_about_goes_where_the_question_changes(one: Pair) -> None:
    new = corrected(one, Fix(positive=FixedHalf(question="What is it?")))
    assert (new.positive.text, new.fact, new.premise) == ("What is it?", "", "")
    assert (new.positive.image, new.positive.language) == (one.positive.image, one.positive.language)


def test_roles_go_where_the_key_changes() -> None:
    one = next(one for one in PAIRS if any(option.role != "plain" for option in one.negative.options))
    letter = next(letter for letter in LETTERS if letter != one.negative.letter)
    assert {option.role for option in corrected(one, Fix(negative=FixedHalf(letter=letter))).negative.options} == {
        "plain"
    }


def test_the_same_key_again_changes_nothing() -> None:
    one = PAIRS[0]
    new = corrected(one, Fix(positive=FixedHalf(letter=one.positive.letter)))
    assert new.pair_id == one.pair_id
    assert (new.fact, new.premise, new.positive) == (one.fact, one.premise, one.positive)


def test_an_option_left_as_it_was_shown_is_the_pairs_own() -> None:
    """Pages show texts normalised: a combining accent or a run of spaces is no change."""
    options = (
        Option(text="cafe\u0301", role="answer wrong, reason wrong"),
        Option(text="two  words"),
        Option(text="x"),
    )
    question = half("Which?", "-", "-", "-", answer=1).model_copy(update={"options": options})
    one = pair(question, half("Where?", "none", "here"))
    shown = showing(one).shown.positive.options
    new = corrected(one, Fix(positive=FixedHalf(options=(*shown[:2], "y"))))
    assert new.positive.options == (*options[:2], Option(text="y"))


@pytest.mark.parametrize(
    "fix",
    [
        Fix(category="no category"),
        Fix(positive=FixedHalf(options=("", "b", "c"))),
        Fix(negative=FixedHalf(options=("a", "b", "x" * (MAX_TEXT + 1)))),
    ],
)
def test_what_makes_no_pair_is_refused(fix: Fix) -> None:
    with pytest.raises(ValidationError):
        corrected(small_pair(), fix)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(nfc).filter(bool)
HALF = st.builds(
    FixedHalf,
    question=st.none() | TEXT,
    options=st.none() | st.tuples(TEXT, TEXT, TEXT),
    letter=st.none() | st.sampled_from("ABC"),
)


@settings(deadline=None)
@given(st.builds(Fix, positive=HALF, negative=HALF, category=st.none() | st.just("context/expert")))
def test_shows_just_what_the_fix_says(fix: Fix) -> None:
    one = small_pair()
    new = corrected(one, fix)
    for name in ("positive", "negative"):
        was, wanted, made = getattr(one, name), getattr(fix, name), getattr(new, name)
        assert made.text == (wanted.question or was.text)
        assert made.shown == (wanted.options or was.shown)
        assert made.letter == (wanted.letter or was.letter)
    assert new.category == (fix.category or one.category)
    again = corrected(new, fix)
    assert again.pair_id == new.pair_id  # twice is once
