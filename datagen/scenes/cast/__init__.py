"""Who is in a picture: groups, single things, signs.

In: a source of random choices. Out: plans of things, and the grid they are to stand on.
"""

from random import Random

from datagen.scenes.cast.casting import Casting, Plan
from datagen.scenes.cast.signs import SPAN, signs
from datagen.scenes.cast.singles import groups, singles

__all__ = ["Plan", "cast"]

_SIGNS = (0, 0, 0, 1, 1, 1, 1, 1, 1, 2)
_CELLS = {3: 9, 4: 16}
_SPARE = 1  # cells left free at least


def cast(rng: Random) -> tuple[int, list[Plan]]:
    """The grid's side and everyone who will stand on it."""
    casting = Casting(rng)
    plans = groups(casting)
    room = _CELLS[4] - _SPARE - len(plans)
    plans += signs(casting, min(rng.choice(_SIGNS), (room - 1) // SPAN**2))
    room = _CELLS[4] - _SPARE - sum(plan.span**2 for plan in plans)
    if room >= 10 and rng.random() < 0.6:
        return 3, plans + singles(casting, rng.choice((2, 3)), 0)
    return 4, plans + singles(casting, min(room, rng.choice((2, 3, 3, 4))), room)
