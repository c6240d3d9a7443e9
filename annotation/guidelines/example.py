"""An example of the guidelines: a pair as an annotator would see it, rightly marked or visibly spoilt."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from annotation.verdict import Fault
from schemas.pair import LETTERS, Kind, Pair, Question


class Row(NamedTuple):
    """The options of one letter, side by side; None where a question has none of that letter."""

    letter: str
    positive: str | None
    negative: str | None


@dataclass(frozen=True)
class Half:
    """One question, as lettered: the place of the option that is marked as right, and of one that is at fault."""

    question: str
    options: tuple[str, ...]
    marked: int
    wrong: int | None = None

    @property
    def letter(self) -> str:
        """The letter of the option that is marked as right."""
        return LETTERS[self.marked]


@dataclass(frozen=True)
class Example:
    """A pair as shown. ``right`` is what should stand where a fault was made: a letter or a category."""

    pair_id: str
    kind: Kind
    category: str
    fact: str
    positive: Half
    negative: Half
    fault: Fault | None = None
    right: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The options of both questions by letter."""
        both = zip_longest(self.positive.options, self.negative.options)
        return tuple(Row(letter, *texts) for letter, texts in zip(LETTERS, both, strict=False))

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is shown of the pair."""
        halves = (self.positive, self.negative)
        return (self.fact, *(text for half in halves for text in (half.question, *half.options)))


@dataclass(frozen=True)
class Examples:
    """What the guidelines show of a run: at most one example a category, one a fault, and one of a true premise."""

    right: tuple[Example, ...] = ()
    agreeing: Example | None = None
    wrong: tuple[Example, ...] = ()

    @property
    def pair_ids(self) -> frozenset[str]:
        """The pairs that examples were made of. Their answers are given away: none of them may become gold."""
        shown = (*self.right, *self.wrong, *((self.agreeing,) if self.agreeing else ()))
        return frozenset(example.pair_id for example in shown)

    def of_category(self, category: str) -> Example | None:
        """The right example of that category."""
        return next((example for example in self.right if example.category == category), None)

    def of_fault(self, fault: Fault) -> Example | None:
        """The wrong example of that fault."""
        return next((example for example in self.wrong if example.fault == fault), None)


def as_example(pair: Pair) -> Example:
    """A pair as it is."""
    return Example(pair.pair_id, pair.kind, pair.category, pair.fact, _half(pair.positive), _half(pair.negative))


def _half(question: Question) -> Half:
    return Half(question.text, question.shown, question.order.index(question.answer))
