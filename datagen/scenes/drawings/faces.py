"""Round faces and what they feel."""

from datagen.scenes.drawings.figure import Figure
from datagen.scenes.outlines import Drawing, Part, Point, arc, body, detail, ellipse, line, smooth

_ROUND = frozenset({"circle"})


def _curve(x: float, y: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    return [(float(across), float(down)) for across, down in arc(x, y, rx, ry, start, end, steps=16)]


def _face(*features: Part) -> Figure:
    return Figure(Drawing((body(ellipse(0.5, 0.5, 0.49)), *features)), shows=_ROUND)


def _eyes(y: float, rx: float, ry: float, tone: str = "mark") -> tuple[Part, Part]:
    return detail(ellipse(0.32, y, rx, ry), tone), detail(ellipse(0.68, y, rx, ry), tone)


# fmt: off
EMOTIONS: dict[str, Figure] = {
    "happy": _face(
        *_eyes(0.38, 0.06, 0.085),
        detail(smooth((0.24, 0.56), (0.5, 0.62), (0.76, 0.56), (0.68, 0.76), (0.5, 0.84), (0.32, 0.76)), "mark"),
    ),
    "sad": _face(
        *_eyes(0.44, 0.055, 0.075),
        line(((0.2, 0.34), (0.38, 0.25)), 0.05, "mark"), line(((0.8, 0.34), (0.62, 0.25)), 0.05, "mark"),
        line(_curve(0.5, 0.84, 0.2, 0.16, 200, 340), 0.06, "mark"),
        body(smooth((0.74, 0.54), (0.81, 0.68), (0.74, 0.75), (0.67, 0.68)), "water"),
    ),
    "angry": _face(
        *_eyes(0.45, 0.06, 0.07),
        line(((0.18, 0.24), (0.42, 0.38)), 0.075, "mark"), line(((0.82, 0.24), (0.58, 0.38)), 0.075, "mark"),
        line(((0.3, 0.78), (0.4, 0.69), (0.5, 0.77), (0.6, 0.69), (0.7, 0.78)), 0.055, "mark"),
    ),
    "surprised": _face(
        *(body(ellipse(x, 0.4, 0.12, 0.14), "white") for x in (0.31, 0.69)), *_eyes(0.4, 0.05, 0.06, "ink"),
        line(_curve(0.31, 0.22, 0.12, 0.08, 200, 340), 0.04, "mark"),
        line(_curve(0.69, 0.22, 0.12, 0.08, 200, 340), 0.04, "mark"),
        detail(ellipse(0.5, 0.76, 0.11, 0.14), "mark"),
    ),
    "sleepy": _face(
        line(_curve(0.3, 0.42, 0.11, 0.08, 10, 170), 0.05, "mark"),
        line(_curve(0.7, 0.42, 0.11, 0.08, 10, 170), 0.05, "mark"),
        detail(ellipse(0.5, 0.72, 0.07, 0.055), "mark"),
        line(((0.62, 0.12), (0.74, 0.12), (0.62, 0.25), (0.74, 0.25)), 0.036, "mark"),
    ),
}
# fmt: on
