"""Who stands in one picture together, and how much room they take."""

from collections.abc import Callable
from random import Random

from datagen.scenes.cast.casting import Casting, Plan
from datagen.scenes.cast.figures import activity, chemistry, emotion, flag, landmark, music, posture, road_sign
from datagen.scenes.cast.relations import relation
from datagen.scenes.cast.signs import signs
from datagen.scenes.cast.singles import groups, singles
from datagen.scenes.holdout import Holdout

Feature = Callable[[Casting, int], list[Plan]]

# Each takes a block of four cells; the numbers say how often one is drawn against another.
_FEATURES: dict[Feature, float] = {
    signs: 3, posture: 2, activity: 2, emotion: 2, relation: 2.4,
    flag: 1.2, landmark: 1.2, road_sign: 0.9, music: 0.8, chemistry: 0.8,
}  # fmt: skip
_BLOCK = 4
_CELLS = 16
_SPARE = 1  # cells left free at least
_COUNTING_SHARE = 0.45


def cast(rng: Random, holdout: Holdout = "none") -> tuple[int, list[Plan]]:
    """The grid's side and everyone who will stand on it."""
    casting = Casting(rng, holdout=holdout)
    counting = rng.random() < _COUNTING_SHARE
    plans = groups(casting) if counting else []
    wanted = rng.choice((0, 1, 1, 2)) if counting else rng.choice((2, 3, 3))
    plans += _features(casting, min(wanted, (_CELLS - _SPARE - 2 - len(plans)) // _BLOCK))
    room = _CELLS - _SPARE - sum(plan.span**2 for plan in plans)
    if room >= 10 and counting and all(plan.span == 1 for plan in plans) and rng.random() < 0.6:
        return 3, plans + singles(casting, rng.choice((2, 3)), 0)
    return 4, plans + singles(casting, min(room, rng.choice((2, 3, 3, 4))), room)


def _features(casting: Casting, room: int) -> list[Plan]:
    """Features of different kinds, until there is no room for another."""
    plans: list[Plan] = []
    left = dict(_FEATURES)
    while left and len(plans) < room:
        feature = casting.rng.choices(list(left), list(left.values()))[0]
        del left[feature]
        plans += feature(casting, room - len(plans))
    return plans
