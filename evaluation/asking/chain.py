"""One item's questions: every rotation, a challenge where the answer is right, a look inside."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluation.asking.likelihood import choices_of, likeliest, scores_of
from evaluation.asking.prompts import challenge_of, question_of
from evaluation.asking.way import Way
from evaluation.internals import Inside, inside
from evaluation.item import Item
from evaluation.score import read_reply, reading_of
from evaluation.scores import Reading
from evaluation.strategies import Answered, Asking, Strategy
from mllm import Chain, ImagePart, Message, Outcome, Probe, Request
from schemas.errors import BadInput

NO_LETTER = "E"
OPEN = frozenset({"failed", "unasked"})  # outcomes of what is asked again next time


@dataclass(frozen=True)
class Said:
    """One answer and what the readers made of it. ``scores`` are by letter, in nats, where likelihood decided."""

    rotation: int
    outcome: Outcome
    reading: Reading
    scores: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether it was not answered and will be asked again next time."""
        return self.outcome.status in OPEN


@dataclass(frozen=True)
class Asked:
    """All that was said to one item.

    ``rotations`` begins with the order of the file; ``fixed`` says why there are no others, where some were wanted.
    ``inside`` is what was measured inside the model: attention, then the letters' likelihood; empty where nothing was.
    """

    item: Item
    rotations: tuple[Said, ...]
    pushed: Said | None = None
    inside: tuple[Outcome, ...] = ()
    fixed: str | None = None

    @property
    def open(self) -> bool:
        """Whether anything of it was not answered."""
        inside = any(one.status in OPEN for one in self.inside)
        return inside or any(one.open for one in (*self.rotations, *([self.pushed] if self.pushed else [])))


def ask_item(item: Item, image: ImagePart | None, way: Way, strategy: Strategy) -> Chain[Asked]:
    """Ask an item in all the ways wanted; what follows an unanswered question is not asked."""
    said: list[Said] = []
    fixed, first = None, None
    if way.circular and item.style == "letters" and not item.options:
        fixed = "its options cannot be told apart"
    for by in range(item.rotations if way.circular else 1):
        try:
            turned = item.rotated(by)
        except BadInput as error:
            fixed = error.what
            break
        answered = yield from _ask(turned, image, way, strategy)
        first = first or answered
        said.append(_said(turned, by, answered.outcome, way, answered.notes))
        if said[-1].open:
            break
    pushed: Said | None = None
    inside: tuple[Outcome, ...] = ()
    if first and not said[-1].open:
        if way.push_back and said[0].reading.right("strict"):
            pushed = yield from _push_back(item, first, said[0], way)
        if way.internals:
            inside = tuple((yield _look(item, first, way)))
    return Asked(item, tuple(said), pushed, inside, fixed)


def _ask(item: Item, image: ImagePart | None, way: Way, strategy: Strategy) -> Chain[Answered]:
    choices = choices_of(item, way.over) if way.by == "likelihood" else {}
    about = f"{item.id} {item.question_type}"
    asking = Asking(about, image, question_of(item), tuple(choices.values()), way.max_tokens, way.seed)
    if way.by == "likelihood" and not choices:
        return Answered(Outcome("", "malformed", detail="its options cannot be told apart"), ())
    return (yield from strategy.ask(asking))


def _push_back(item: Item, first: Answered, before: Said, way: Way) -> Chain[Said]:
    """Challenge a right answer once; it is said as the model said it, or as its letter where likelihood decided."""
    answer = before.outcome.text if way.by == "generation" else (before.reading.strict or "")
    turns = (*first.messages, Message("assistant", (answer,)), Message("user", (challenge_of(item),)))
    about = f"{item.id} {item.question_type}"
    choices = tuple(choices_of(item, way.over).values()) if way.by == "likelihood" else ()
    again = Asking(about, None, "", choices, way.max_tokens, way.seed)
    (outcome,) = yield [again.last(*turns, veil=first.veil)]
    return _said(item, 0, outcome, way, {})


def _look(item: Item, first: Answered, way: Way) -> list[Request]:
    probes = Probe(attention=True), Probe(choices=tuple(choices_of(item, "letters").values()))
    common: dict[str, Any] = {"max_tokens": way.max_tokens, "seed": way.seed, "veil": first.veil}
    about = f"{item.id} {item.question_type}"
    return [Request(about, "internals", first.messages, probe=one, **common) for one in probes]


def _said(item: Item, by: int, outcome: Outcome, way: Way, notes: Mapping[str, str]) -> Said:
    if way.by == "generation" or outcome.status != "ok":
        text = outcome.text if outcome.status == "ok" else None
        return Said(by, outcome, read_reply(item, text), notes=notes)
    scores = scores_of(outcome.text, choices_of(item, way.over), way.over)
    letter = likeliest(scores)
    return Said(by, outcome, reading_of(item, letter or NO_LETTER, letter), scores, notes)


def inside_of(asked: Asked) -> Inside | None:
    """What was measured inside the model for an item; None where not all of it was."""
    if not asked.inside or any(one.status != "ok" for one in asked.inside):
        return None
    found = {name: value for one in asked.inside for name, value in json.loads(one.text).items()}
    return inside(asked.item, asked.rotations[0].reading, found, list(choices_of(asked.item, "letters")))
