"""Pairs as rows of a table, from what they claim."""

from typing import NamedTuple

import pyarrow as pa

from schemas import Option, Pair, Provenance, Question
from schemas.tables import pair_row, to_table

COLOR, POSITION, EXISTENCE = "attribute/color&texture", "attribute/position", "attribute/existence"


class Says(NamedTuple):
    """What varies between the pairs of these tests."""

    fact: str
    premise: str
    category: str = COLOR
    kind: str = "false-premise"
    image: str = "path:a.jpg"
    positive: str = "What is true?"
    negative: str = "Is that so?"
    options: tuple[str, ...] = ("It is so.", "It is not so.")
    language: str = "en"
    other_image: str | None = None


def pair(said: Says) -> Pair:
    halves = [
        Question(
            text=text, image=image, options=tuple(Option(text=one) for one in said.options), answer=0,
            order=tuple(range(len(said.options))), language=said.language,
        )
        for text, image in ((said.positive, said.image), (said.negative, said.other_image or said.image))
    ]  # fmt: skip
    fields: dict[str, object] = {
        "kind": said.kind,
        "category": said.category,
        "fact": said.fact,
        "premise": said.premise,
    }
    made_by = Provenance(generator="test")
    return Pair.model_validate(fields | {"positive": halves[0], "negative": halves[1], "provenance": made_by})


def table(*said: Says) -> pa.Table:
    """Rows with ids p0, p1, …, since two pairs may ask the same."""
    rows = [pair_row(pair(one)) | {"pair_id": f"p{place}"} for place, one in enumerate(said)]
    return to_table("pairs", rows)
