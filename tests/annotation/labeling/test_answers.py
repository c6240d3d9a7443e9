"""Reading what an annotation says."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from annotation.labeling import showing, task_data
from annotation.labeling.answers import NoVerdict, answers_in
from annotation.verdict import FAULTS, MAX_COMMENT, MODES, NONE, Fix, FixedHalf, Mode
from schemas.pair import LETTERS, MAX_TEXT
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import half, pair, small_pair

PAIR = small_pair()
SHOWN = showing(PAIR).shown
Region = dict[str, Any]


def choice(name: str, *values: str) -> Region:
    return {"from_name": name, "to_name": "image", "type": "choices", "value": {"choices": list(values)}}


def text(name: str, *values: str) -> Region:
    return {"from_name": name, "to_name": "image", "type": "textarea", "value": {"text": list(values)}}


def read(*regions: Region, mode: Mode = "review") -> dict[str, Any]:
    return answers_in(list(regions), mode=mode, shown=SHOWN)


def fixed(*regions: Region) -> Fix:
    found = read(choice("verdict", "fix"), *regions)["fix"]
    assert isinstance(found, Fix)
    return found


def refused(*regions: Region, mode: Mode = "review") -> str:
    with pytest.raises(NoVerdict) as caught:
        read(*regions, mode=mode)
    return str(caught.value)


@pytest.mark.parametrize("mode", ["review", "adjudicate"])
@pytest.mark.parametrize("judgement", ["accept", "unsure"])
def test_a_judgement_is_enough_unless_it_rejects_or_fixes(judgement: str, mode: Mode) -> None:
    assert read(choice("verdict", judgement), mode=mode) == {
        "judgement": judgement, "faults": (), "fix": None, "comment": "",
    }  # fmt: skip
    assert "half-filled" in refused(mode=mode)
    assert "half-filled" in refused(text("comment", "well"), mode=mode)
    assert "names no fault" in refused(choice("verdict", "reject"), mode=mode)
    assert "changes nothing" in refused(choice("verdict", "fix"), mode=mode)


def test_faults_go_with_reject_in_their_own_order() -> None:
    found = read(choice("verdict", "reject"), choice("faults", FAULTS[3], FAULTS[0], FAULTS[3]))
    assert found["faults"] == (FAULTS[0], FAULTS[3])
    assert "names a fault" in refused(choice("verdict", "accept"), choice("faults", FAULTS[0]))
    assert "no fault 'ugly'" in refused(choice("verdict", "reject"), choice("faults", "ugly"))


def test_one_judgement_once() -> None:
    assert "several" in refused(choice("verdict", "accept", "reject"))
    assert "twice" in refused(choice("verdict", "accept"), choice("verdict", "accept"))
    assert "no judgement 'ACCEPT'" in refused(choice("verdict", "ACCEPT"))


def test_a_blind_solve_is_a_letter_that_was_shown_or_none_to_each() -> None:
    for first in ("A", "B", "C", NONE):
        found = read(choice("positive", first), choice("negative", "C"), text("comment", "so"), mode="blind")
        assert found == {"positive": first, "negative": "C", "comment": "so"}
    assert "half-filled: the negative" in refused(choice("positive", "A"), mode="blind")
    assert "half-filled: the positive" in refused(choice("positive"), choice("negative", "A"), mode="blind")


@pytest.mark.parametrize("letter", ["D", "AB", "BC", "ABC", "", "a", " A", "None"])
def test_what_is_no_letter_that_was_shown_is_no_answer(letter: str) -> None:
    assert "no option" in refused(choice("positive", letter), choice("negative", "A"), mode="blind")
    assert "no option" in refused(choice("verdict", "fix"), choice("positive_key_fix", letter))


def test_a_fix_is_what_differs_from_what_was_shown() -> None:
    data = task_data(PAIR, "review", image="")
    left = [text(f"{name}_{field}_fix", data[f"{name}_{of}"]) for name in ("positive", "negative")
            for field, of in (("question", "question"), ("options", "lines"))]  # fmt: skip
    assert "changes nothing" in refused(choice("verdict", "fix"), *left)
    assert "changes nothing" in refused(choice("verdict", "fix"), text("positive_question_fix", " How many\ndogs  0? "))
    assert "changes nothing" in refused(choice("verdict", "fix"), choice("category_fix", PAIR.category), *left)
    assert fixed(*left, choice("category_fix", "context/expert")) == Fix(category="context/expert")
    assert fixed(*left, choice("negative_key_fix", "B")) == Fix(negative=FixedHalf(letter="B"))
    assert fixed(text("positive_question_fix", " How  many\ncats? ")) == Fix(
        positive=FixedHalf(question="How many cats?")
    )
    written = "three\r\n\n  one \u2028\n four\n"
    assert fixed(text("positive_options_fix", written)) == Fix(positive=FixedHalf(options=("three", "one", "four")))


def test_blank_options_that_were_shown_and_left_alone_are_no_change() -> None:
    one = pair(half("Which?", "a", " ", "b"), half("Where?", "none", "here"))
    shown, lines = showing(one).shown, task_data(one, "review", image="")["positive_lines"]
    result = [choice("verdict", "fix"), text("positive_options_fix", lines), choice("positive_key_fix", "C")]
    assert answers_in(result, mode="review", shown=shown)["fix"] == Fix(positive=FixedHalf(letter="C"))


def test_a_fix_keeps_as_many_options_and_texts_within_bounds() -> None:
    assert "2 options" in refused(choice("verdict", "fix"), text("positive_options_fix", "a\nb"))
    assert "4 options" in refused(choice("verdict", "fix"), text("positive_options_fix", "a\nb\nc\nd"))
    assert "0 options" in refused(choice("verdict", "fix"), text("positive_options_fix", ""))
    assert "empty or longer" in refused(choice("verdict", "fix"), text("negative_question_fix", " \n"))
    long = "x" * (MAX_TEXT + 1)
    assert "empty or longer" in refused(choice("verdict", "fix"), text("negative_question_fix", long))
    assert "longer than" in refused(choice("verdict", "fix"), text("negative_options_fix", f"a\nb\n{long}"))
    assert "no category 'Number'" in refused(choice("verdict", "fix"), choice("category_fix", "Number"))


def test_a_fix_that_was_begun_and_left_is_none() -> None:
    assert read(choice("verdict", "accept"), choice("positive_key_fix", "B"))["fix"] is None


def test_a_comment_is_one_line_bounded_and_whole_characters() -> None:
    assert read(choice("verdict", "accept"), text("comment", "a\n b", "c"))["comment"] == "a b c"
    assert len(read(choice("verdict", "accept"), text("comment", "x" * 9_999))["comment"]) == MAX_COMMENT
    assert read(choice("verdict", "accept"), text("comment", "so \ud83d"))["comment"] == "so \ufffd"


def test_half_a_character_is_no_question() -> None:
    with pytest.raises(ValidationError):
        read(choice("verdict", "fix"), text("positive_question_fix", "so \ud83d"))


@pytest.mark.parametrize(
    "result",
    [None, {}, "accept", 1, [None], ["verdict"], [[]], [{}], [{"from_name": "verdict"}],
     [{"from_name": 1, "value": {"choices": ["accept"]}}], [{"from_name": "verdict", "value": None}],
     [{"from_name": "verdict", "value": ["accept"]}], [{"from_name": "verdict", "value": {}}],
     [{"from_name": "verdict", "value": {"choices": [1]}}], [{"from_name": "verdict", "value": {"choices": {}}}],
     [{"from_name": "verdict", "value": {"choices": [["accept"]]}}], [{"type": "relation", "from_id": "a"}]],
)  # fmt: skip
def test_what_the_page_cannot_have_made_is_no_verdict(result: object) -> None:
    for mode in MODES:
        with pytest.raises(NoVerdict):
            answers_in(result, mode=mode, shown=SHOWN)


NAMES = st.sampled_from(
    ["verdict", "faults", "comment", "category_fix", "positive", "negative"]
    + [f"{name}_{field}_fix" for name in ("positive", "negative") for field in ("question", "options", "key")]
)
WORDS = (
    st.sampled_from(["accept", "fix", "reject", "none", "A", "AB", "", "a/b", "one\ntwo\nthree", *FAULTS]) | st.text()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["choices", "text", "id"]), inner),
    max_leaves=8,
)
REGION = st.fixed_dictionaries(
    {"from_name": NAMES, "value": st.dictionaries(st.sampled_from(["choices", "text"]), st.lists(WORDS, max_size=2))}
)


@settings(deadline=None)
@given(st.lists(REGION | JSON, max_size=8) | JSON, st.sampled_from(MODES))
def test_whatever_it_holds_it_is_read_or_no_verdict(result: object, mode: Mode) -> None:
    try:
        found = answers_in(result, mode=mode, shown=SHOWN)
    except (NoVerdict, ValidationError):
        return
    if mode == "blind":
        assert {found["positive"], found["negative"]} <= {*LETTERS[:3], NONE}
    else:
        assert (found["fix"] is not None) == (found["judgement"] == "fix")


def test_every_answer_a_task_offers_is_read_as_it_was_given() -> None:
    for one in scene_pairs(20, 5):
        data, shown = task_data(one, "blind", image=""), showing(one).shown
        for first in data["positive_answers"]:
            for second in data["negative_answers"]:
                said = [choice("positive", first["value"]), choice("negative", second["value"])]
                found = answers_in(said, mode="blind", shown=shown)
                assert (found["positive"], found["negative"]) == (first["value"], second["value"])
