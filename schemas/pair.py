"""The pair: a positive question about a visual fact and a leading question about the same fact.

The two halves are one record from generation to score. Nothing in the project handles half a pair.
"""

from functools import cached_property
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.identity import pair_id
from schemas.taxonomy import is_category

Kind = Literal["false-premise", "true-premise", "contrast"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Polarity = Literal["positive", "negative"]
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
Role = Literal[
    "answer right, reason right", "answer right, reason wrong",
    "answer wrong, reason right", "answer wrong, reason wrong", "plain",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
Verification = Literal["unverified", "model-verified", "sampled", "human-verified"]
VERIFICATIONS: tuple[Verification, ...] = get_args(Verification)

LETTERS = "ABCDEFGH"
MAX_TEXT = 2_000


class Option(BaseModel):
    """One answer to choose, with the part it plays where that is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    role: Role = "plain"


class Question(BaseModel):
    """One half of a pair.

    ``options`` stand in the order they were made in; ``order`` says how they are lettered:
    letter ``LETTERS[i]`` shows ``options[order[i]]``. A single option makes an *open* question, as MMR-data
    has them: it is the right answer in free text, and there is nothing to choose from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    image: str = Field(min_length=1, max_length=MAX_TEXT)
    options: tuple[Option, ...] = Field(min_length=1, max_length=len(LETTERS))
    answer: int = Field(ge=0, description="index into options of the right one")
    order: tuple[int, ...]
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")

    @model_validator(mode="after")
    def _indices_fit(self) -> Self:
        if self.answer >= len(self.options):
            raise ValueError(f"answer {self.answer} is not one of {len(self.options)} options")
        if sorted(self.order) != list(range(len(self.options))):
            raise ValueError(f"order {list(self.order)} does not place each of {len(self.options)} options once")
        return self

    @property
    def open(self) -> bool:
        """Whether it is answered in free text: its one option is the answer, and no letter can be asked for."""
        return len(self.options) == 1

    @property
    def letter(self) -> str:
        """The letter of the right option."""
        return LETTERS[self.order.index(self.answer)]

    @property
    def shown(self) -> tuple[str, ...]:
        """The options' texts as lettered: A first."""
        return tuple(self.options[index].text for index in self.order)

    @property
    def right(self) -> str:
        """The right option's text."""
        return self.options[self.answer].text

    @property
    def wrong(self) -> tuple[str, ...]:
        """The other options' texts, in the order they were made in."""
        return tuple(option.text for index, option in enumerate(self.options) if index != self.answer)


class Provenance(BaseModel):
    """Where a pair comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    generator: str = Field(min_length=1)
    model: str | None = None
    prompt_version: str | None = None
    request_key: str | None = None
    facts: tuple[str, ...] = ()
    source: str | None = Field(default=None, description="file and row an imported pair was read from")
    source_id: str | None = Field(default=None, description="the id it had there")


class Pair(BaseModel):
    """A positive and a negative (leading) question about one visual fact.

    ``fact`` is what is true, ``premise`` what the negative question takes for granted: false in a
    ``false-premise`` pair, true in a ``true-premise`` pair, empty where unknown or not meant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    category: str
    positive: Question
    negative: Question
    fact: str = Field(default="", max_length=MAX_TEXT)
    premise: str = Field(default="", max_length=MAX_TEXT)
    provenance: Provenance
    verification: Verification = "unverified"
    corrected_from: str | None = None

    @model_validator(mode="after")
    def _category_is_one(self) -> Self:
        if not is_category(self.category):
            raise ValueError(f"category {self.category!r} is not of the form level/name")
        return self

    @cached_property
    def pair_id(self) -> str:
        """The identity of what is asked; letters, provenance and verification are not part of it."""
        return pair_id(
            self.kind, self.category,
            [(half.image, half.text, half.right, half.wrong) for half in self.halves],
        )  # fmt: skip

    @property
    def halves(self) -> tuple[Question, Question]:
        """Positive, then negative."""
        return self.positive, self.negative

    @property
    def open(self) -> bool:
        """Whether a half of it is an open question: formats that ask for a letter cannot hold it."""
        return self.positive.open or self.negative.open

    @property
    def images(self) -> tuple[str, ...]:
        """The image references, each once, the positive's first."""
        return tuple(dict.fromkeys((self.positive.image, self.negative.image)))
