"""Musical symbols on a card with a staff."""

from datagen.scenes.drawings.figure import Figure
from datagen.scenes.outlines import Drawing, Part, bend, body, detail, ellipse, line, placed, polygon, rounded

_STAFF = tuple(line(((0.08, y), (0.92, y)), 0.014, "metal") for y in (0.26, 0.38, 0.5, 0.62, 0.74))


def _card(*parts: Part) -> Figure:
    return Figure(
        Drawing((body(rounded(0.02, 0.02, 0.98, 0.98, 0.08), "white"), *_STAFF, *parts)), shows=frozenset({"square"})
    )


def _head(x: float, y: float, *, hollow: bool = False) -> tuple[Part, ...]:
    full = detail(placed(ellipse(0, 0, 0.14, 0.1), x, y, turn=-22), "ink")
    return (full, detail(placed(ellipse(0, 0, 0.1, 0.052), x, y, turn=-34), "white")) if hollow else (full,)


def _stem(x: float, y: float, top: float) -> Part:
    return line(((x + 0.115, y - 0.03), (x + 0.115, top)), 0.042)


def _hook(top: float) -> Part:
    return line(bend((0.565, top), (0.6, top + 0.11), (0.72, top + 0.18), (0.72, top + 0.32)), 0.05)


# fmt: off
NOTES: dict[str, Figure] = {
    "whole note": _card(
        detail(ellipse(0.5, 0.5, 0.18, 0.12), "ink"),
        detail(placed(ellipse(0, 0, 0.11, 0.068), 0.5, 0.5, turn=50), "white"),
    ),
    "half note": _card(_stem(0.45, 0.72, 0.16), *_head(0.45, 0.72, hollow=True)),
    "quarter note": _card(_stem(0.45, 0.72, 0.16), *_head(0.45, 0.72)),
    "eighth note": _card(_stem(0.45, 0.74, 0.14), *_head(0.45, 0.74), _hook(0.15)),
    "sharp": _card(
        line(((0.41, 0.24), (0.41, 0.82)), 0.045), line(((0.59, 0.18), (0.59, 0.76)), 0.045),
        line(((0.3, 0.46), (0.7, 0.36)), 0.08), line(((0.3, 0.64), (0.7, 0.54)), 0.08),
    ),
    "flat": _card(
        line(((0.38, 0.14), (0.38, 0.8)), 0.045),
        line(bend((0.38, 0.54), (0.52, 0.46), (0.64, 0.54), (0.56, 0.68), (0.38, 0.8)), 0.06),
    ),
    "natural": _card(
        line(((0.4, 0.18), (0.4, 0.66)), 0.045), line(((0.6, 0.34), (0.6, 0.84)), 0.045),
        line(((0.4, 0.44), (0.6, 0.36)), 0.075), line(((0.4, 0.64), (0.6, 0.56)), 0.075),
    ),
    "pair of eighth notes": _card(
        _stem(0.24, 0.74, 0.26), _stem(0.62, 0.68, 0.2), *_head(0.24, 0.74), *_head(0.62, 0.68),
        detail(polygon((0.335, 0.22), (0.756, 0.15), (0.756, 0.27), (0.335, 0.34)), "ink"),
    ),
}
# fmt: on
