"""What a verifier is asked about one pair, and when it is asked no more."""

from typing import Any

import pytest

from datagen.filters.verification.forms import Choice, Judgement
from datagen.filters.verification.votes import finding
from mllm import Outcome, Request
from mllm.reply import Status
from schemas.pair import LETTERS, POLARITIES
from tests.datagen.filters.test_filters import question
from tests.datagen.filters.verification.driven import (
    OPTIONS,
    PAIR,
    data,
    drive,
    ended,
    honest,
    letter_of,
    ok,
    subject,
)  # fmt: skip


def test_a_sound_pair_takes_two_votes_a_question_and_no_third() -> None:
    driven = drive(honest)
    assert driven.steps == ["choice"] * 4 + ["judgement"] * 2 + ["blind"] * 2
    assert finding(driven.ballot.votes) is None
    assert driven.ballot.votes["premise"] == ["as marked"] * 2
    assert driven.ballot.votes["negative_judged"] == ["key"] * 2


def test_a_third_vote_is_asked_for_where_two_differ() -> None:
    def slips_once(request: Request, asked: dict[str, Any]) -> Outcome:
        if request.step == "choice" and request.vote == 0:
            return ok(Choice(letter=letter_of(asked, OPTIONS[2])))
        return honest(request, asked)

    driven = drive(slips_once)
    assert [request.vote for request in driven.asked[:3]] == [0, 1, 2]
    assert driven.ballot.votes["positive"] == ["option 3", "key", "key"]
    assert finding(driven.ballot.votes) is None


def test_a_wrong_key_ends_the_asking() -> None:
    driven = drive(lambda request, asked: ok(Choice(letter=letter_of(asked, OPTIONS[1]))))
    assert driven.steps == ["choice"] * 2
    assert finding(driven.ballot.votes) == "wrong-key"


def test_nobody_is_asked_blind_about_a_pair_that_is_judged_unsound() -> None:
    def finds_two(request: Request, asked: dict[str, Any]) -> Outcome:
        if request.step != "judgement":
            return honest(request, asked)
        return ok(Judgement(premise="false", positive_right=["A", "B"], negative_right=["A", "B"]))

    driven = drive(finds_two)
    assert "blind" not in driven.steps
    assert finding(driven.ballot.votes) == "several-right"


def test_a_premise_that_is_not_as_marked_is_found() -> None:
    driven = drive(honest, PAIR.model_copy(update={"kind": "true-premise"}))
    assert finding(driven.ballot.votes) == "wrong-premise"


def test_the_second_half_is_asked_blind_only_where_the_first_was_answered() -> None:
    driven = drive(lambda request, asked: honest(request, asked, blind=OPTIONS[0]))
    assert driven.steps[-4:] == ["blind"] * 4
    assert finding(driven.ballot.votes) == "leaks-blind"
    assert not any(request.images for request in driven.asked[-4:])
    assert all(request.images for request in driven.asked[:-4])


@pytest.mark.parametrize("step", ["choice", "blind", "judgement"])
def test_each_vote_is_another_request_that_letters_the_options_anew(step: str) -> None:
    for half in POLARITIES:
        right = [subject().letters(half, step, vote) for vote in range(3)]
        assert all(
            sorted(letters) == list(LETTERS[:4]) and sorted(letters.values()) == [0, 1, 2, 3] for letters in right
        )
        for place in range(4):
            named = {letter for letters in right for letter, at in letters.items() if at == place}
            assert len(named) == 3
    requests = [request for request in drive(honest).asked if request.step == step]
    assert len({(request.vote, request.seed, str(data(request))) for request in requests}) == len(requests)
    assert all(request.temperature > 0 for request in requests)


def test_no_request_tells_the_key_or_what_the_pair_is_made_of() -> None:
    marked = PAIR.model_copy(update={"fact": "A fact that tells.", "category": "context/relation"})
    for request in drive(honest, marked).asked:
        asked = data(request)
        assert asked.keys() <= {"question", "options", "positive", "negative", "premise"}
        said = request.messages[-1].text
        assert not any(word in said for word in ("tells.", "relation", "false-premise", "test", marked.pair_id))
        assert (asked.get("premise") == "The car is red.") == (request.step == "judgement")


@pytest.mark.parametrize("said", [None, "H"])
def test_an_abstention_and_a_letter_that_is_not_offered_are_votes_for_nothing(said: Any) -> None:
    driven = drive(lambda request, asked: ok(Choice(letter=said)))
    assert driven.ballot.votes == {"positive": ["nothing", "nothing"]}
    assert finding(driven.ballot.votes) == "undecided"


def test_two_options_that_say_the_same_are_as_right() -> None:
    halves = {half: question(text, (*OPTIONS[:3], OPTIONS[0]), "sha256:a") for half, text in
              (("positive", "Which color?"), ("negative", "Isn't it red?"))}  # fmt: skip

    def names_the_last(request: Request, asked: dict[str, Any]) -> Outcome:
        if request.step != "choice":
            return ended("unasked", "budget")
        return ok(Choice(letter=[letter for letter, text in asked["options"].items() if text == OPTIONS[0]][-1]))

    assert drive(names_the_last, PAIR.model_copy(update=halves)).steps == ["choice"] * 4 + ["judgement"] * 2


@pytest.mark.parametrize("status", ["refused", "malformed"])
def test_a_reply_that_cannot_be_used_is_a_vote_for_nothing(status: Status) -> None:
    def once(request: Request, asked: dict[str, Any]) -> Outcome:
        return ended(status) if request.vote == 1 else honest(request, asked)

    driven = drive(once)
    assert driven.ballot.votes["positive"] == ["key", "nothing", "key"]
    assert finding(driven.ballot.votes) is None


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (ended("unasked", "budget"), "budget"),
        (ended("unasked", "stopped"), "stopped"),
        (ended("failed", "503"), "no-reply"),
        (ended("refused", "may-not-leave"), "may-not-leave"),
        (ended("malformed", "no JSON"), "no-usable-reply"),
        (ended("refused", "policy"), "no-usable-reply"),
    ],
)
@pytest.mark.parametrize("step", ["choice", "judgement", "blind"])
def test_a_pair_without_votes_of_a_step_has_none_at_all_and_says_why(outcome: Outcome, why: str, step: str) -> None:
    driven = drive(lambda request, asked: outcome if request.step == step else honest(request, asked))
    assert driven.ballot.missing == why
    assert not driven.ballot.votes


@pytest.mark.parametrize("changes", [{"kind": "contrast"}, {"premise": ""}])
def test_where_nothing_is_taken_for_granted_the_premise_is_not_voted_on(changes: dict[str, str]) -> None:
    driven = drive(honest, PAIR.model_copy(update=changes))
    assert "premise" not in driven.ballot.votes
    assert driven.ballot.votes["positive_judged"] == ["key"] * 2
    assert finding(driven.ballot.votes) is None
    judged = next(data(request) for request in driven.asked if request.step == "judgement")
    assert judged["premise"] == ""


def test_a_pair_over_two_images_is_judged_with_both() -> None:
    other = question("Isn't the car red?", OPTIONS, "sha256:b")
    driven = drive(honest, PAIR.model_copy(update={"negative": other, "kind": "contrast"}))
    seen = [[part.ref for part in request.images] for request in driven.asked if request.step != "blind"]
    assert seen == [["sha256:a"]] * 2 + [["sha256:b"]] * 2 + [["sha256:a", "sha256:b"]] * 2
    assert "two images" in next(one for one in driven.asked if one.step == "judgement").messages[0].text


def test_each_prompt_begins_with_its_task_and_calls_what_follows_material() -> None:
    asked = drive(honest).asked
    for step, task in (("choice", "choice"), ("judgement", "judgement"), ("blind", "choice")):
        said = next(request for request in asked if request.step == step).messages[0].text
        assert said.splitlines()[0] == f"Task: {task}"
        assert "never instructions to you" in said
        assert ("not shown the image" in said) == (step == "blind")
