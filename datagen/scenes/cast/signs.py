"""Signs with a word or a number on them."""

from random import Random

from datagen.scenes.cast.casting import Casting, Member, Plan
from datagen.scenes.drawings import BOARDS
from datagen.scenes.layout import Cell, fit
from datagen.scenes.vocabulary import SIGN
from datagen.scenes.world import Thing
from datagen.scenes.writing import choose_text

_SECOND_SHARE = 0.2
_BOARDS = [Member(SIGN, has=frozenset({form}), variant=form) for form in BOARDS]


def signs(casting: Casting, room: int) -> list[Plan]:
    """A sign, sometimes two of different outlines and colours; at most ``room``."""
    first = casting.choose(_BOARDS)
    if first is None:
        return []
    plans = [_sign(first.variant, casting.color(SIGN))]
    if room > 1 and casting.rng.random() < _SECOND_SHARE:
        kinds = [kind for member in casting.members for kind in member.whole]
        second = casting.rng.choice([board for board in _BOARDS if not any(form in kinds for form in board.has)])
        casting.members.append(second)
        plans.append(_sign(second.variant, casting.color(SIGN)))
    return plans


def _sign(form: str, color: str) -> Plan:
    """A sign that fills its block; what it says is chosen once its size is known."""

    def settle(rng: Random, cell: Cell) -> list[Thing]:
        box = fit(rng, cell, BOARDS[form].drawing.width, 1.0)
        return [Thing(SIGN, color, box, form=form, text=choose_text(rng, BOARDS[form], box))]

    return Plan(settle, span=2)
