"""Chemical symbols on a tile, as in the periodic table."""

from datagen.scenes.drawings.boards import Board
from datagen.scenes.outlines import Drawing, body, rounded
from datagen.scenes.world import Box

TILE = Board(Drawing((body(rounded(0.02, 0.02, 0.98, 0.98, 0.1)),)), Box(0.16, 0.22, 0.84, 0.78))

# Of two letters: a single one would be taken for a letter on a sign.
ELEMENTS: dict[str, str] = {
    "helium": "He", "lithium": "Li", "neon": "Ne", "sodium": "Na", "magnesium": "Mg", "aluminium": "Al",
    "silicon": "Si", "chlorine": "Cl", "calcium": "Ca", "iron": "Fe", "nickel": "Ni", "copper": "Cu", "zinc": "Zn",
    "silver": "Ag", "tin": "Sn", "gold": "Au", "mercury": "Hg", "lead": "Pb",
}  # fmt: skip
