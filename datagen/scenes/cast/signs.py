"""Signs with a word or a number on them."""

from random import Random

from datagen.scenes.cast.casting import Casting, Plan
from datagen.scenes.drawings import BOARDS
from datagen.scenes.layout import Cell, fit
from datagen.scenes.vocabulary import SIGN
from datagen.scenes.world import Thing
from datagen.scenes.writing import choose_text

SPAN = 2


def signs(casting: Casting, number: int) -> list[Plan]:
    """Signs of different outlines and colours."""
    plans = []
    for _ in range(number):
        form = casting.form(tuple(BOARDS))
        if form is not None:
            casting.add(SIGN, form=form)
            plans.append(sign(form, casting.color()))
    return plans


def sign(form: str, color: str) -> Plan:
    """A sign that fills its block; what it says is chosen once its size is known."""

    def settle(rng: Random, cell: Cell) -> Thing:
        box = fit(rng, cell, BOARDS[form].drawing.width, 1.0)
        return Thing(SIGN, color, box, form=form, text=choose_text(rng, form, box))

    return Plan(settle, SPAN)
