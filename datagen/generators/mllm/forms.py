"""The two forms that a model fills in: what an image shows, and pairs about it.

After the steps of the MMR paper's data construction (arXiv 2406.10638, section 4; FACTS of an image in seven
kinds, then questions whose four options cross a right or wrong answer with a right or wrong reason).
Each field's description is sent along: it is part of the prompt.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Region = Literal[
    "upper left", "top", "upper right", "left", "center", "right", "lower left", "bottom", "lower right",
]  # fmt: skip
Word = Annotated[str, Field(min_length=1, max_length=120)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Confidence = Annotated[float, Field(ge=0, le=1, description="How sure you are, 0 to 1.")]
MAX_ITEMS = 40


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Writing(_Form):
    """Letters, numbers or words that can be read in the image."""

    text: Word = Field(description="The writing itself, letter for letter.")
    carrier: Word = Field(description="What bears it: sign, shirt, screen.")
    confidence: Confidence


class Thing(_Form):
    """An object, or a group of alike ones."""

    name: Word = Field(description="A noun without article, colour or number, in the singular: traffic light.")
    count: int | None = Field(ge=0, le=1000, description="How many there are, where all can be counted.")
    color: Word | None
    texture: Word | None = Field(description="Pattern or material: striped, wooden.")
    shape: Word | None
    position: Region | None = Field(description="Where in the image, if there is one of it.")
    known_as: Word | None = Field(description="The name of this very thing: Eiffel Tower, flag of Japan.")
    means: Word | None = Field(description="What a sign, symbol, chart or note says to those who know the field.")
    confidence: Confidence


class Person(_Form):
    """A person, or an animal that has a posture or mood."""

    who: Word = Field(description="A noun phrase that only this one fits: woman in a red coat.")
    posture: Word | None = Field(description="sitting, standing, lying …")
    emotion: Word | None = Field(description="Only where the face or body shows it plainly.")
    confidence: Confidence


class Event(_Form):
    """What goes on in the image as a whole."""

    what: Word
    confidence: Confidence


class Relation(_Form):
    """How one thing stands to another."""

    subject: Word
    relation: Word = Field(description="on, under, next to, holding …")
    object: Word
    confidence: Confidence


class Activity(_Form):
    """What somebody does."""

    who: Word
    doing: Word = Field(description="Beginning with an -ing form: riding a horse.")
    confidence: Confidence


class Extraction(_Form):
    """Everything that can be seen beyond doubt; a list stays empty where there is nothing."""

    texts: list[Writing] = Field(max_length=MAX_ITEMS)
    objects: list[Thing] = Field(max_length=MAX_ITEMS)
    people: list[Person] = Field(max_length=MAX_ITEMS)
    events: list[Event] = Field(max_length=MAX_ITEMS)
    object_relations: list[Relation] = Field(max_length=MAX_ITEMS)
    person_object_relations: list[Relation] = Field(max_length=MAX_ITEMS)
    activities: list[Activity] = Field(max_length=MAX_ITEMS)


class Asked(_Form):
    """A question and its four answers, each an answer with its reason, of at most 15 words."""

    question: Line
    right: Line = Field(description="Right answer, right reason: the only correct option.")
    right_answer_wrong_reason: Line = Field(description="The right answer with a reason that the image refutes.")
    wrong_answer_right_reason: Line = Field(description="A wrong answer beside something that is true of the image.")
    wrong: Line = Field(description="A wrong answer with a wrong reason.")


class MadePair(_Form):
    """A positive and a negative question about one fact."""

    category: Word
    kind: Literal["false-premise", "true-premise"]
    fact: Line = Field(description="What the image shows, as a statement.")
    premise: Line = Field(description="What the negative question takes for granted, as a statement.")
    rests_on: list[int] = Field(max_length=MAX_ITEMS, description="Numbers of the facts it is built on.")
    positive: Asked
    negative: Asked


class Declined(_Form):
    """A category for which no pair could be made."""

    category: Word
    reason: Line


class PairsReply(_Form):
    """The pairs, and the categories that were declined."""

    pairs: list[MadePair] = Field(max_length=MAX_ITEMS)
    declined: list[Declined] = Field(max_length=MAX_ITEMS)
