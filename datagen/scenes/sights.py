"""What can be seen of one thing: its drawing, and what its parts could be taken for."""

from datagen.scenes.drawings import (
    ACTIVITIES,
    BOARDS,
    EMOTIONS,
    FLAGS,
    LANDMARKS,
    NOTES,
    POSTURES,
    ROAD_SIGNS,
    TILE,
    Figure,
)
from datagen.scenes.drawings.boards import Board
from datagen.scenes.outlines import Drawing
from datagen.scenes.palette import COLORS
from datagen.scenes.vocabulary import CHEMISTRY, FACE, FLAG, KINDS, LANDMARK, MUSIC, PERSON, ROAD_SIGN, shows
from datagen.scenes.world import Thing

FIGURES: dict[str, dict[str, Figure]] = {
    PERSON: POSTURES | ACTIVITIES,
    FACE: EMOTIONS,
    FLAG: FLAGS,
    LANDMARK: LANDMARKS,
    ROAD_SIGN: ROAD_SIGNS,
    MUSIC: NOTES,
}


def drawing_of(thing: Thing) -> Drawing:
    """What a thing looks like."""
    if thing.form is not None:
        return BOARDS[thing.form].drawing
    if thing.kind == CHEMISTRY:
        return TILE.drawing
    if thing.variant is not None:
        return FIGURES[thing.kind][thing.variant].drawing
    return KINDS[thing.kind].drawing


def board_of(thing: Thing) -> Board:
    """What a thing's writing is on.

    Raises:
        KeyError: It is a thing without writing.
    """
    return TILE if thing.kind == CHEMISTRY else BOARDS[thing.form or ""]


def could_show(thing: Thing, name: str) -> bool:
    """Whether someone might say that they see a ``name`` in this thing or in a part of it."""
    also = frozenset({thing.form}) if thing.form is not None else frozenset()
    if thing.kind in FIGURES and thing.variant is not None:
        figure = FIGURES[thing.kind][thing.variant]
        also = figure.has | figure.shows
    return shows(thing.kind, name, also=also)


def hues(thing: Thing) -> frozenset[str]:
    """The colours someone might say that a thing has."""
    if thing.color is not None:
        return frozenset({thing.color})
    return frozenset(part.tone for part in drawing_of(thing).parts if part.tone in COLORS)
