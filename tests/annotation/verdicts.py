"""Verdicts as people's annotations become them, and the pairs they are on."""

from typing import Any

from annotation.labeling import showing
from annotation.verdict import Fix, Judgement, Mode, Verdict
from schemas.pair import LETTERS, Option, Pair, Provenance, Question

OWNER, ANNA, BEN = "owner@example.org", "anna@example.org", "ben@example.org"


def half(text: str, *options: str, answer: int = 0, order: tuple[int, ...] = (), image: str = "a.png") -> Question:
    """A question; its options stand in the order they were made in."""
    made = tuple(Option(text=one) for one in options)
    return Question(text=text, image=image, options=made, answer=answer, order=order or tuple(range(len(made))))


def pair(positive: Question, negative: Question, **more: Any) -> Pair:
    """A pair of two questions."""
    given = {"kind": "false-premise", "category": "attribute/number", "provenance": Provenance(generator="test")}
    return Pair.model_validate({**given, "positive": positive, "negative": negative, **more})


def small_pair(number: int = 0, **more: Any) -> Pair:
    """A pair of two questions with three options each, lettered otherwise than they were made."""
    positive = half(f"How many dogs {number}?", "one", "two", "three", order=(2, 0, 1))
    negative = half(f"Where is the cat {number}?", "There is none.", "On it.", "By it.", order=(1, 2, 0))
    return pair(positive, negative, **more)


def review(
    of: Pair, judgement: Judgement = "accept", *, by: str = ANNA, key: str = "s/1/1", fix: Fix | None = None,
    mode: Mode = "review", **more: Any,
) -> Verdict:  # fmt: skip
    """A review of a pair."""
    return _verdict(of, by, key, mode, judgement=judgement, fix=fix, **more)


def solve(
    of: Pair, positive: str = "", negative: str = "", *, by: str = ANNA, key: str = "s/1/1", **more: Any
) -> Verdict:
    """A blind solve of a pair; rightly where nothing else is said."""
    answers = {"positive": positive or of.positive.letter, "negative": negative or of.negative.letter}
    return _verdict(of, by, key, "blind", **answers, **more)


def wrong_letter(question: Question) -> str:
    """A letter that is not the key."""
    return next(one for one in LETTERS[: len(question.options)] if one != question.letter)


def _verdict(of: Pair, by: str, key: str, mode: Mode, **more: Any) -> Verdict:
    seen = showing(of)
    given = {
        "key": key,
        "version": 1,
        "annotator": by,
        "mode": mode,
        "pair_id": seen.pair_id,
        "content": seen.content,
        "shown": seen.shown,
        "config": "0",
        "guidelines": 1,
        "created": "2026-11-02T09:00:00.000000+00:00",
        "updated": "2026-11-02T09:00:00.000000+00:00",
    }
    return Verdict.model_validate({**given, **more})
