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
from datagen.scenes.vocabulary import CHEMISTRY, FACE, FLAG, KINDS, LANDMARK, MUSIC, PERSON, ROAD_SIGN, shown_by
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


def kinds_in(thing: Thing) -> frozenset[str]:
    """The kinds that someone might say they see in this thing or in a part of it."""
    if thing.form is not None:
        return shown_by(thing.kind, frozenset({thing.form}))
    if thing.variant is None or thing.kind not in FIGURES:
        return shown_by(thing.kind)
    figure = FIGURES[thing.kind][thing.variant]
    return shown_by(thing.kind, figure.has | figure.shows)


def hues(thing: Thing) -> frozenset[str]:
    """The colours someone might say that a thing has."""
    if thing.color is not None:
        return frozenset({thing.color})
    return frozenset(part.tone for part in drawing_of(thing).parts if part.tone in COLORS)
