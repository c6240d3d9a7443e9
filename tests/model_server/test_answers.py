import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from datagen.filters.verification.forms import Choice, Judgement
from datagen.generators.mllm.forms import Extraction, PairsReply
from schemas.run import RunFolder
from schemas.taxonomy import MMR_CATEGORIES
from tests.model_server import ModelServer
from tests.model_server.asking import ask, body, format_of, said

ALL = dict.fromkeys(MMR_CATEGORIES, 3)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def running(run: Path) -> Iterator[ModelServer]:
    with ModelServer(run=run) as server:
        yield server


@pytest.fixture
def server(running: ModelServer, run: Path) -> ModelServer:
    defaults = type(running.config)(run=run)
    running.configure(**{name: getattr(defaults, name) for name in type(defaults).model_fields})
    running.reset()
    return running


def pairs(server: ModelServer, picture: bytes, categories: dict[str, int] = ALL) -> list[Row]:
    found: list[Row] = said(ask(server, body("pairs", {"categories": categories}, picture)))["pairs"]
    return found


def options_of(asked: Row) -> Row:
    texts = [asked[key] for key in ("wrong", "wrong_answer_right_reason", "right", "right_answer_wrong_reason")]
    return {"question": asked["question"], "options": dict(zip("ABCD", texts, strict=True))}


def test_extraction_holds_the_scenes_exact_facts_in_the_form(
    server: ModelServer, run: Path, pictures: dict[str, bytes]
) -> None:
    facts = RunFolder.open(run).require("facts").table("facts").to_pylist()
    for image, content in pictures.items():
        asked = body("", {"captions": []}, content, response_format=format_of("extraction", Extraction))
        form = Extraction.model_validate_json(ask(server, asked).choices[0].message.content or "")
        told = {fact["value"] for fact in facts if fact["image"] == image and fact["slot"] == "text"}
        assert {one.text for one in form.texts} == told
        counted = {(fact["subject"], int(fact["value"])) for fact in facts
                   if fact["image"] == image and fact["slot"] == "count"}  # fmt: skip
        assert {(thing.name, thing.count) for thing in form.objects if thing.count is not None} == counted
        absent = {fact["subject"] for fact in facts if fact["image"] == image and fact["value"] == "absent"}
        assert not absent & {thing.name for thing in form.objects}
        assert all(0.9 <= thing.confidence <= 1 for thing in form.objects)


def test_pairs_come_for_each_category_or_it_is_declined(server: ModelServer, picture: bytes) -> None:
    asked = body("", {"captions": [], "facts": [], "categories": ALL}, picture)
    reply = ask(server, asked | {"response_format": format_of("pairs", PairsReply)})
    form = PairsReply.model_validate_json(reply.choices[0].message.content or "")
    made, declined = {pair.category for pair in form.pairs}, {one.category for one in form.declined}
    assert made | declined == set(ALL)
    assert not made & declined
    assert max(sum(pair.category == name for pair in form.pairs) for name in made) <= 3
    for pair in form.pairs:
        for half in (pair.positive, pair.negative):
            assert len(set(half.model_dump().values())) == 5


def test_pairs_name_the_facts_they_rest_on_and_have_as_many_true_premises_as_asked(
    server: ModelServer, run: Path, pictures: dict[str, bytes]
) -> None:
    for image, picture in pictures.items():
        rows = RunFolder.open(run).require("facts").table("facts").to_pylist()
        facts = [row for row in rows if row["image"] == image and row["value"] != "absent"]
        told = [{"subject": row["subject"], "is": row["value"], "number": 100 + at} for at, row in enumerate(facts)]
        data = {"categories": {"attribute/color&texture": 2}, "true_premise": {}, "facts": told}
        for pair in said(ask(server, body("pairs", data, picture)))["pairs"]:
            bases = [facts[number - 100] for number in pair["rests_on"]]
            assert bases
            assert all(base["value"] in pair["fact"] and base["subject"] in pair["fact"] for base in bases)
        for true_premise, kinds in ((ALL, {"true-premise"}), ({}, {"false-premise"})):
            reply = said(ask(server, body("pairs", {"categories": ALL, "true_premise": true_premise}, picture)))
            assert {pair["kind"] for pair in reply["pairs"]} == kinds


def test_a_reply_may_be_asked_for_again_in_the_same_talk(server: ModelServer, picture: bytes) -> None:
    asked = body("pairs", {"categories": {"attribute/existence": 1}}, picture)
    again = [{"role": "assistant", "content": "{}"}, {"role": "user", "content": "That is not the form. Again."}]
    assert said(ask(server, asked | {"messages": asked["messages"] + again}))["pairs"]


def test_the_same_body_gets_the_same_reply_from_another_server_whatever_came_before(
    server: ModelServer, run: Path, pictures: dict[str, bytes]
) -> None:
    asked = [body("pairs", {"categories": ALL}, picture) for picture in pictures.values()]
    with ModelServer(run=run) as other:
        here = [said(ask(server, one)) for one in asked]
        there = [said(ask(other, one)) for one in reversed(asked)]
    assert here == there[::-1]


def test_a_choice_is_right_by_the_book_and_wrong_with_noise(server: ModelServer, picture: bytes) -> None:
    offered = [pair[half] for pair in pairs(server, picture) for half in ("positive", "negative")]

    def letters() -> list[str]:
        asked = [body("choice", options_of(one), picture) for one in offered]
        return [Choice.model_validate(said(ask(server, one))).letter or "" for one in asked]

    assert set(letters()) == {"C"}
    server.configure(noise=1.0)
    assert "C" not in letters()


def test_a_choice_about_a_question_it_cannot_tell_is_null(server: ModelServer, picture: bytes) -> None:
    unknown = {"question": "Who painted it?", "options": {"A": "Klee", "B": "Miró"}}
    assert said(ask(server, body("choice", unknown, picture))) == {"letter": None}


def test_without_an_image_a_choice_is_a_guess(server: ModelServer, run: Path, pictures: dict[str, bytes]) -> None:
    asked = [pair["negative"] for picture in pictures.values() for pair in pairs(server, picture)]
    with ModelServer(run=run) as fresh:  # knows the questions of its run, though it offered none
        guesses = [said(ask(fresh, body("choice", options_of(one))))["letter"] for one in asked[:60]]
        assert {"A", "B", "C", "D"} == set(guesses)
        fresh.configure(blind_rate=1.0)
        assert {said(ask(fresh, body("choice", options_of(one))))["letter"] for one in asked[:20]} == {"C"}


def judged(server: ModelServer, picture: bytes, pair: Row) -> Judgement:
    data = {"positive": options_of(pair["positive"]), "negative": options_of(pair["negative"])}
    return Judgement.model_validate(said(ask(server, body("judgement", data | {"premise": pair["premise"]}, picture))))


def test_a_judgement_is_right_by_the_book_and_wrong_field_by_field(server: ModelServer, picture: bytes) -> None:
    made = pairs(server, picture)
    for pair in made:
        found = judged(server, picture, pair)
        assert found.premise == ("true" if pair["kind"] == "true-premise" else "false")
        assert (found.positive_right, found.negative_right) == (["C"], ["C"])
    server.configure(noise=0.5)
    noisy = [judged(server, picture, pair) for pair in made]
    wrong = [(one.positive_right != ["C"], one.negative_right != ["C"]) for one in noisy]
    assert len(set(wrong)) > 2


def test_an_image_is_known_again_when_it_was_encoded_anew(server: ModelServer, pictures: dict[str, bytes]) -> None:
    for ref, content in pictures.items():
        smaller, other = io.BytesIO(), Image.open(io.BytesIO(content)).convert("RGB").resize((160, 160))
        other.save(smaller, "JPEG", quality=70)
        ask(server, body("extraction", {"captions": []}, smaller.getvalue()))
        assert server.log[-1].image == ref


def test_an_image_of_no_scene_is_said_to_show_nothing(server: ModelServer) -> None:
    plain = io.BytesIO()
    Image.linear_gradient("L").save(plain, "PNG")
    reply = said(ask(server, body("pairs", {"categories": {"attribute/number": 1}}, plain.getvalue())))
    assert (reply["pairs"], server.log[-1].image) == ([], None)


def test_wrong_keys_are_swapped_and_written_down(server: ModelServer, pictures: dict[str, bytes]) -> None:
    server.configure(wrong_key_rate=0.3)
    made = [(picture, pair) for picture in pictures.values() for pair in pairs(server, picture)]
    known = {(one.half, one.positive, one.negative, one.offered_right) for one in server.wrong_keys}
    wrong = 0
    for picture, pair in made:
        texts = pair["positive"]["question"], pair["negative"]["question"]
        swapped = [half for half in ("positive", "negative") if (half, *texts, pair[half]["right"]) in known]
        wrong += len(swapped)
        found = judged(server, picture, pair)
        right = {"positive": found.positive_right, "negative": found.negative_right}
        assert right == {half: ["A"] if half in swapped else ["C"] for half in right}
    assert 0.15 < wrong / len(made) < 0.45


def test_an_unasked_character_pair_comes_at_its_rate_and_is_true(
    server: ModelServer, pictures: dict[str, bytes]
) -> None:
    server.configure(unasked_character_rate=1.0)
    for picture in pictures.values():
        made = pairs(server, picture, {"attribute/existence": 1})
        assert [pair["category"] for pair in made] == ["attribute/existence", "character/character"]
        assert judged(server, picture, made[1]).positive_right == ["C"]


def test_usage_counts_text_image_and_reply(server: ModelServer, picture: bytes) -> None:
    without, reply = (ask(server, body("extraction", {"captions": []}, one)) for one in (None, picture))
    assert reply.usage is not None
    assert without.usage is not None
    content = reply.choices[0].message.content or ""
    assert reply.usage.completion_tokens == -(-len(content.encode()) // 4)
    assert reply.usage.prompt_tokens - without.usage.prompt_tokens == 85 + 170
    sent = server.counts.sent
    assert (sent.completions, sent.prompt_tokens) == (2, reply.usage.prompt_tokens + without.usage.prompt_tokens)
    assert sent.usd == pytest.approx((sent.prompt_tokens * 2.5 + sent.completion_tokens * 10) / 1e6)


def test_what_is_longer_than_max_tokens_is_cut(server: ModelServer, picture: bytes) -> None:
    reply = ask(server, body("extraction", {"captions": []}, picture, max_tokens=5))
    assert (reply.choices[0].finish_reason, len(reply.choices[0].message.content or "")) == ("length", 20)


def test_json_object_is_answered_and_no_task_is_answered_in_prose(server: ModelServer, picture: bytes) -> None:
    asked = body("extraction", {"captions": []}, picture, response_format={"type": "json_object"})
    assert "objects" in said(ask(server, asked))
    with pytest.raises(json.JSONDecodeError):
        said(ask(server, body("", {})))
