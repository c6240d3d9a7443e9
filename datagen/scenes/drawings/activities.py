"""People doing something, with what they do it with."""

from datagen.scenes.drawings.figure import Figure
from datagen.scenes.drawings.people import SITTING, moved, person, stool, turned
from datagen.scenes.outlines import (
    Drawing,
    Outline,
    Part,
    Point,
    arc,
    bend,
    body,
    box,
    detail,
    ellipse,
    limb,
    line,
    polygon,
    rounded,
    smooth,
)

_LEGS = (((0.2, 0.75), (0.18, 0.95)), ((0.3, 0.75), (0.32, 0.95)))


def standing(far: tuple[Point, Point], near: tuple[Point, Point]) -> tuple[Part, ...]:
    """Someone standing around x = 0.25 whose elbows and hands are there."""
    return person((0.25, 0.125), (0.25, 0.29), (0.25, 0.53), arms=(far, near), legs=_LEGS)


def _ring(x: float, y: float, radius: float) -> list[Point]:
    points: Outline = arc(x, y, radius, radius, 0, 360, steps=40)
    return [(float(across), float(down)) for across, down in points]


def _with(*kinds: str, shows: tuple[str, ...] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """What there is beside the person, and what its parts could be taken for."""
    return frozenset(kinds), frozenset(shows)


_RIDER = person(
    (0.68, 0.13), (0.6, 0.27), (0.46, 0.5),
    arms=(((0.78, 0.38), (0.9, 0.42)), ((0.74, 0.4), (0.88, 0.44))),
    legs=(((0.66, 0.6), (0.58, 0.82)), ((0.6, 0.62), (0.64, 0.86))), hair=-10,
)  # fmt: skip
_KICKER = person(
    (0.3, 0.125), (0.31, 0.28), (0.34, 0.54),
    arms=(((0.42, 0.4), (0.52, 0.3)), ((0.18, 0.38), (0.1, 0.5))),
    legs=(((0.3, 0.75), (0.24, 0.95)), ((0.52, 0.64), (0.72, 0.78))), hair=10,
)  # fmt: skip
_CLIMBER = person(
    (0.4, 0.2), (0.4, 0.34), (0.4, 0.56),
    arms=(((0.26, 0.28), (0.28, 0.12)), ((0.54, 0.34), (0.54, 0.22))),
    legs=(((0.26, 0.66), (0.3, 0.8)), ((0.54, 0.7), (0.5, 0.9))),
)  # fmt: skip

_SEAMS = ((0.98, 0.69), (1.09, 0.78), (0.87, 0.78), (0.92, 0.9), (1.05, 0.9))
_RUNGS = (0.12, 0.28, 0.44, 0.6, 0.76, 0.92)
_DROPS = ((0.84, 0.46), (0.92, 0.46), (0.86, 0.56), (0.96, 0.56))
_PETALS = ((1.01, 0.73), (0.87, 0.73), (0.94, 0.8), (0.94, 0.66))

# fmt: off
ACTIVITIES: dict[str, Figure] = {
    "flying a kite": Figure(Drawing((
        line(((0.46, 0.25), (1.04, 0.3)), 0.02),
        *standing(((0.11, 0.42), (0.08, 0.56)), ((0.36, 0.36), (0.46, 0.25))),
        line(bend((1.04, 0.36), (0.98, 0.46), (1.06, 0.54), (1.0, 0.64)), 0.022, "ink"),
        body(polygon((1.04, 0.02), (1.24, 0.16), (1.04, 0.38), (0.84, 0.16)), "beak"),
        line(((1.04, 0.05), (1.04, 0.36)), 0.018, "wood"), line(((0.88, 0.16), (1.2, 0.16)), 0.018, "wood"),
    ), 1.26), *_with("kite", shows=("diamond", "triangle",))),
    "riding a bicycle": Figure(Drawing((
        limb(_ring(0.24, 0.76, 0.19), 0.05, "tyre"), limb(_ring(0.98, 0.76, 0.19), 0.05, "tyre"),
        limb(((0.24, 0.76), (0.44, 0.56), (0.86, 0.56), (0.62, 0.78), (0.24, 0.76)), 0.035, "metal"),
        limb(((0.44, 0.54), (0.62, 0.78)), 0.035, "metal"),
        limb(((0.98, 0.76), (0.86, 0.46), (0.94, 0.42)), 0.035, "metal"),
        *_RIDER,
    ), 1.2), *_with(shows=("ring", "circle", "triangle",))),
    "reading a book": Figure(Drawing((
        *stool(0.28, 0.64), *SITTING,
        body(polygon((0.42, 0.36), (0.58, 0.42), (0.58, 0.62), (0.42, 0.56)), "white"),
        body(polygon((0.58, 0.42), (0.76, 0.34), (0.76, 0.54), (0.58, 0.62)), "white"),
        line(((0.47, 0.45), (0.54, 0.475)), 0.014, "metal"), line(((0.63, 0.47), (0.71, 0.435)), 0.014, "metal"),
        line(((0.47, 0.51), (0.54, 0.535)), 0.014, "metal"), line(((0.63, 0.53), (0.71, 0.495)), 0.014, "metal"),
        detail(ellipse(0.44, 0.56, 0.04), "skin"),
    ), 0.8), *_with("book", "chair")),
    "kicking a ball": Figure(Drawing((
        *_KICKER,
        body(ellipse(0.98, 0.8, 0.14), "white"), detail(ellipse(0.98, 0.8, 0.05), "ink"),
        *(line(((0.98, 0.8), (x, y)), 0.02) for x, y in _SEAMS),
    ), 1.14), *_with("ball", shows=("circle",))),
    "fishing": Figure(Drawing((
        *standing(((0.36, 0.42), (0.44, 0.42)), ((0.34, 0.46), (0.46, 0.44))),
        limb(((0.42, 0.46), (0.78, 0.1)), 0.03, "wood"),
        line(((0.78, 0.1), (0.96, 0.48)), 0.014),
        body(polygon((0.95, 0.56), (0.84, 0.7), (1.06, 0.7)), "metal"),
        body(ellipse(0.955, 0.59, 0.075, 0.12), "metal"),
        detail(ellipse(0.975, 0.54, 0.02), "ink"),
        detail(smooth(
            (0.5, 0.9), (0.66, 0.86), (0.82, 0.9), (0.98, 0.86), (1.14, 0.9), (1.14, 0.98), (0.5, 0.98),
        ), "water"),
    ), 1.16), *_with("fish", shows=("triangle",))),
    "playing the guitar": Figure(Drawing((
        *standing(((0.44, 0.42), (0.58, 0.38)), ((0.12, 0.44), (0.2, 0.52))),
        limb(((0.3, 0.51), (0.72, 0.33)), 0.045, "ink"),
        body(smooth(
            (0.04, 0.55), (0.1, 0.44), (0.2, 0.46), (0.28, 0.42), (0.37, 0.46), (0.36, 0.57), (0.27, 0.61),
            (0.2, 0.67), (0.08, 0.67),
        ), "wood"),
        detail(ellipse(0.25, 0.53, 0.045), "ink"),
        detail(ellipse(0.2, 0.53, 0.042), "skin"), detail(ellipse(0.57, 0.39, 0.042), "skin"),
    ), 0.78)),
    "lifting weights": Figure(Drawing((
        limb(((0.08, 0.07), (0.98, 0.07)), 0.035, "metal"),
        *moved(person(
            (0.25, 0.22), (0.25, 0.36), (0.25, 0.58),
            arms=(((0.06, 0.26), (0.07, 0.08)), ((0.44, 0.26), (0.43, 0.08))),
            legs=(((0.16, 0.77), (0.12, 0.95)), ((0.34, 0.77), (0.38, 0.95))),
        ), 0.28, 0),
        *(body(rounded(x, 0.01, x + 0.09, 0.24, 0.03), "tyre") for x in (0.06, 0.91)),
    ), 1.06)),
    "climbing a ladder": Figure(Drawing((
        limb(((0.22, 0.03), (0.16, 0.97)), 0.045, "wood"), limb(((0.58, 0.03), (0.64, 0.97)), 0.045, "wood"),
        *(limb(((0.21 - 0.06 * y, y), (0.59 + 0.06 * y, y)), 0.04, "wood") for y in _RUNGS),
        *_CLIMBER,
    ), 0.8)),
    "walking a dog": Figure(Drawing((
        *standing(((0.11, 0.42), (0.08, 0.56)), ((0.38, 0.42), (0.46, 0.52))),
        line(((0.46, 0.52), (0.98, 0.68)), 0.02),
        limb(((0.7, 0.84), (0.7, 0.95)), 0.055, "beak"), limb(((0.92, 0.84), (0.92, 0.95)), 0.055, "beak"),
        limb(bend((0.68, 0.76), (0.6, 0.7), (0.58, 0.6)), 0.04, "beak"),
        limb(((0.71, 0.77), (0.93, 0.77)), 0.15, "beak"),
        body(ellipse(1.03, 0.66, 0.1), "beak"), body(ellipse(1.12, 0.69, 0.065, 0.05), "beak"),
        body(ellipse(0.98, 0.66, 0.035, 0.075), "wood"),
        detail(ellipse(1.06, 0.63, 0.018), "ink"), detail(ellipse(1.165, 0.68, 0.022), "ink"),
    ), 1.2)),
    "watering a flower": Figure(Drawing((
        *standing(((0.36, 0.42), (0.46, 0.42)), ((0.36, 0.46), (0.48, 0.46))),
        limb(((0.66, 0.5), (0.8, 0.4)), 0.035, "metal"), body(box(0.5, 0.4, 0.68, 0.6), "metal"),
        limb(((0.5, 0.44), (0.45, 0.44), (0.45, 0.56), (0.5, 0.56)), 0.03, "metal"),
        *(line(((x, y), (x + 0.02, y + 0.06)), 0.022, "water") for x, y in _DROPS),
        limb(((0.94, 0.74), (0.94, 0.95)), 0.035, "stem"),
        *(body(ellipse(x, y, 0.06), "blossom") for x, y in _PETALS),
        detail(ellipse(0.94, 0.73, 0.05), "white"),
    ), 1.1), *_with("flower", shows=("leaf",))),
    "painting a picture": Figure(Drawing((
        limb(((0.78, 0.5), (0.66, 0.96)), 0.04, "wood"), limb(((0.98, 0.5), (1.1, 0.96)), 0.04, "wood"),
        body(box(0.62, 0.2, 1.14, 0.66), "white"),
        detail(polygon((0.66, 0.62), (0.82, 0.4), (0.94, 0.54), (1.0, 0.48), (1.1, 0.62)), "stem"),
        detail(ellipse(1.0, 0.32, 0.05), "beak"),
        *standing(((0.11, 0.42), (0.08, 0.56)), ((0.38, 0.42), (0.5, 0.36))),
        line(((0.48, 0.38), (0.64, 0.3)), 0.026, "ink"),
    ), 1.16), *_with(shows=("square", "rectangle", "circle", "triangle",))),
    "holding an umbrella": Figure(Drawing((
        *turned(standing(((0.11, 0.42), (0.08, 0.56)), ((0.4, 0.42), (0.46, 0.3))), 0, (0.14, 0.2), 0.8),
        line(((0.51, 0.02), (0.51, 0.54)), 0.026),
        body(arc(0.46, 0.21, 0.45, 0.17, 180, 360, steps=24), "water"),
        detail(ellipse(0.51, 0.45, 0.036), "skin"),
    ), 0.92), *_with("umbrella")),
}
# fmt: on
