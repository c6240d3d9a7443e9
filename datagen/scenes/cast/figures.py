"""People, faces, flags, landmarks, road signs and symbols: things that show more than their kind."""

from collections.abc import Callable, Mapping
from random import Random

from datagen.scenes.cast.casting import Casting, Member, Plan
from datagen.scenes.drawings import (
    ACTIVITIES,
    ELEMENTS,
    EMOTIONS,
    FLAGS,
    LANDMARKS,
    NOTES,
    POSTURES,
    ROAD_SIGNS,
    Figure,
)
from datagen.scenes.layout import Cell, fit
from datagen.scenes.sights import drawing_of
from datagen.scenes.vocabulary import CHEMISTRY, FACE, FLAG, LANDMARK, MUSIC, PERSON, ROAD_SIGN
from datagen.scenes.world import Box, Thing

_NOWHERE = Box(0, 0, 1, 1)
Made = Callable[[str, str], Thing]  # from a variant and a colour


def posture(casting: Casting, _room: int) -> list[Plan]:
    """Someone in a posture."""
    return _figure(casting, PERSON, POSTURES, lambda name, color: Thing(PERSON, color, _NOWHERE, posture=name))


def activity(casting: Casting, _room: int) -> list[Plan]:
    """Someone doing something."""
    return _figure(casting, PERSON, ACTIVITIES, lambda name, color: Thing(PERSON, color, _NOWHERE, activity=name))


def emotion(casting: Casting, _room: int) -> list[Plan]:
    """A face that shows what it feels."""
    return _figure(casting, FACE, EMOTIONS, lambda name, color: Thing(FACE, color, _NOWHERE, emotion=name))


def flag(casting: Casting, _room: int) -> list[Plan]:
    """The flag of a country."""
    return _figure(casting, FLAG, FLAGS, lambda name, _: Thing(FLAG, None, _NOWHERE, identity=name))


def landmark(casting: Casting, _room: int) -> list[Plan]:
    """A building that is known all over the world."""
    return _figure(casting, LANDMARK, LANDMARKS, lambda name, color: Thing(LANDMARK, color, _NOWHERE, identity=name))


def road_sign(casting: Casting, _room: int) -> list[Plan]:
    """A road sign."""
    return _figure(casting, ROAD_SIGN, ROAD_SIGNS, lambda name, _: Thing(ROAD_SIGN, None, _NOWHERE, meaning=name))


def music(casting: Casting, _room: int) -> list[Plan]:
    """A musical symbol on a card."""
    return _figure(casting, MUSIC, NOTES, lambda name, _: Thing(MUSIC, None, _NOWHERE, meaning=name))


def chemistry(casting: Casting, _room: int) -> list[Plan]:
    """A chemical symbol on a tile."""
    chosen = casting.choose([Member(CHEMISTRY, variant=element) for element in ELEMENTS])
    if chosen is None:
        return []
    element = chosen.variant
    return [_plan(Thing(CHEMISTRY, casting.color(CHEMISTRY), _NOWHERE, meaning=element, text=ELEMENTS[element]))]


def _figure(casting: Casting, kind: str, figures: Mapping[str, Figure], make: Made) -> list[Plan]:
    chosen = casting.choose([Member(kind, figure.has, figure.shows, name) for name, figure in figures.items()])
    return [] if chosen is None else [_plan(make(chosen.variant, casting.color(kind)))]


def _plan(thing: Thing) -> Plan:
    """A thing that nearly fills its block and stands upright."""

    def settle(rng: Random, cell: Cell) -> list[Thing]:
        return [thing.at(fit(rng, cell, drawing_of(thing).width, rng.uniform(0.9, 1.0)))]

    return Plan(settle, span=2)
