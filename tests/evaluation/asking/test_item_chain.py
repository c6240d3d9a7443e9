"""What is asked of one item, request by request, with outcomes made up; by likelihood, through a stub of a model."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from evaluation.asking.chain import Asked, ask_item, inside_of
from evaluation.asking.likelihood import choices_of, likeliest, scores_of
from evaluation.asking.way import Way
from evaluation.item import Item
from evaluation.strategies import STRATEGIES
from mllm import Asker, ImagePart, Journal, Message, Outcome, Probe, Reply, Request, Terms, Till, Usage, run_chains
from mllm.budget import Budget
from mllm.picture import Picture
from mllm.prices import Tariff
from mllm.probe import Ability, Probing
from schemas.config import Price
from schemas.identity import image_ref
from schemas.mmr import format_question

TEXTS = ("It is red.", "It is a rather dark kind of blue.", "It is green.", "Nothing of the kind can be seen.")
PLAIN = STRATEGIES.get("plain")


def item(gold: str = "B", **other: Any) -> Item:
    made = Item(
        id="attribute/color&texture/1", question_type="NEG", kind="false-premise", category="attribute/color&texture",
        image="i.png", text=format_question("Which colour is it?", TEXTS), stem="Which colour is it?",
        options=dict(zip("ABCD", TEXTS, strict=True)), gold=gold, row=1,
    )  # fmt: skip
    return replace(made, **other)


YES_NO = item(
    "A", text="Is it red?", stem="Is it red?", options={"A": "Yes", "B": "No"}, style="words", kind="contrast"
)


def followed(one: Item, way: Way, *statuses: str, strategy: str = "plain") -> tuple[Asked, list[Request]]:
    """An item asked to its end; the k-th request has the k-th status, those behind are ok; what is written is B."""
    chain = ask_item(one, None, way, STRATEGIES.get(strategy))
    sent: list[Request] = []
    given_out = iter(statuses)
    try:
        requests = next(chain)
        while True:
            sent += requests
            requests = chain.send([Outcome(str(len(sent)), next(given_out, "ok"), "B") for _ in requests])  # type: ignore[arg-type]
    except StopIteration as end:
        return end.value, sent


def test_what_follows_an_unanswered_question_is_not_asked() -> None:
    way = Way(circular=True, push_back=True)
    whole, sent = followed(item(), way)
    assert (len(sent), len(whole.rotations), whole.open) == (5, 4, False)
    for status in ("failed", "unasked"):
        broken, sent = followed(item(), way, "ok", status)
        assert (len(sent), len(broken.rotations), broken.open) == (2, 2, True)
        assert broken.pushed is None


def test_a_refusal_is_an_answer_that_says_nothing() -> None:
    asked, sent = followed(item(), Way(push_back=True), "refused")
    assert (len(sent), asked.open, asked.rotations[0].reading.strict) == (1, False, None)
    assert not asked.rotations[0].reading.right("official")


def test_a_challenge_without_a_reply_leaves_the_item_open() -> None:
    asked, _ = followed(item(), Way(push_back=True), "ok", "failed")
    assert asked.open
    assert asked.pushed is not None
    assert asked.pushed.open


def test_blind_no_image_part_is_in_any_request() -> None:
    for strategy in ("plain", "warned"):
        _, sent = followed(item(), Way(blind=True, circular=True, push_back=True), strategy=strategy)
        assert len(sent) == 5
        assert not any(one.images for one in sent)


def test_words_are_asked_for_in_words_and_never_turned() -> None:
    asked, sent = followed(YES_NO, Way(circular=True))
    assert len(asked.rotations) == len(sent) == 1
    assert asked.fixed is None
    assert sent[0].messages[-1].text.endswith("yes or no.")


def test_what_cannot_be_written_in_another_order_is_fixed_and_asked_as_it_stands() -> None:
    odd = item(options={letter: f"It is {letter}." for letter in "ABCDEFGHI"})  # more than can be written
    asked, sent = followed(odd, Way(circular=True))
    assert asked.fixed
    assert (len(asked.rotations), len(sent)) == (1, 1)


class Stub:
    """A model that can be measured: the likelihood of a choice, and attention, are what it was told."""

    endpoint, name = "stub", "stub"
    host: str | None = None
    probes: frozenset[Ability] = frozenset({"choices", "attention", "veil", "efficiency"})

    def __init__(self, likelihood: Mapping[str, float]) -> None:
        self.likelihood, self.asked = likelihood, list[Request]()

    async def ask(
        self, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], key: str
    ) -> Reply:
        self.asked.append(request)
        probe = request.probe
        if probe is None:
            return Reply("B", Usage(1, 1))
        found: dict[str, Any] = {"text": "B", "mass": {"system": 0.1, "image": 0.5, "question": 0.3, "other": 0.1},
                                 "grid": [[0.1, 0.4], [0.0, 0.0]]}  # fmt: skip
        if probe.choices:
            found = {"logprobs": [self.likelihood[one] for one in probe.choices], "tokens": [1 for _ in probe.choices]}
        return Reply(json.dumps(found), Usage(1, 1))

    async def close(self) -> None: ...


def answered(stub: Stub, way: Way, folder: Path, *items: Item, strategy: str = "plain") -> list[Asked]:
    """Items asked of a stub through a real asker, with a real journal and an image."""
    path = folder / "i.png"
    Image.new("RGB", (8, 8), (9, 9, 9)).save(path)
    image = ImagePart(image_ref(path.read_bytes()), path)
    journal = Journal(folder / "journal.sqlite")
    found: list[Asked] = []
    try:
        till = Till(Tariff("stub", Price(input=0, output=0)), "auto", Budget(None, spent=0.0))
        asker = Asker(stub, journal, till, Terms(concurrency=1))
        shown = None if way.blind else image
        run_chains([ask_item(one, shown, way, STRATEGIES.get(strategy)) for one in items], asker, found.append)
    finally:
        journal.close()
    return found


LETTERS = {"A": -2.0, "B": -0.5, "C": -3.0, "D": -4.0}


def test_the_stub_is_a_model_that_can_be_measured() -> None:
    assert isinstance(Stub({}), Probing)


def test_the_likeliest_letter_is_the_answer_and_nothing_is_written(tmp_path: Path) -> None:
    stub = Stub(LETTERS)
    (one,) = answered(stub, Way(by="likelihood"), tmp_path, item("B"))
    assert [request.probe for request in stub.asked] == [Probe(choices=("A", "B", "C", "D"))]
    said = one.rotations[0]
    assert (said.reading.strict, said.reading.official, said.scores) == ("B", "B", LETTERS)
    assert said.reading.right("strict")
    assert not said.reading.differs


def test_two_that_are_equally_likely_are_no_answer(tmp_path: Path) -> None:
    (one,) = answered(Stub(LETTERS | {"C": -0.5}), Way(by="likelihood"), tmp_path, item("B"))
    reading = one.rotations[0].reading
    assert (reading.strict, reading.official) == (None, "E")


def test_texts_are_compared_by_byte_so_that_the_short_one_does_not_win_by_being_short(tmp_path: Path) -> None:
    per_byte = dict(zip(TEXTS, (-0.5, -0.2, -0.4, -0.6), strict=True))
    stub = Stub({text: rate * len(text.encode()) for text, rate in per_byte.items()})
    assert stub.likelihood[TEXTS[0]] > stub.likelihood[TEXTS[1]], "by the sum the first would win"
    (one,) = answered(stub, Way(by="likelihood", over="text"), tmp_path, item("B"))
    assert one.rotations[0].reading.strict == "B"
    assert one.rotations[0].scores == pytest.approx(dict(zip("ABCD", per_byte.values(), strict=True)))


def test_by_likelihood_a_right_letter_is_challenged_as_if_the_model_had_said_it(tmp_path: Path) -> None:
    stub = Stub(LETTERS)
    (one,) = answered(stub, Way(by="likelihood", push_back=True), tmp_path, item("B"))
    challenge = stub.asked[1]
    assert [(message.role, message.text) for message in challenge.messages][1] == ("assistant", "B")
    assert challenge.probe == Probe(choices=("A", "B", "C", "D"))
    assert one.pushed is not None
    assert one.pushed.reading.right("strict")


def test_a_question_that_cannot_be_split_has_no_texts_to_compare_and_is_not_asked(tmp_path: Path) -> None:
    stub = Stub(LETTERS)
    (one,) = answered(stub, Way(by="likelihood", over="text"), tmp_path, item("B", options={}))
    assert stub.asked == []
    assert (one.rotations[0].outcome.status, one.rotations[0].reading.strict, one.open) == ("malformed", None, False)
    (one,) = answered(stub, Way(by="likelihood"), tmp_path, item("B", options={}))
    assert one.rotations[0].reading.strict == "B", "its letters can be compared all the same"


def test_yes_and_no_are_compared_as_words(tmp_path: Path) -> None:
    stub = Stub({"Yes": -0.1, "No": -2.0})
    (one,) = answered(stub, Way(by="likelihood"), tmp_path, YES_NO)
    assert (one.rotations[0].reading.strict, one.rotations[0].reading.official) == ("A", "A")


def test_internals_are_attention_and_the_letters_margin_beside_the_answer(tmp_path: Path) -> None:
    stub = Stub(LETTERS)
    (one,) = answered(stub, Way(internals=True), tmp_path, item("A"))
    assert [request.probe.ability if request.probe else None for request in stub.asked] == [
        None,
        "attention",
        "choices",
    ]
    found = inside_of(one)
    assert found is not None
    assert sum(found.mass.values()) == pytest.approx(1)
    assert found.margin == pytest.approx(-2.0 - -0.5)
    assert (found.grid, found.right) == ([[0.1, 0.4], [0.0, 0.0]], False)


def test_internals_by_likelihood_ask_for_the_letters_once(tmp_path: Path) -> None:
    stub = Stub(LETTERS)
    answered(stub, Way(internals=True, by="likelihood"), tmp_path, item("A"))
    assert [request.probe.ability for request in stub.asked if request.probe] == ["choices", "attention"]


def test_attention_guided_looks_under_the_veil_and_random_under_another_of_the_same_weights(tmp_path: Path) -> None:
    veils = {}
    for strategy in ("attention-guided", "attention-random"):
        stub = Stub(LETTERS)
        folder = tmp_path / strategy
        folder.mkdir()
        (one,) = answered(stub, Way(internals=True, push_back=True), folder, item("B"), strategy=strategy)
        first, *rest = stub.asked
        assert (first.veil, first.probe) == (None, Probe(attention=True))
        assert len({request.veil for request in rest}) == 1, "answer, challenge and look inside see the same image"
        veil = rest[0].veil
        assert veil is not None
        veils[strategy] = veil.grid
        assert one.rotations[0].notes == {"first": "B"}
    guided, control = veils.values()
    assert guided == ((0.475, 1.0), (0.3, 0.3))
    assert sorted(sum(guided, ())) == sorted(sum(control, ()))


def test_nothing_inside_is_measured_where_it_was_not_asked_for(tmp_path: Path) -> None:
    (one,) = answered(Stub(LETTERS), Way(), tmp_path, item())
    assert inside_of(one) is None


@given(st.lists(st.floats(-50, 0), min_size=2, max_size=8))
def test_the_likeliest_has_the_highest_score_or_nobody_has(scores: list[float]) -> None:
    found = dict(zip("ABCDEFGH", scores, strict=False))
    letter = likeliest(found)
    assert (letter is None) == (scores.count(max(scores)) > 1)
    if letter is not None:
        assert found[letter] == max(scores)
    assert likeliest({}) is None


def test_choices_are_letters_in_order_texts_or_words() -> None:
    assert choices_of(item(), "letters") == {letter: letter for letter in "ABCD"}
    assert choices_of(item(), "text") == item().options
    assert choices_of(YES_NO, "letters") == {"A": "Yes", "B": "No"}
    assert choices_of(item(options={}), "letters") == {letter: letter for letter in "ABCD"}
    assert choices_of(item(options={}), "text") == {}
    reply = json.dumps({"logprobs": [-1.0, -4.0]})
    assert scores_of(reply, {"A": "ä", "B": "four"}, "text") == {"A": -0.5, "B": -1.0}
