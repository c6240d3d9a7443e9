"""A drawing that shows more than its kind: one posture, one emotion, one flag."""

from dataclasses import dataclass

from datagen.scenes.outlines import Drawing


@dataclass(frozen=True)
class Figure:
    """A variant of a kind of thing.

    Attributes:
        drawing: What it looks like.
        has: Other kinds that are there with it: a kite that someone flies. They do not stand alone too.
        shows: Kinds that a part of it could be taken for, as the wheels of a bicycle for circles.
    """

    drawing: Drawing
    has: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
