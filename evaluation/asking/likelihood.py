"""Answers by likelihood: the choice that the model finds likeliest, without its writing anything."""

import json
from collections.abc import Mapping, Sequence

from evaluation.asking.way import Over
from evaluation.item import Item

_UNKNOWN = "ABCD"


def choices_of(item: Item, over: Over) -> dict[str, str]:
    """Letter to what is compared: the letter itself, or the option's text; words where words are asked for.

    Empty where texts are to be compared and the question cannot be split into its options.
    """
    if item.style == "words" or over == "text":
        return dict(item.options)
    return {letter: letter for letter in sorted(item.options) or _UNKNOWN}


def scores_of(reply: str, choices: Mapping[str, str], over: Over) -> dict[str, float]:
    """A score a letter, in nats: the log-probability of its choice, for texts a UTF-8 byte of it.

    Without the division the shorter text would win (as ``acc_norm`` in EleutherAI's harness).
    """
    found: Sequence[float] = json.loads(reply)["logprobs"]
    return {
        letter: score / (len(text.encode()) if over == "text" else 1)
        for (letter, text), score in zip(choices.items(), found, strict=True)
    }


def likeliest(scores: Mapping[str, float]) -> str | None:
    """The letter of the highest score; None for none, or where two are equally likely: nothing is guessed."""
    top = max(scores.values(), default=None)
    found = [letter for letter, score in scores.items() if score == top]
    return found[0] if len(found) == 1 else None
