"""Wrong examples: right pairs, spoilt in one way that is certain.

What cannot be made with certainty from text alone is not made: that something is not visible is explained in words.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from annotation.guidelines.example import Example, as_example
from annotation.verdict import Fault
from schemas.pair import LETTERS, Pair, Question

Spoiling = Callable[[Pair], Example | None]

# Categories that no one takes for the other; the rest border on too much to make an example of.
_NUMBER, _COLOR = "attribute/number", "attribute/color&texture"
_FOREIGN = {
    _COLOR: _NUMBER,
    _NUMBER: _COLOR,
    "attribute/posture": _COLOR,
    "attribute/position": _COLOR,
    "character/character": _COLOR,
}
_STATEMENT = re.compile(r"(The|There|A|An)( [^.?!;:]+)\.")


def _positive_key_wrong(pair: Pair) -> Example | None:
    whole, place = as_example(pair), _wrong(pair.positive)
    positive = replace(whole.positive, marked=place, wrong=place)
    return replace(whole, positive=positive, fault="positive-key-wrong", right=whole.positive.letter)


def _negative_key_wrong(pair: Pair) -> Example | None:
    whole, place = as_example(pair), _wrong(pair.negative)
    negative = replace(whole.negative, marked=place, wrong=place)
    return replace(whole, negative=negative, fault="negative-key-wrong", right=whole.negative.letter)


def _wrong(question: Question) -> int:
    """The place of a wrong option: one that goes along with the premise, where roles are known."""
    others = [index for index in range(len(question.options)) if index != question.answer]
    agreeing = [index for index in others if question.options[index].role.startswith("answer wrong")]
    return question.order.index((agreeing or others)[0])


def _not_misleading(pair: Pair) -> Example | None:
    whole = as_example(pair)
    return replace(whole, negative=whole.positive, fault="not-misleading")


def _several_right(pair: Pair) -> Example | None:
    """A wrong option gives way to the right one in other words; only of a plain English statement."""
    plain = _STATEMENT.fullmatch(pair.positive.right)
    if plain is None or not pair.positive.language.startswith("en"):
        return None
    whole, place = as_example(pair), _wrong(pair.positive)
    options = list(whole.positive.options)
    options[place] = f"It is true that {plain[1].lower()}{plain[2]}."
    positive = replace(whole.positive, options=tuple(options), wrong=place)
    return replace(whole, positive=positive, fault="several-right", right=LETTERS[place])


def _wrong_category(pair: Pair) -> Example | None:
    if pair.category not in _FOREIGN:
        return None
    return replace(as_example(pair), category=_FOREIGN[pair.category], fault="wrong-category", right=pair.category)


SPOILINGS: dict[Fault, Spoiling] = {
    "wrong-category": _wrong_category,
    "several-right": _several_right,
    "negative-key-wrong": _negative_key_wrong,
    "positive-key-wrong": _positive_key_wrong,
    "not-misleading": _not_misleading,
}
"""By fault, those first that take the fewest pairs. Each is given a pair with false premise and two options at least,
and gives None where that pair would not surely show the fault."""
