"""What each kind of thing looks like, as outlines: no pixels.

In: nothing. Out: a ``Drawing`` for every name of the vocabulary, and for every variant of some.
"""

from datagen.scenes.drawings.activities import ACTIVITIES
from datagen.scenes.drawings.boards import BOARDS
from datagen.scenes.drawings.faces import EMOTIONS
from datagen.scenes.drawings.figure import Figure
from datagen.scenes.drawings.flags import FLAGS
from datagen.scenes.drawings.home import HOME
from datagen.scenes.drawings.landmarks import LANDMARKS
from datagen.scenes.drawings.nature import NATURE
from datagen.scenes.drawings.notes import NOTES
from datagen.scenes.drawings.people import POSTURES
from datagen.scenes.drawings.roadsigns import ROAD_SIGNS
from datagen.scenes.drawings.shapes import SHAPES
from datagen.scenes.drawings.symbols import ELEMENTS, TILE
from datagen.scenes.drawings.travel import TRAVEL

__all__ = [
    "ACTIVITIES",
    "BOARDS",
    "ELEMENTS",
    "EMOTIONS",
    "FLAGS",
    "HOME",
    "LANDMARKS",
    "NATURE",
    "NOTES",
    "POSTURES",
    "ROAD_SIGNS",
    "SHAPES",
    "TILE",
    "TRAVEL",
    "Figure",
]
