"""Choices and judgements, by the book of truths, wrong now and then."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.model_server.chance import Chance
from tests.model_server.config import Config
from tests.model_server.refused import Refused

if TYPE_CHECKING:
    from tests.model_server.truths import Truths

Row = dict[str, Any]


def choice(
    truths: "Truths | None", image: str | None, data: Mapping[str, Any], config: Config, chance: Chance, *, blind: bool
) -> Row:
    """The letter of the right option, or null where none is known to be right.

    Without an image it is right at the blind rate, else any letter, the right one among them.

    Raises:
        Refused: The data holds no question with options.
    """
    question, options = _question(data)
    right = _right_letters(truths, image, question, options)
    if blind:
        if right and chance.happens(config.blind_rate, "blind"):
            return {"letter": right[0]}
        return {"letter": chance.order("blind letter").choice(sorted(options))}
    if not right:
        return {"letter": None}
    return {"letter": _or_another(right, options, config, chance, "choice")[0]}


def judgement(
    truths: "Truths | None", image: str | None, data: Mapping[str, Any], config: Config, chance: Chance
) -> Row:
    """Whether the premise is true and which options are right; each of the three may be wrong by itself.

    Raises:
        Refused: The data holds no two questions with options and a premise.
    """
    premise = data.get("premise")
    if not isinstance(premise, str):
        raise Refused(400, "Test server: the data has no string 'premise'.")
    reply: Row = {}
    true = truths.premise(image, premise) if truths else None
    if true is None:
        reply["premise"] = "cannot tell"
    else:
        reply["premise"] = "true" if true != chance.happens(config.noise, "premise") else "false"
    for half in ("positive", "negative"):
        question, options = _question(data.get(half))
        right = _right_letters(truths, image, question, options)
        reply[f"{half}_right"] = _or_another(right, options, config, chance, half) if right else []
    return reply


def _or_another(
    right: list[str], options: Mapping[str, str], config: Config, chance: Chance, purpose: str
) -> list[str]:
    """The right letters or, at the rate of the noise, one of the others."""
    others = sorted(set(options) - set(right))
    if others and chance.happens(config.noise, purpose):
        return [chance.order(purpose, "letter").choice(others)]
    return right


def _right_letters(truths: "Truths | None", image: str | None, question: str, options: Mapping[str, str]) -> list[str]:
    right = truths.right(image, question, list(options.values())) if truths else set()
    return sorted(letter for letter, text in options.items() if text in right)


def _question(data: object) -> tuple[str, dict[str, str]]:
    if isinstance(data, Mapping):
        question, options = data.get("question"), data.get("options")
        if isinstance(question, str) and isinstance(options, dict) and options:
            return question, {str(letter): str(text) for letter, text in options.items()}
    raise Refused(400, "Test server: the data has no 'question' with 'options' from letter to text.")
