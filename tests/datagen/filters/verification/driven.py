"""Driving a verifier's chain by hand: replies from a function, instead of a model."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from datagen.filters.verification.chain import ballot_on
from datagen.filters.verification.forms import Choice, Judgement
from datagen.filters.verification.polls import Subject
from datagen.filters.verification.votes import Ballot
from mllm import ImagePart, Outcome, Request
from mllm.reply import Status
from schemas import Pair
from tests.datagen.filters.test_filters import pair

OPTIONS = ("The car is blue.", "The car is red.", "The car is green.", "The car is white.")
PAIR = pair(options=OPTIONS, fact="The car is blue.", premise="The car is red.", image="sha256:a")
Answer = Callable[[Request, dict[str, Any]], Outcome]


class Driven(NamedTuple):
    """A chain at its end."""

    ballot: Ballot
    asked: list[Request]

    @property
    def steps(self) -> list[str]:
        return [request.step for request in self.asked]


def subject(of: Pair = PAIR) -> Subject:
    return Subject(of, {ref: ImagePart(ref, Path("nowhere.png")) for ref in of.images}, 0)


def drive(answer: Answer, of: Pair = PAIR) -> Driven:
    """Follow a chain to its end."""
    chain, asked = ballot_on(subject(of), "some-model"), list[Request]()
    try:
        requests: Sequence[Request] = next(chain)
        while True:
            asked += requests
            requests = chain.send([answer(request, data(request)) for request in requests])
    except StopIteration as end:
        return Driven(end.value, asked)


def data(request: Request) -> dict[str, Any]:
    """The JSON that a request fences."""
    lines = request.messages[-1].text.splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("<<<data", "data>>>", 3)
    held: dict[str, Any] = json.loads(lines[1])
    return held


def letter_of(asked: dict[str, Any], text: str) -> str:
    """The letter that an option bears in a request."""
    options: dict[str, str] = asked["options"]
    return next(letter for letter, option in options.items() if option == text)


def ok(parsed: Choice | Judgement) -> Outcome:
    return Outcome("k", "ok", parsed=parsed)


def ended(status: Status, detail: str = "") -> Outcome:
    return Outcome("k", status, detail=detail)


def honest(request: Request, asked: dict[str, Any], *, blind: str | None = None) -> Outcome:
    """What a verifier says who sees that the car is blue; ``blind`` is the option it names without the image."""
    if request.step == "judgement":
        right = {half: (letter_of(asked[half], OPTIONS[0]),) for half in ("positive", "negative")}
        return ok(Judgement(premise="false", positive_right=[*right["positive"]], negative_right=[*right["negative"]]))
    if request.step == "blind":
        return ok(Choice(letter=letter_of(asked, blind) if blind else None))
    return ok(Choice(letter=letter_of(asked, OPTIONS[0])))
