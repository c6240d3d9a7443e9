"""Flags on a pole: only such as are not easily taken for another."""

from datagen.scenes.drawings.figure import Figure
from datagen.scenes.outlines import (
    Drawing,
    Outline,
    Part,
    body,
    box,
    detail,
    ellipse,
    limb,
    placed,
    polygon,
    star,
)

_LEFT, _TOP, _RIGHT, _BOTTOM = 0.12, 0.05, 1.38, 0.85
_POLE = limb(((0.07, 0.04), (0.07, 0.97)), 0.06, "metal")
_MIDDLE = ((_LEFT + _RIGHT) / 2, (_TOP + _BOTTOM) / 2)


def _flag(ground: str, *marks: Part, shows: tuple[str, ...] = ()) -> Figure:
    cloth = body(box(_LEFT, _TOP, _RIGHT, _BOTTOM), ground)
    return Figure(Drawing((cloth, *marks, _POLE), 1.42), shows=frozenset({"rectangle", *shows}))


def _bars(*tones: str) -> Figure:
    """Upright bars of equal width."""
    wide = (_RIGHT - _LEFT) / len(tones)
    bars = (detail(box(_LEFT + i * wide, _TOP, _LEFT + (i + 1) * wide, _BOTTOM), tone) for i, tone in enumerate(tones))
    return _flag(tones[0], *bars)


def _bands(*tones: str) -> Figure:
    """Level bands of equal height."""
    high = (_BOTTOM - _TOP) / len(tones)
    bands = (detail(box(_LEFT, _TOP + i * high, _RIGHT, _TOP + (i + 1) * high), tone) for i, tone in enumerate(tones))
    return _flag(tones[0], *bands)


def _nordic(ground: str, tone: str) -> Figure:
    """A cross whose upright is nearer to the pole."""
    upright, level = box(0.46, _TOP, 0.62, _BOTTOM), box(_LEFT, 0.37, _RIGHT, 0.53)
    return _flag(ground, detail(upright, tone), detail(level, tone), shows=("cross",))


def _plus(reach: float, half: float) -> Outline:
    x, y = _MIDDLE
    corners = ((-half, -reach), (half, -reach), (half, -half), (reach, -half), (reach, half), (half, half))
    there = [(x + right, y + down) for right, down in corners]
    back = [(x - right, y - down) for right, down in corners]
    return polygon(*there, *back)


_MAPLE = (
    (0.0, -1.0), (0.16, -0.68), (0.38, -0.8), (0.28, -0.34), (0.56, -0.58), (0.64, -0.4), (0.98, -0.46),
    (0.86, -0.14), (1.0, -0.04), (0.5, 0.36), (0.56, 0.56), (0.06, 0.5), (0.08, 1.0),
)  # fmt: skip
_LEAF = polygon(*_MAPLE, *((-x, y) for x, y in reversed(_MAPLE)))
_CANADA = (
    detail(box(_LEFT, _TOP, 0.42, _BOTTOM), "red"), detail(box(1.08, _TOP, _RIGHT, _BOTTOM), "red"),
    detail(placed(_LEAF, 0.75, 0.45, 0.29), "red"),
)  # fmt: skip

FLAGS: dict[str, Figure] = {
    "flag of Japan": _flag("white", detail(ellipse(*_MIDDLE, 0.24), "red"), shows=("circle",)),
    "flag of France": _bars("blue", "white", "red"),
    "flag of Italy": _bars("green", "white", "red"),
    "flag of Belgium": _bars("black", "yellow", "red"),
    "flag of Nigeria": _bars("green", "white", "green"),
    "flag of Germany": _bands("black", "red", "yellow"),
    "flag of Austria": _bands("red", "white", "red"),
    "flag of Ukraine": _bands("blue", "yellow"),
    "flag of Sweden": _nordic("blue", "yellow"),
    "flag of Finland": _nordic("white", "blue"),
    "flag of Denmark": _nordic("red", "white"),
    "flag of Switzerland": _flag("red", detail(_plus(0.27, 0.09), "white"), shows=("cross",)),
    "flag of Vietnam": _flag("red", detail(placed(star(5, 0.4), *_MIDDLE, 0.29), "yellow"), shows=("star",)),
    "flag of Canada": _flag("white", *_CANADA, shows=("leaf",)),
}
