"""The outlines of buildings that are known all over the world."""

from datagen.scenes.drawings.figure import Figure
from datagen.scenes.drawings.people import turned
from datagen.scenes.outlines import (
    Drawing,
    Outline,
    Part,
    Point,
    arc,
    body,
    box,
    detail,
    ellipse,
    join,
    limb,
    line,
    polygon,
    rounded,
)


def _figure(width: float, *parts: Part, shows: tuple[str, ...] = ()) -> Figure:
    return Figure(Drawing(parts, width), shows=frozenset(shows))


def _dome(x: float, base: float, radius: float, height: float) -> Outline:
    """An onion dome that stands on ``base``."""
    half = [
        (x + radius * a, base - height * b) for a, b in ((0.8, 0.0), (1.0, 0.25), (0.9, 0.5), (0.5, 0.75), (0.12, 0.9))
    ]
    return polygon(*half, (x, base - height), *((2 * x - a, b) for a, b in reversed(half)))


def _arch(left: float, right: float, top: float, bottom: float) -> Outline:
    middle, radius = (left + right) / 2, (right - left) / 2
    return join(arc(middle, top + radius, radius, radius, 180, 360, steps=12), polygon((right, bottom), (left, bottom)))


_STOREY = 0.108
_TOWER = (
    *(body(box(0.12, y, 0.42, y + _STOREY)) for y in (0.18 + i * _STOREY for i in range(7))),
    body(box(0.16, 0.06, 0.38, 0.18)),
    *(line(((0.1, 0.18 + i * _STOREY), (0.44, 0.18 + i * _STOREY)), 0.024, "deep") for i in range(8)),
    *(
        detail(_arch(x, x + 0.05, 0.215 + i * _STOREY, 0.275 + i * _STOREY), "deep")
        for i in range(7)
        for x in (0.155, 0.245, 0.335)
    ),
)


def _cable(low: float, high: float, bottom: float, top: float) -> list[Point]:
    """A cable that hangs from (high, top) to where it is level, at (low, bottom)."""
    shares = [i / 10 for i in range(11)]
    return [(low + (high - low) * share, bottom - (bottom - top) * share**2) for share in reversed(shares)]


_SHELLS = ((1.04, 0.55), (0.74, 0.72), (0.44, 0.86), (0.12, 0.62))


def _shell(left: float, size: float) -> tuple[Part, Part]:
    """A sail of the opera house, and the line of its open side."""
    base, tip = 0.82, (left + 0.62 * size, 0.82 - 0.9 * size)
    back = arc(left + 0.62 * size, base, 0.62 * size, 0.9 * size, 180, 270, steps=14)
    front = arc(left + 0.98 * size, base - 0.62 * size, 0.37 * size, 0.68 * size, 200, 120, steps=10)
    front[0] = tip
    return body(join(back, front, polygon((left + 0.8 * size, base)))), line(
        [(float(x), float(y)) for x, y in front], 0.03, "deep"
    )


# fmt: off
LANDMARKS: dict[str, Figure] = {
    "Eiffel Tower": _figure(
        0.62,
        body(join(
            polygon((0.29, 0.06), (0.33, 0.06), (0.36, 0.36), (0.42, 0.62), (0.6, 0.97), (0.43, 0.97)),
            arc(0.31, 0.97, 0.12, 0.16, 0, -180, steps=14),
            polygon((0.19, 0.97), (0.02, 0.97), (0.2, 0.62), (0.26, 0.36)),
        )),
        line(((0.31, 0.01), (0.31, 0.08)), 0.02, "main"),
        detail(box(0.22, 0.4, 0.4, 0.445), "deep"), detail(box(0.15, 0.63, 0.47, 0.685), "deep"),
        detail(polygon((0.31, 0.18), (0.335, 0.38), (0.285, 0.38)), "white"),
        detail(polygon((0.31, 0.46), (0.36, 0.61), (0.26, 0.61)), "white"),
    ),
    "Leaning Tower of Pisa": _figure(0.66, *turned(_TOWER, 9, (0.2, -0.02), 0.96)),
    "Big Ben": _figure(
        0.36,
        body(polygon((0.18, 0.01), (0.26, 0.2), (0.1, 0.2)), "deep"), body(box(0.07, 0.2, 0.29, 0.4)),
        body(box(0.08, 0.4, 0.28, 0.97)), body(box(0.04, 0.9, 0.32, 0.98)),
        detail(ellipse(0.18, 0.3, 0.085), "white"), line(((0.18, 0.25), (0.18, 0.3), (0.215, 0.32)), 0.018),
        *(line(((x, 0.45), (x, 0.86)), 0.02, "deep") for x in (0.13, 0.18, 0.23)),
        shows=("clock",),
    ),
    "Taj Mahal": _figure(
        1.36,
        *(body(box(x - 0.035, 0.3, x + 0.035, 0.9)) for x in (0.09, 1.27)),
        *(body(_dome(x, 0.3, 0.055, 0.12)) for x in (0.09, 1.27)),
        body(_dome(0.68, 0.46, 0.2, 0.42)), body(_dome(0.4, 0.52, 0.085, 0.18)), body(_dome(0.96, 0.52, 0.085, 0.18)),
        body(box(0.26, 0.5, 1.1, 0.9)), body(box(0.5, 0.44, 0.86, 0.9)), body(box(0.02, 0.88, 1.34, 0.97)),
        detail(_arch(0.57, 0.79, 0.53, 0.88), "deep"),
        *(detail(_arch(x, x + 0.11, y, y + 0.13), "deep") for x in (0.33, 0.92) for y in (0.55, 0.72)),
    ),
    "Pyramids of Giza": _figure(
        1.7,
        body(polygon((1.24, 0.4), (1.68, 0.96), (0.8, 0.96))),
        detail(polygon((1.24, 0.4), (1.68, 0.96), (1.34, 0.96)), "deep"),
        body(polygon((0.62, 0.1), (1.22, 0.96), (0.02, 0.96))),
        detail(polygon((0.62, 0.1), (1.22, 0.96), (0.76, 0.96)), "deep"),
        shows=("triangle",),
    ),
    "Golden Gate Bridge": _figure(
        2.0,
        *(body(box(x, 0.08, x + 0.09, 0.97)) for x in (0.5, 0.62, 1.29, 1.41)),
        *(body(box(x, y, x + 0.21, y + 0.07)) for x in (0.5, 1.29) for y in (0.1, 0.34, 0.56)),
        limb(_cable(0.02, 0.6, 0.66, 0.1), 0.03), limb(_cable(1.98, 1.4, 0.66, 0.1), 0.03),
        limb([*_cable(1.0, 0.6, 0.62, 0.1), *reversed(_cable(1.0, 1.4, 0.62, 0.1))], 0.03),
        *(line(((x, 0.68), (x, y)), 0.016, "deep") for x, y in (
            (0.78, 0.4), (0.92, 0.6), (1.08, 0.6), (1.22, 0.4), (0.4, 0.38), (0.26, 0.56), (1.6, 0.38), (1.74, 0.56))),
        body(box(0.0, 0.68, 2.0, 0.77)),
    ),
    "Sydney Opera House": _figure(
        1.8, *(part for left, size in _SHELLS for part in _shell(left, size)),
        body(rounded(0.04, 0.78, 1.76, 0.97, 0.03), "deep"), line(((0.08, 0.8), (1.72, 0.8)), 0.03, "main"),
    ),
    "Parthenon": _figure(
        1.5,
        body(polygon((0.75, 0.08), (1.46, 0.3), (0.04, 0.3))), body(box(0.08, 0.3, 1.42, 0.4)),
        *(body(box(x, 0.4, x + 0.1, 0.86)) for x in (0.12, 0.352, 0.584, 0.816, 1.048, 1.28)),
        body(box(0.04, 0.86, 1.46, 0.91)), body(box(0.0, 0.91, 1.5, 0.97)),
        detail(polygon((0.75, 0.14), (1.14, 0.265), (0.36, 0.265)), "deep"),
        line(((0.1, 0.35), (1.4, 0.35)), 0.022, "deep"),
        shows=("triangle",),
    ),
}
# fmt: on
