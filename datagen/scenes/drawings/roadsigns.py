"""Road signs on a post, as most of the world outside North America draws them."""

from datagen.scenes.drawings.figure import Figure
from datagen.scenes.outlines import (
    Drawing,
    Part,
    Point,
    arc,
    body,
    box,
    detail,
    ellipse,
    line,
    placed,
    polygon,
    rounded,
)

_POST = body(box(0.395, 0.5, 0.465, 0.99), "metal")
_X, _Y = 0.43, 0.41
_BAR = 0.075


def _on_post(*parts: Part, shows: tuple[str, ...]) -> Figure:
    return Figure(Drawing((_POST, *parts), 0.86), shows=frozenset(shows))


def _disc(tone: str, *marks: Part) -> Figure:
    return _on_post(body(ellipse(_X, _Y, 0.41), tone), *marks, shows=("circle", "arrow"))


def _forbidding(*marks: Part, crossed: bool = False) -> Figure:
    """A white disc with a red rim, sometimes with a red bar across."""
    bar = (line(((0.19, 0.17), (0.67, 0.65)), _BAR, "red"),) if crossed else ()
    return _disc("red", detail(ellipse(_X, _Y, 0.31), "white"), *marks, *bar)


def _warning(*marks: Part) -> Figure:
    """A white triangle with a red rim."""
    inner = detail(polygon((_X, 0.2), (0.7, 0.66), (0.16, 0.66)), "white")
    return _on_post(
        body(polygon((_X, 0.0), (0.86, 0.76), (0.0, 0.76)), "red"), inner, *marks, shows=("triangle", "circle")
    )


def _square(tone: str, *marks: Part) -> Figure:
    return _on_post(body(rounded(0.06, 0.04, 0.8, 0.78, 0.05), tone), *marks, shows=("square",))


def _arrow(*points: Point, turn: float, tone: str) -> tuple[Part, Part]:
    """A line with an arrow head at its end that points ``turn`` degrees clockwise from up."""
    head = polygon((0.0, -0.15), (0.15, 0.06), (-0.15, 0.06))
    return line(points, _BAR * 1.1, tone), detail(placed(head, *points[-1], turn=turn), tone)


def _letter_p(tone: str) -> tuple[Part, Part]:
    bow: list[Point] = [(float(x), float(y)) for x, y in arc(0.45, 0.31, 0.12, 0.11, -90, 90, steps=14)]
    return line(((0.34, 0.2), (0.34, 0.64)), 0.085, tone), line([(0.34, 0.2), *bow, (0.34, 0.42)], 0.085, tone)


# fmt: off
ROAD_SIGNS: dict[str, Figure] = {
    "no entry": _disc("red", detail(box(0.14, 0.34, 0.72, 0.48), "white")),
    "no parking": _disc("red", detail(ellipse(_X, _Y, 0.32), "blue"), line(((0.21, 0.19), (0.65, 0.63)), _BAR, "red")),
    "no left turn": _forbidding(*_arrow((0.52, 0.62), (0.52, 0.38), (0.32, 0.38), turn=-90, tone="ink"), crossed=True),
    "no right turn": _forbidding(*_arrow((0.34, 0.62), (0.34, 0.38), (0.54, 0.38), turn=90, tone="ink"), crossed=True),
    "go straight ahead": _disc("blue", *_arrow((_X, 0.68), (_X, 0.28), turn=0, tone="white")),
    "turn right": _disc("blue", *_arrow((0.3, 0.64), (0.3, 0.38), (0.56, 0.38), turn=90, tone="white")),
    "turn left": _disc("blue", *_arrow((0.56, 0.64), (0.56, 0.38), (0.3, 0.38), turn=-90, tone="white")),
    "give way": _on_post(
        body(polygon((0.0, 0.06), (0.86, 0.06), (_X, 0.82)), "red"),
        detail(polygon((0.17, 0.16), (0.69, 0.16), (_X, 0.62)), "white"), shows=("triangle",),
    ),
    "danger": _warning(line(((_X, 0.34), (_X, 0.48)), 0.075), detail(ellipse(_X, 0.59, 0.045), "ink")),
    "traffic lights ahead": _warning(
        detail(rounded(0.36, 0.29, 0.5, 0.645, 0.03), "ink"),
        *(detail(ellipse(_X, y, 0.048), tone) for y, tone in ((0.35, "red"), (0.466, "yellow"), (0.582, "green"))),
    ),
    "priority road": _on_post(
        body(polygon((_X, -0.0), (0.85, 0.42), (_X, 0.84), (0.01, 0.42)), "white"),
        detail(polygon((_X, 0.12), (0.73, 0.42), (_X, 0.72), (0.13, 0.42)), "yellow"), shows=("diamond", "square"),
    ),
    "parking": _square("blue", *_letter_p("white")),
    "hospital": _square(
        "blue", *(line(((x, 0.2), (x, 0.62)), 0.095, "white") for x in (0.29, 0.57)),
        line(((0.29, 0.41), (0.57, 0.41)), 0.095, "white"),
    ),
}
# fmt: on
