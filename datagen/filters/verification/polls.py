"""What a verifier is asked, vote by vote, and how its replies are read as votes.

Every vote letters the options anew, so that a liking for a letter speaks for another option each time. No request
holds the key, the kind, the category or where the pair comes from.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from datagen.filters.verification.forms import Choice, Judgement
from datagen.filters.verification.prompts import BLIND, CHOICE, JUDGEMENT, prompt
from datagen.filters.verification.votes import AS_MARKED, KEY, NONE, NOTHING, OTHERWISE, SEVERAL, Step
from datagen.prompting import fenced
from mllm import ImagePart, Message, Outcome, Request
from schemas.identity import seeded
from schemas.pair import LETTERS, Pair, Polarity, Question

TEMPERATURE = 0.7
MAX_TOKENS = 1_000


class Subject(NamedTuple):
    """A pair before a verifier, with its images by reference."""

    pair: Pair
    images: Mapping[str, ImagePart]
    seed: int

    def half(self, polarity: Polarity) -> Question:
        """One of its questions."""
        return self.pair.positive if polarity == "positive" else self.pair.negative

    def letters(self, polarity: Polarity, step: str, vote: int) -> dict[str, int]:
        """The options' places by letter: shuffled for each step, and a place further on with each vote."""
        order = list(range(len(self.half(polarity).options)))
        random.Random(seeded(self.seed, "letters", step, self.pair.pair_id, polarity)).shuffle(order)
        turn = vote % len(order)
        return dict(zip(LETTERS, order[turn:] + order[:turn], strict=False))


class Poll(Protocol):
    """One question to a verifier that is put to several votes."""

    def request(self, subject: Subject, vote: int) -> Request:
        """The request for a vote."""

    def read(self, outcome: Outcome, subject: Subject, vote: int) -> dict[Step, str]:
        """The votes that a reply holds; one that is not in the form votes for nothing."""


@dataclass(frozen=True)
class Answering:
    """Answering one half, with its image or without."""

    polarity: Polarity
    blind: bool = False

    def request(self, subject: Subject, vote: int) -> Request:
        """The question and its options, and nothing else."""
        half, step = subject.half(self.polarity), "blind" if self.blind else "choice"
        said = fenced(_shown(half, subject.letters(self.polarity, step, vote)))
        seen = () if self.blind else (subject.images[half.image],)
        system = prompt(BLIND if self.blind else CHOICE, images=1)
        return _request(subject, step, (Message("system", (system,)), Message("user", (*seen, said))), Choice, vote)

    def read(self, outcome: Outcome, subject: Subject, vote: int) -> dict[Step, str]:
        """The option that is named."""
        letters = subject.letters(self.polarity, "blind" if self.blind else "choice", vote)
        said = outcome.parsed
        place = letters.get(said.letter or "") if isinstance(said, Choice) else None
        word = NOTHING if place is None else _word(subject.half(self.polarity), place)
        named: dict[Polarity, Step] = {"positive": "blind_positive", "negative": "blind_negative"}
        return {named[self.polarity] if self.blind else self.polarity: word}


@dataclass(frozen=True)
class Judging:
    """Judging the premise, and all options of both halves."""

    def request(self, subject: Subject, vote: int) -> Request:
        """Both halves with their options, and the premise."""
        pair = subject.pair
        data: dict[str, Any] = {
            half: _shown(subject.half(half), subject.letters(half, "judgement", vote)) for half in _HALVES
        }
        data["premise"] = pair.premise if _has_premise(pair) else ""
        system = prompt(JUDGEMENT, images=len(pair.images))
        seen = [subject.images[ref] for ref in pair.images]
        messages = Message("system", (system,)), Message("user", (*seen, fenced(data)))
        return _request(subject, "judgement", messages, Judgement, vote)

    def read(self, outcome: Outcome, subject: Subject, vote: int) -> dict[Step, str]:
        """Whether the premise is as marked, where there is one, and which options are right."""
        said = outcome.parsed if isinstance(outcome.parsed, Judgement) else None
        votes: dict[Step, str] = {}
        if _has_premise(subject.pair):
            meant = "true" if subject.pair.kind == "true-premise" else "false"
            told = said.premise if said else "cannot tell"
            votes["premise"] = NOTHING if told == "cannot tell" else AS_MARKED if told == meant else OTHERWISE
        for half in _HALVES:
            letters = subject.letters(half, "judgement", vote)
            named = (said.positive_right if half == "positive" else said.negative_right) if said else None
            word = NOTHING if named is None else _judged(subject.half(half), letters, set(named))
            votes["positive_judged" if half == "positive" else "negative_judged"] = word
        return votes


_HALVES: tuple[Polarity, ...] = ("positive", "negative")


def _has_premise(pair: Pair) -> bool:
    return pair.kind != "contrast" and bool(pair.premise)


def _shown(half: Question, letters: Mapping[str, int]) -> dict[str, Any]:
    return {
        "question": half.text,
        "options": {letter: half.options[place].text for letter, place in letters.items()},
    }


def _request(
    subject: Subject, step: str, messages: tuple[Message, ...], form: type[Choice | Judgement], vote: int
) -> Request:
    pair_id = subject.pair.pair_id
    seed = seeded(subject.seed, "vote", step, pair_id, str(vote)) % 2**31
    return Request(pair_id, step, messages, form, MAX_TOKENS, TEMPERATURE, seed, vote)


def _judged(half: Question, letters: Mapping[str, int], named: set[str]) -> str:
    if not named <= letters.keys():
        return NOTHING
    words = {_word(half, letters[letter]) for letter in named}
    return NONE if not words else words.pop() if len(words) == 1 else SEVERAL


def _word(half: Question, place: int) -> str:
    """An option that says the same as the right one is as right."""
    return KEY if half.options[place].text == half.right else f"option {place + 1}"
