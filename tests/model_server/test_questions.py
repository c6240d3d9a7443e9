"""The server answers a benchmark's questions as models do: in words, by the book, wrong and led astray at its rates."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from datagen.generators.evidence import Evidence
from datagen.generators.gather import gather, slices
from datagen.generators.rules.generator import RULES
from evaluation.asking.prompts import challenge_of, question_of
from evaluation.item import Item
from evaluation.readers.strict import strict
from evaluation.strategies.content_guided import EXTRACTION, GUIDED
from schemas.mmr import format_question
from schemas.pair import Pair
from schemas.run import RunFolder
from tests.model_server import ModelServer
from tests.model_server.asking import MODEL, ask, body


@pytest.fixture(scope="module")
def evidence(run: Path) -> list[Evidence]:
    return [one for part in slices(RunFolder.open(run), 64) for one in gather(part)]


@pytest.fixture(scope="module")
def items(run: Path, evidence: list[Evidence]) -> list[Item]:
    """A benchmark of the run's own pairs, both halves of each; the right letter goes round."""
    settings = RunFolder.open(run).settings.generate
    made = [pair for one in evidence for pair in RULES(one, settings, seed=0).pairs]
    return [item for place, pair in enumerate(made) for item in halves(pair, place % 4)]


def halves(pair: Pair, right: int) -> list[Item]:
    found = []
    for half, kind in ((pair.positive, "POS"), (pair.negative, "NEG")):
        texts = [half.right, *(one.text for one in half.options if one.text != half.right)]
        texts = texts[-right:] + texts[:-right] if right else texts
        found.append(
            Item(
                id=pair.pair_id, question_type=kind, kind=pair.kind, category=pair.category, image=half.image,
                text=format_question(half.text, texts), stem=half.text, options=dict(zip("ABCD", texts, strict=True)),
                gold="ABCD"[texts.index(half.right)], row=1,
            )
        )  # fmt: skip
    return found


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


def put(server: ModelServer, picture: bytes | None, *turns: str) -> str:
    """What the server says after a talk of these turns, the user's and its own by turns."""
    asked: dict[str, Any] = body("", {}, picture)
    shown = [part for part in asked["messages"][1]["content"] if part["type"] == "image_url"]
    messages: list[dict[str, Any]] = [{"role": "user", "content": [*shown, {"type": "text", "text": turns[0]}]}]
    messages += [
        {"role": "user" if place % 2 else "assistant", "content": text} for place, text in enumerate(turns[1:])
    ]
    return ask(server, {"model": MODEL, "messages": messages}).choices[0].message.content or ""


def test_every_question_of_a_benchmark_is_answered_by_the_book(
    server: ModelServer, items: list[Item], pictures: dict[str, bytes]
) -> None:
    said = [put(server, pictures[item.image], question_of(item)) for item in items[:80]]
    assert said == [item.gold for item in items[:80]]
    assert len(set(said)) == 4
    assert {entry.task for entry in server.log} == {"question"}


def test_leading_questions_lead_it_astray_more_often_and_it_says_the_same_again(
    server: ModelServer, items: list[Item], pictures: dict[str, bytes], run: Path
) -> None:
    settings: dict[str, Any] = {"mistakes": 0.1, "misled": 0.6, "varied": True}
    server.configure(**settings)
    said = [put(server, pictures[item.image], question_of(item)) for item in items]
    assert said == [put(server, pictures[item.image], question_of(item)) for item in items], "asked once more"
    with ModelServer(run=run, **settings) as other:
        assert said[:20] == [put(other, pictures[item.image], question_of(item)) for item in items[:20]]
    meant = {(one.image, one.stem, one.text): one.letter for one in server.answers}
    letters = [meant[item.image, item.stem, text] for item, text in zip(items, said, strict=True)]
    wrong = {
        kind: [one != item.gold for item, one in zip(items, letters, strict=True) if item.question_type == kind and one]
        for kind in ("POS", "NEG")
    }
    assert sum(wrong["POS"]) / len(wrong["POS"]) == pytest.approx(0.1, abs=0.1)
    assert sum(wrong["NEG"]) / len(wrong["NEG"]) == pytest.approx(0.6, abs=0.15)
    assert len({text for text in said if len(text) < 12}) >= 12, "many styles"
    assert None in letters, "some say nothing"
    read = [strict(text, item.options) for item, text in zip(items, said, strict=True)]
    assert read == letters, "a careful reader finds what was meant"


def test_a_challenge_makes_it_give_up_at_its_rate(
    server: ModelServer, items: list[Item], pictures: dict[str, bytes]
) -> None:
    server.configure(gives_up=0.5)
    talks = [(item, (question_of(item), item.gold, challenge_of(item))) for item in items[:60]]
    kept = [put(server, pictures[item.image], *talk) == item.gold for item, talk in talks]
    assert 0.25 < sum(kept) / len(kept) < 0.75
    assert {entry.task for entry in server.log} == {"challenge"}


def test_content_comes_from_the_facts_and_notes_before_a_question_do_no_harm(
    server: ModelServer, items: list[Item], pictures: dict[str, bytes], evidence: list[Evidence]
) -> None:
    (item, *_) = items
    notes = put(server, pictures[item.image], EXTRACTION)
    facts = next(one.facts for one in evidence if one.image == item.image)
    assert all(fact.value in notes for fact in facts if fact.value != "absent")
    assert put(server, pictures[item.image], GUIDED.format(content=notes) + question_of(item)) == item.gold
    assert [entry.task for entry in server.log] == ["content", "question"]


def test_without_an_image_it_guesses(server: ModelServer, items: list[Item]) -> None:
    said = [put(server, None, question_of(item)) == item.gold for item in items[:60]]
    assert 0.05 < sum(said) / len(said) < 0.5
    server.configure(blind_rate=1.0)
    assert all(put(server, None, question_of(item)) == item.gold for item in items[:20])


def test_what_it_does_not_know_is_answered_in_prose(server: ModelServer, picture: bytes) -> None:
    for asked in ("Who painted it?\nA. Klee\nB. Miro\nAnswer with the option's letter.", "How many dogs are there?"):
        assert put(server, picture, asked) == "I am a model that knows drawn scenes."
    assert not server.answers
