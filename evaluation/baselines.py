"""Blind baselines: what can be had without looking, as replies that ``score`` reads.

A benchmark on which one of these does well asks too little of the eye.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.replies import Reply
from evaluation.score import score_rows
from evaluation.scores import ScoreResult
from schemas.identity import seeded
from schemas.mmr import MmrRow
from schemas.text import folded

_DENIAL = re.compile(r"\b(?:no|not|none|nothing|nobody|neither|never|cannot|\w+n['’]t)\b", re.IGNORECASE)
_FIRST_WORDS = 6

Rank = Callable[[str, str], float]


@dataclass(frozen=True)
class Baseline:
    """A baseline's name and its score."""

    name: str
    result: ScoreResult


def constant(rows: Sequence[MmrRow], letter: str) -> list[Reply]:
    """The same letter for every row."""
    return [_reply(row, letter, place) for place, row in enumerate(rows, 1)]


def longest_option(rows: Sequence[MmrRow], *, seed: int = 0) -> list[Reply]:
    """The longest option, in characters; seeded among equals."""
    return _best(rows, lambda _, option: len(option), seed)


def word_overlap(rows: Sequence[MmrRow], *, seed: int = 0) -> list[Reply]:
    """The option that shares most words with the question (Jaccard); seeded among equals."""
    return _best(rows, _jaccard, seed)


def always_deny(rows: Sequence[MmrRow], *, seed: int = 0) -> list[Reply]:
    """An option that denies something in its first six words, seeded; any option where none does."""
    return _best(rows, lambda _, option: float(_denies(option)), seed)


def score_baselines(rows: Sequence[MmrRow], *, true_premise: Sequence[MmrRow] = (), seed: int = 0) -> list[Baseline]:
    """Score all baselines: each constant letter, longest option, word overlap, always deny."""
    every = [*rows, *true_premise]
    replies = {f"always {letter}": constant(every, letter) for letter in "ABCD"}
    replies["longest option"] = longest_option(every, seed=seed)
    replies["word overlap"] = word_overlap(every, seed=seed)
    replies["always deny"] = always_deny(every, seed=seed)
    return [
        Baseline(name, score_rows(rows, given, true_premise=true_premise, seed=seed)) for name, given in replies.items()
    ]


def _best(rows: Sequence[MmrRow], rank: Rank, seed: int) -> list[Reply]:
    replies = []
    for place, row in enumerate(rows, 1):
        options = row.parsed.by_letter if row.parsed is not None else {}
        stem = row.parsed.stem if row.parsed is not None else ""
        order = sorted(
            options,
            key=lambda letter: (-rank(stem, options[letter]), seeded(seed, row.id, row.question_type, letter)),
        )
        replies.append(_reply(row, order[0] if order else "", place))
    return replies


def _jaccard(question: str, option: str) -> float:
    asked, said = set(folded(question).split()), set(folded(option).split())
    return len(asked & said) / len(asked | said) if asked | said else 0.0


def _denies(option: str) -> bool:
    return _DENIAL.search(" ".join(option.split()[:_FIRST_WORDS])) is not None


def _reply(row: MmrRow, letter: str, place: int) -> Reply:
    return Reply(row.id, row.question_type, letter, place)
