"""What each kind of thing looks like, as outlines: no colours, no pixels.

In: nothing. Out: a ``Drawing`` for every name of the vocabulary.
"""

from datagen.scenes.drawings.boards import BOARDS
from datagen.scenes.drawings.home import HOME
from datagen.scenes.drawings.nature import NATURE
from datagen.scenes.drawings.shapes import SHAPES
from datagen.scenes.drawings.travel import TRAVEL

__all__ = ["BOARDS", "HOME", "NATURE", "SHAPES", "TRAVEL"]
