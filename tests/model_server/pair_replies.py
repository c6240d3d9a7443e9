"""The pairs a model makes when it is asked for some of each category."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from schemas.pair import Pair, Polarity, Question
from tests.model_server.chance import Chance
from tests.model_server.config import Config
from tests.model_server.refused import Refused

if TYPE_CHECKING:
    from tests.model_server.truths import Truths

Row = dict[str, Any]
CHARACTER = "character/character"
_PADDING = ("Neither can be told.", "It is another one altogether.", "There is nothing of the kind.")


@dataclass(frozen=True)
class WrongKey:
    """A pair that was offered with a wrong option in the place of the right one, in one of its halves."""

    image: str
    category: str
    half: Polarity
    offered_right: str
    truly_right: str
    positive: str  # the pair's question texts
    negative: str


@dataclass(frozen=True)
class Offered:
    """A reply, and what is wrong in it on purpose."""

    reply: Row
    wrong_keys: tuple[WrongKey, ...] = ()


def pairs_reply(
    truths: "Truths | None", image: str | None, data: Mapping[str, Any], config: Config, chance: Chance
) -> Offered:
    """So many pairs of each category as asked, as far as the image's facts go.

    Raises:
        Refused: The data does not say how many of which categories.
    """
    asked = data.get("categories")
    if not isinstance(asked, dict) or not all(isinstance(number, int) for number in asked.values()):
        raise Refused(400, "Test server: the data has no object 'categories' from category to number.")
    known = truths.pairs(image) if truths and image else ()
    pairs: list[Pair] = []
    declined = []
    for category, number in asked.items():
        found = [pair for pair in known if pair.category == category]
        chance.order("pairs", category).shuffle(found)
        chosen, true = found[:number], _true_premises(data, category)
        if truths and true is not None:
            chosen = [truths.with_premise(pair, true=place < true) for place, pair in enumerate(chosen)]
        pairs += chosen
        if not found:
            declined.append({"category": category, "reason": _reason(image)})
    unasked = CHARACTER not in asked and chance.happens(config.unasked_character_rate, "unasked")
    if unasked and truths and image:
        pairs += filter(None, [truths.character_pair(image)])
    rows, wrong = [], []
    for place, pair in enumerate(pairs):
        row = _row(pair, truths.rests_on(pair, data.get("facts")) if truths else [])
        if chance.happens(config.wrong_key_rate, "wrong key", str(place)):
            half: Literal["positive", "negative"] = "positive" if chance.share("half", str(place)) < 0.5 else "negative"
            wrong.append(_with_wrong_key(row, pair, half))
        rows.append(row)
    return Offered({"pairs": rows, "declined": declined}, tuple(wrong))


def _true_premises(data: Mapping[str, Any], category: str) -> int | None:
    """How many of a category are to have a true premise; None where nothing is said of that."""
    asked = data.get("true_premise")
    number = asked.get(category, 0) if isinstance(asked, dict) else None
    return number if isinstance(number, int) else None


def _reason(image: str | None) -> str:
    return "The image shows nothing of the kind." if image else "There is no image that I can make out."


def _row(pair: Pair, rests_on: list[int]) -> Row:
    return {
        "category": pair.category,
        "kind": pair.kind,
        "fact": pair.fact,
        "premise": pair.premise,
        "rests_on": rests_on,
        "positive": _asked(pair.positive),
        "negative": _asked(pair.negative),
    }


def _asked(question: Question) -> Row:
    wrong = [*question.wrong, *(text for text in _PADDING if text not in question.wrong)]
    return {
        "question": question.text,
        "right": question.right,
        "right_answer_wrong_reason": wrong[0],
        "wrong_answer_right_reason": wrong[1],
        "wrong": wrong[2],
    }


def _with_wrong_key(row: Row, pair: Pair, half: Polarity) -> WrongKey:
    """Let right and wrong trade places in one half of a row."""
    asked = row[half]
    asked["right"], asked["wrong"] = asked["wrong"], asked["right"]
    return WrongKey(
        image=pair.positive.image, category=pair.category, half=half,
        offered_right=asked["right"], truly_right=asked["wrong"],
        positive=pair.positive.text, negative=pair.negative.text,
    )  # fmt: skip
