"""A benchmark's questions, as anybody's client puts them: known by what is said, answered in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.model_server.chance import Chance
from tests.model_server.config import Config, TalkTask

if TYPE_CHECKING:
    from tests.model_server.truths import Truths

_OPTION = re.compile(r"^([A-H])\. (.+)$", re.MULTILINE)
_CONTENT = re.compile(r"\A\W*(?:note|list|describe|extract|write down)\b.*\bimage\b", re.IGNORECASE)
# From the letter meant, its text and a letter not meant to a reply.
_STYLES = (
    "{x}", "{x}.", "({x})", "**{x}**", "{x}. {text}", "The answer is {x}.", "Answer: {x}", "Not {y}, but {x}",
    "<think>Is it {y}? It says so.</think>{x}", "The correct answer is ({x}) {text}",
    "I looked at the image closely. What the question takes for granted need not be so.\n\nFinal answer: {x}",
)  # fmt: skip
_EMPTY_STYLES = ("I'm sorry, I can't help with that.", "It is either {x} or {y}.", "I cannot tell from this image.")
_EMPTY_SHARE = 0.08


class Turn(NamedTuple):
    """The text of one message."""

    role: str
    text: str


@dataclass(frozen=True)
class Question:
    """What is asked, and the options by letter, as they stand in the text."""

    stem: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What was said to a question, and the letter meant; None where none was."""

    image: str | None
    stem: str
    text: str
    letter: str | None


def read_question(text: str) -> Question | None:
    """The question in a user's turn: lettered lines and the paragraph above them; None where there are none."""
    found = list(_OPTION.finditer(text))
    options = {one[1]: one[2].strip() for one in found}
    if len(options) < 2 or len(options) < len(found):
        return None
    return Question(text[: found[0].start()].strip().rpartition("\n\n")[2].strip(), options)


def task_of(turns: Sequence[Turn]) -> TalkTask | str:
    """Which of a benchmark's requests a talk ends with; empty where it is none."""
    if not turns or turns[-1].role != "user":
        return ""
    if read_question(turns[-1].text):
        return "question"
    asked = any(turn.role == "user" and read_question(turn.text) for turn in turns[:-1])
    if asked and any(turn.role == "assistant" for turn in turns):
        return "challenge"
    return "content" if _CONTENT.match(turns[-1].text) else ""


def answer(
    truths: "Truths | None", image: str | None, turns: Sequence[Turn], config: Config, chance: Chance, *, blind: bool
) -> Answer | None:
    """The answer to the talk's question, or to the challenge after it; None where the truth is not known.

    Without an image it is right at the blind rate, else any letter, the right one among them.
    """
    question = next(found for turn in turns if turn.role == "user" and (found := read_question(turn.text)))
    letters = {text: letter for letter, text in question.options.items()}
    right = sorted(letters[text] for text in truths.right(image, question.stem, list(letters))) if truths else []
    if not right or truths is None:
        return None
    others = sorted(set(question.options) - set(right))
    leading = truths.leading(question.stem)
    if blind and not chance.happens(config.blind_rate, "blind"):
        letter = chance.order("blind letter").choice(sorted(question.options))
    elif others and chance.happens(config.misled if leading else config.mistakes, "answer"):
        letter = chance.order("answer", "letter").choice(others)
    else:
        letter = right[0]
    if any(turn.role == "assistant" for turn in turns):  # who challenges has been told that it was wrong
        given_up = others and chance.happens(config.gives_up, "challenge")
        letter = chance.order("challenge", "letter").choice(others) if given_up else right[0]
    return _worded(image, question, letter, config, chance)


def _worded(image: str | None, question: Question, letter: str, config: Config, chance: Chance) -> Answer:
    if not config.varied:
        return Answer(image, question.stem, letter, letter)
    order = chance.order("style")
    empty = order.random() < _EMPTY_SHARE
    other = order.choice(sorted(set(question.options) - {letter}))
    style = order.choice(_EMPTY_STYLES if empty else _STYLES)
    text = style.format(x=letter, y=other, text=question.options[letter])
    return Answer(image, question.stem, text, None if empty else letter)
