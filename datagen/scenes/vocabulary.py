"""Every kind of thing that can be drawn, and what it could be taken for.

Two kinds that *resemble* each other never stand in one picture, and neither is called absent where
the other is. A kind that *shows* another as one of its parts (a house shows a triangle) may stand
beside it, but the other is then neither counted nor called absent.
"""

from dataclasses import dataclass
from functools import cache

from datagen.scenes.drawings import HOME, NATURE, SHAPES, TRAVEL
from datagen.scenes.outlines import Drawing

SIGN = "sign"
PERSON = "person"
FACE = "face"
FLAG = "flag"
LANDMARK = "landmark"
ROAD_SIGN = "road sign"
MUSIC = "music symbol"
CHEMISTRY = "chemical symbol"
# What is drawn in variants, each more than an example of its kind.
SPECIAL_NAMES = (SIGN, PERSON, FACE, FLAG, LANDMARK, ROAD_SIGN, MUSIC, CHEMISTRY)


@dataclass(frozen=True)
class Kind:
    """One kind of thing.

    Attributes:
        name: In the singular.
        plural: In the plural.
        drawing: What it looks like.
        shape: Whether it is a plain shape, whose outline is its name.
        patterned: Whether its surface is large enough for stripes, dots and checks.
    """

    name: str
    plural: str
    drawing: Drawing
    shape: bool
    patterned: bool


_IRREGULAR = {
    "butterfly": "butterflies", "leaf": "leaves", "fish": "fish", "cross": "crosses", "bus": "buses",
    "person": "people",
}  # fmt: skip
_PATTERNED = {
    "circle", "square", "triangle", "rectangle", "oval", "diamond", "hexagon", "star", "heart",
    "tree", "mushroom", "apple", "umbrella", "cup", "hat", "bell", "shirt", "sock", "balloon",
}  # fmt: skip


def plural(noun: str) -> str:
    """The plural of a noun phrase, by its last word: "red leaves"."""
    *before, last = noun.split(" ")
    return " ".join((*before, _IRREGULAR.get(last, f"{last}s")))


KINDS: dict[str, Kind] = {
    name: Kind(name, plural(name), drawing, name in SHAPES, name in _PATTERNED)
    for name, drawing in (SHAPES | NATURE | TRAVEL | HOME).items()
}
SHAPE_NAMES = tuple(SHAPES)
# Without a surface that has a colour to name; it only stands there to hold something.
COLORLESS = frozenset({"jar"})
# Whose colour is not theirs: what a person wears, the tile a symbol is on.
NOT_ITS_COLOR = frozenset({PERSON, CHEMISTRY})
OBJECT_NAMES = tuple(name for name in KINDS if name not in SHAPES and name not in COLORLESS)

_RESEMBLING = (
    {"circle", "oval", "ball", "clock", "balloon", "apple"}, {"circle", "ring", "clock", "ball"},
    {"square", "rectangle", "diamond"}, {"square", "gift"}, {"rectangle", "envelope", "book"},
    {"diamond", "kite"}, {"car", "truck"}, {"bus", "truck"}, {"table", "chair"},
    {FACE, "circle"}, {FACE, "ball"}, {FACE, "clock"}, {SIGN, ROAD_SIGN}, {SIGN, CHEMISTRY}, {LANDMARK, "house"},
)  # fmt: skip
_SHOWS: dict[str, set[str]] = {
    "house": {"triangle", "square", "rectangle"},
    "boat": {"triangle"},
    "envelope": {"triangle"},
    "lamp": {"triangle"},
    "rocket": {"triangle", "circle"},
    "airplane": {"circle", "triangle"},
    "kite": {"triangle", "cross"},
    "crown": {"triangle", "circle"},
    "car": {"circle"},
    "bus": {"circle", "square", "rectangle"},
    "truck": {"circle", "square", "rectangle"},
    "snail": {"circle"},
    "flower": {"circle", "leaf"},
    "apple": {"leaf", "heart"},
    "tree": {"leaf"},
    "gift": {"cross", "rectangle"},
    "key": {"ring", "circle"},
    "cup": {"ring", "square"},
    "clock": {"bell"},
    "book": {"square"},
    "bottle": {"square"},
    "chair": {"square", "rectangle"},
    "butterfly": {"heart"},
    PERSON: {"shirt", FACE},
    CHEMISTRY: {"square"},
    MUSIC: {"square"},
}


@cache
def alike(name: str) -> frozenset[str]:
    """The kinds that one could be taken for, itself among them."""
    return frozenset({name}).union(*(group for group in _RESEMBLING if name in group))


@cache
def shown_by(kind: str, also: frozenset[str] = frozenset()) -> frozenset[str]:
    """The kinds that a thing is, resembles, or has a part that could be taken for.

    Args:
        kind: What stands in the picture.
        also: What else can be seen in this one, as the outline of its board.
    """
    return alike(kind).union(_SHOWS.get(kind, ()), *(alike(name) for name in also))
