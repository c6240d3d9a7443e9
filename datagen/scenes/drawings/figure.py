"""A drawing that shows more than its kind: one posture, one emotion, one flag."""

from dataclasses import dataclass

from datagen.scenes.outlines import Drawing


@dataclass(frozen=True)
class Figure:
    """A variant of a kind of thing.

    Attributes:
        drawing: What it looks like.
        shows: Other kinds that are part of it, so that they are neither there on their own nor absent.
    """

    drawing: Drawing
    shows: frozenset[str] = frozenset()
