"""Means of attention and margin, by polarity and category.

The later version of arXiv 2406.10638 (MMVU, section 3) looks at attention to system, image and question tokens and
at how sure the answer is; the margin here is that of the right letter over the best wrong one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.item import Item
from evaluation.scores import Reading

PARTS = ("system", "image", "question", "other")


@dataclass(frozen=True)
class Inside:
    """What was measured of one item.

    ``mass`` are shares of attention by part of the prompt, adding up to 1. ``margin`` is in nats: the right letter's
    log-probability less the best other's, above 0 where the right one is likeliest; None without a right letter.
    ``grid`` is attention over the image's patches, rows from the top; empty where there is no image.
    """

    id: str
    question_type: str
    category: str
    kind: str
    right: bool
    mass: Mapping[str, float]
    margin: float | None
    grid: Sequence[Sequence[float]]


def inside(item: Item, reading: Reading, found: Mapping[str, Any], letters: Sequence[str]) -> Inside:
    """What was measured of an item.

    Args:
        item: The question.
        reading: What was read of its answer.
        found: What :class:`mllm.probe.Probe` says of ``choices`` and ``attention``.
        letters: The choices, in their order.
    """
    scores = dict(zip(letters, found["logprobs"], strict=True))
    others = [score for letter, score in scores.items() if letter != item.gold]
    margin = scores[item.gold] - max(others) if item.gold in scores and others else None
    mass = {part: float(found["mass"][part]) for part in PARTS}
    return Inside(
        item.id, item.question_type, item.category, item.kind, reading.right("strict"), mass, margin, found["grid"]
    )


def summarise(found: Sequence[Inside]) -> list[dict[str, Any]]:
    """A row for each polarity of each category, all of them first: mean shares, mean margin, and how many there are.

    Leading questions with a true premise stand as ``NEG, true premise``; no row stands for nothing.
    """
    halves = sorted({_half(one) for one in found}, reverse=True)
    categories = ["all", *sorted({one.category for one in found})]
    rows = []
    for category in categories:
        for half in halves:
            group = [one for one in found if _half(one) == half and category in ("all", one.category)]
            if group:
                rows.append({"category": category, "polarity": half, **_means(group)})
    return rows


def _half(one: Inside) -> str:
    return f"{one.question_type}, true premise" if one.kind == "true-premise" else one.question_type


def _means(group: Sequence[Inside]) -> dict[str, Any]:
    margins = [one.margin for one in group if one.margin is not None]
    return {
        "questions": len(group),
        **{part: sum(one.mass[part] for one in group) / len(group) for part in PARTS},
        "margin": sum(margins) / len(margins) if margins else None,
        "right": sum(one.right for one in group) / len(group),
    }
