"""What a task holds, and what it does not."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from annotation.gold import broken
from annotation.labeling import showing, task_data
from annotation.labeling.task import MOST_CAPTIONS, still_shows
from annotation.verdict import MODES, NONE, Mode
from schemas.pair import LETTERS, MAX_TEXT, Option, Pair
from schemas.text import nfc
from tests.annotation.consensus.simulated import scene_pairs
from tests.annotation.verdicts import half, pair, small_pair

PAIRS = scene_pairs(60, 5)
IDS = {"pair", "content"}
every_mode = pytest.mark.parametrize("mode", MODES)


def data_of(one: Pair, mode: Mode = "review", **more: Any) -> dict[str, Any]:
    return task_data(one, mode, image="/data/a.jpg", captions=["A dog.", "Two dogs."], categories=["a/b"], **more)


def test_a_sound_pair_and_one_with_another_key_are_one_to_a_blind_solver() -> None:
    tried = 0
    for seed in range(5):
        for one in PAIRS:
            gold = broken(one, seed=seed)
            if gold.fault != "not-misleading":
                sound, spoilt = data_of(one, "blind"), data_of(gold.pair, "blind")
                assert {key: sound[key] for key in sound.keys() - IDS} == {
                    key: spoilt[key] for key in sound.keys() - IDS
                }
                assert all(sound[key] != spoilt[key] for key in IDS)
                tried += 1
    assert tried > 200


def test_a_blind_solver_is_told_neither_key_captions_nor_what_it_is_about() -> None:
    for one in PAIRS:
        data = data_of(one, "blind")
        assert data.keys() == {
            "image", "pair", "content", "positive_question", "positive_options", "positive_answers",
            "negative_question", "negative_options", "negative_answers",
        }  # fmt: skip
        assert "✔" not in json.dumps(data, ensure_ascii=False)
        key = {"answer": (one.positive.answer + 1) % len(one.positive.options)}
        said = {"fact": "x", "premise": "y", "verification": "human-verified", "corrected_from": "z"}
        other = one.model_copy(update={**said, "positive": one.positive.model_copy(update=key)})
        assert {**data_of(other, "blind"), **{key: data[key] for key in IDS}} == data


@every_mode
def test_no_task_says_whether_its_answer_is_known(mode: Mode) -> None:
    told = json.dumps([data_of(one, mode) for one in PAIRS]).lower()
    assert not any(word in told for word in ("gold", "broken", "solved", "label", "generator", "verif"))


def test_options_are_lettered_as_the_pair_is_and_the_key_is_marked() -> None:
    for one in PAIRS:
        data = data_of(one)
        for name in ("positive", "negative"):
            lines = data[f"{name}_options"].split("\n")
            asked = getattr(one, name)
            marked = [line for line in lines if line.startswith("✔ ")]
            assert marked == [f"✔ {asked.letter}. {nfc(asked.right)}"]
            assert [line.removeprefix("✔").strip()[:2] for line in lines] == [f"{x}." for x in LETTERS[: len(lines)]]
            assert data[f"{name}_lines"].split("\n") == [nfc(text) for text in asked.shown]
            blind = data_of(one, "blind")
            assert blind[f"{name}_options"] == "\n".join(line.removeprefix("✔").strip() for line in lines)
            assert [choice["value"] for choice in blind[f"{name}_answers"]] == [*LETTERS[: len(lines)], NONE]
            assert [choice["value"] for choice in data[f"{name}_letters"]] == list(LETTERS[: len(lines)])


LINES = st.text(
    st.sampled_from("ab \n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029\u00a0\u200b.✔ABC"), min_size=1, max_size=20
).filter(str.strip)


@settings(deadline=None)
@given(st.lists(LINES, min_size=2, max_size=8), LINES, st.sampled_from(MODES))
def test_no_text_can_pass_for_another_line(options: list[str], question: str, mode: Mode) -> None:
    one = pair(half(question, *options), half("Where?", "none", "here"))
    data = data_of(one, mode)
    assert len(data["positive_options"].splitlines()) == len(options)
    assert len(data["positive_question"].splitlines()) == 1
    lines = [line.lstrip("✔ ") for line in data["positive_options"].split("\n")] if mode != "blind" else []
    assert all(line.startswith(f"{letter}. ") for letter, line in zip(LETTERS, lines, strict=False))
    if mode == "review":
        about = pair(one.positive, one.negative, fact=question, premise=question)
        assert len(data_of(about)["about"].splitlines()) == 2
        assert len(task_data(one, mode, image="", captions=[question, "x"])["captions"].splitlines()) == 2


@every_mode
def test_long_texts_are_shown_whole(mode: Mode) -> None:
    long = [letter * MAX_TEXT for letter in LETTERS]
    one = pair(half("q" * MAX_TEXT, *long), half("p" * MAX_TEXT, *long))
    data = data_of(one, mode)
    assert data["positive_question"] == "q" * MAX_TEXT
    assert all(text in data["negative_options"] for text in long)
    assert still_shows(data, showing(one).shown)


def test_captions_are_bounded_and_none_is_said() -> None:
    many = task_data(small_pair(), "review", image="", captions=["c" * MAX_TEXT] * 100)["captions"]
    assert many.endswith("… (and more)")
    assert len(many) < MOST_CAPTIONS + 20
    assert task_data(small_pair(), "review", image="")["captions"] == "none"
    assert task_data(small_pair(), "review", image="", captions=["a", "b\nc"])["captions"] == "• a\n• b c"


def test_half_a_character_reaches_no_pair() -> None:
    with pytest.raises(ValidationError):
        Option(text="half \ud83d")
    with pytest.raises(ValidationError):
        half("half \ud83d", "a", "b")


@every_mode
def test_an_adjudicator_alone_is_told_what_others_said(mode: Mode) -> None:
    assert ("they differ" in data_of(small_pair(), mode, said="they differ").values()) == (mode == "adjudicate")


def test_content_is_of_all_that_is_shown_and_asked() -> None:
    one = small_pair()
    others = [
        small_pair(1),
        pair(one.positive.model_copy(update={"order": (0, 1, 2)}), one.negative),
        pair(one.positive.model_copy(update={"answer": 1}), one.negative),
        pair(one.negative, one.positive),
        small_pair(category="context/expert"),
        small_pair(kind="contrast"),
        pair(half("How many dogs 0?", "one", 'two", "three', order=(1, 0)), one.negative),
    ]
    assert len({showing(other).content for other in [one, *others]}) == 1 + len(others)
    same = small_pair(fact="x", premise="y", verification="sampled")
    assert showing(same) == showing(one)


@settings(deadline=None)
@given(st.lists(st.tuples(LINES, LINES, LINES), min_size=2, max_size=4, unique_by=lambda one: tuple(map(nfc, one))))
def test_different_texts_are_different_contents(texts: list[tuple[str, str, str]]) -> None:
    made = [pair(half(a, b, c), half("Where?", "none", "here")) for a, b, c in texts]
    assert len({showing(one).content for one in made}) == len(made)


@every_mode
def test_a_task_that_was_changed_at_the_server_is_told_from_one_that_was_not(mode: Mode) -> None:
    for one in PAIRS[:20]:
        data, shown = json.loads(json.dumps(data_of(one, mode))), showing(one).shown
        assert still_shows(data, shown)
        for name in ("positive", "negative"):
            lines = data[f"{name}_options"].split("\n")
            changed: list[dict[str, Any]] = [
                {f"{name}_question": data[f"{name}_question"] + " not"},
                {f"{name}_question": None},
                {f"{name}_options": "\n".join(lines[:-1])},
                {f"{name}_options": "\n".join(reversed(lines))},
                {f"{name}_options": f"{data[f'{name}_options']} or so"},
                {f"{name}_options": lines},
            ]
            assert not any(still_shows(data | change, shown) for change in changed)
    assert not still_shows({}, shown)
