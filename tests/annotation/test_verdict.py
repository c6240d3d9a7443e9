"""What a verdict may hold."""

from typing import Any

import pytest
from pydantic import ValidationError

from annotation.verdict import FAULTS, JUDGEMENTS, Fix, FixedHalf, Verdict
from tests.annotation.verdicts import review, small_pair, solve

PAIR = small_pair()
FIX = Fix(category="attribute/shape")


def test_comes_back_from_json_as_it_was() -> None:
    fix = Fix(positive=FixedHalf(question="How many?", options=("1", "2", "3"), letter="B"))
    for one in (review(PAIR, "fix", fix=fix), review(PAIR, "reject", faults=FAULTS), solve(PAIR)):
        assert Verdict.model_validate_json(one.model_dump_json()) == one


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"positive": None}, "answers both"),
        ({"negative": None}, "answers both"),
        ({"judgement": "accept"}, "judges nothing"),
        ({"faults": ("not-visible",)}, "judges nothing"),
        ({"judgement": "fix", "fix": FIX}, "judges nothing"),
    ],
)
def test_a_blind_solve_answers_both_questions_and_judges_nothing(changes: dict[str, Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        Verdict.model_validate({**dict(solve(PAIR)), **changes})


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"judgement": None}, "neither|does not say"),
        ({"judgement": "perhaps"}, "judgement"),
        ({"judgement": "fix"}, "a fix goes with"),
        ({"judgement": "accept", "fix": FIX}, "a fix goes with"),
        ({"judgement": "reject", "positive": "A"}, "answers no question"),
        ({"judgement": "reject", "negative": "none"}, "answers no question"),
        ({"judgement": "reject", "faults": ("ugly",)}, "faults"),
        ({"seconds": -1.0}, "seconds"),
        ({"comment": "x" * 2_001}, "comment"),
        ({"comment": "half \ud83d"}, "unicode"),
        ({"version": 0}, "version"),
        ({"key": ""}, "key"),
        ({"said": "more"}, "said"),
    ],
)
def test_a_review_says_one_of_four_things_and_a_fix_goes_with_fix(changes: dict[str, Any], word: str) -> None:
    given = {**dict(review(PAIR)), **changes}
    with pytest.raises(ValidationError, match=word):
        Verdict.model_validate(given)


def test_every_judgement_can_be_said() -> None:
    for one in JUDGEMENTS:
        assert review(PAIR, one, fix=FIX if one == "fix" else None).judgement == one


def test_a_fix_of_nothing_changes_nothing() -> None:
    assert not Fix().changes
    assert not FixedHalf().changes
    for half in (FixedHalf(question="x"), FixedHalf(options=("x",)), FixedHalf(letter="A")):
        assert Fix(negative=half).changes
        assert Fix(positive=half).changes


@pytest.mark.parametrize("letter", ["", "a", "I", "AB", "A\n", "none"])
def test_a_fixed_key_is_one_letter(letter: str) -> None:
    with pytest.raises(ValidationError):
        FixedHalf(letter=letter)
