"""Pairs and verdicts on them, as small as they can be."""

from typing import Literal

from annotation.verdict import Fix, FixedHalf, Judgement, Shown, ShownHalf, Verdict
from schemas.pair import Option, Pair, Provenance, Question

OPTIONS = (Option(text="red"), Option(text="green"))


def pair(number: int, category: str = "attribute/number") -> Pair:
    def question(text: str) -> Question:
        return Question(text=text, image=f"{number}.jpg", options=OPTIONS, answer=0, order=(1, 0))

    return Pair(
        kind="false-premise", category=category, positive=question("Which?"), negative=question("Why green?"),
        provenance=Provenance(generator="rules"),
    )  # fmt: skip


def verdict(one: Pair, annotator: str, *, seconds: float | None = 20.0, key: str = "", **fields: object) -> Verdict:
    half = {"options": ("green", "red"), "order": (1, 0)}
    shown = Shown(
        image=one.positive.image, category=one.category,
        positive=ShownHalf.model_validate({"question": "Which?", **half}),
        negative=ShownHalf.model_validate({"question": "Why green?", **half}),
    )  # fmt: skip
    return Verdict.model_validate({
        "key": key or f"{annotator}/{one.pair_id}/{fields['mode']}", "version": 1, "annotator": annotator,
        "pair_id": one.pair_id, "content": "c", "shown": shown, "config": "1", "guidelines": 0, "seconds": seconds,
        "created": "2026-11-02T09:00:00Z", "updated": "2026-11-02T09:00:00Z", **fields,
    })  # fmt: skip


def review(
    one: Pair, annotator: str, judgement: Judgement = "accept", *, seconds: float | None = 20.0, key: str = "",
    mode: Literal["review", "adjudicate"] = "review",
) -> Verdict:  # fmt: skip
    fix = Fix(positive=FixedHalf(question="Which one?")) if judgement == "fix" else None
    return verdict(one, annotator, seconds=seconds, key=key, mode=mode, judgement=judgement, fix=fix)


def blind(one: Pair, annotator: str, *, right: bool = True, seconds: float | None = 40.0) -> Verdict:
    """The key is the letter B of both questions."""
    return verdict(one, annotator, seconds=seconds, mode="blind", positive="B", negative="B" if right else "none")
