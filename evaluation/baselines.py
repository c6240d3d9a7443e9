"""Blind baselines: what can be had without looking, by letters that no model was asked for.

A benchmark on which one of these does well asks too little of the eye.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.item import Item
from evaluation.score import reading_of, score_readings
from evaluation.scores import ScoreResult
from schemas.identity import seeded
from schemas.text import folded

_DENIAL = re.compile(r"\b(?:no|not|none|nothing|nobody|neither|never|cannot|\w+n['’]t)\b", re.IGNORECASE)
_FIRST_WORDS = 6

Rank = Callable[[Item, str], float]


@dataclass(frozen=True)
class Baseline:
    """A baseline's name and its score."""

    name: str
    result: ScoreResult


def constant(items: Sequence[Item], letter: str) -> list[str]:
    """The same letter for every item."""
    return [letter for _ in items]


def longest_option(items: Sequence[Item], *, seed: int = 0) -> list[str]:
    """The letter of the longest option, in characters; seeded among equals, empty where there are no options."""
    return _best(items, lambda _, option: len(option), seed)


def word_overlap(items: Sequence[Item], *, seed: int = 0) -> list[str]:
    """The letter of the option that shares most words with the question (Jaccard); seeded among equals."""
    return _best(items, lambda item, option: _jaccard(item.stem, option), seed)


def always_deny(items: Sequence[Item], *, seed: int = 0) -> list[str]:
    """The letter of an option that denies something in its first six words, seeded; any option where none does."""
    return _best(items, lambda _, option: float(_denies(option)), seed)


def score_baselines(items: Sequence[Item], *, seed: int = 0) -> list[Baseline]:
    """Score all baselines: each constant letter, longest option, word overlap, always deny."""
    picked = {f"always {letter}": constant(items, letter) for letter in "ABCD"}
    picked["longest option"] = longest_option(items, seed=seed)
    picked["word overlap"] = word_overlap(items, seed=seed)
    picked["always deny"] = always_deny(items, seed=seed)
    return [
        Baseline(
            name,
            score_readings(
                [reading_of(item, letter or "E", letter or None) for item, letter in zip(items, letters, strict=True)],
                seed=seed,
            ),
        )
        for name, letters in picked.items()
    ]


def _best(items: Sequence[Item], rank: Rank, seed: int) -> list[str]:
    letters = []
    for item in items:
        order = sorted(
            item.options,
            key=lambda letter: (-rank(item, item.options[letter]), seeded(seed, item.id, item.question_type, letter)),
        )
        letters.append(order[0] if order else "")
    return letters


def _jaccard(question: str, option: str) -> float:
    asked, said = set(folded(question).split()), set(folded(option).split())
    return len(asked & said) / len(asked | said) if asked | said else 0.0


def _denies(option: str) -> bool:
    return _DENIAL.search(" ".join(option.split()[:_FIRST_WORDS])) is not None
