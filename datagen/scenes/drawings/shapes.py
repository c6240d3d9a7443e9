"""Plain shapes: the outline is the name."""

import numpy as np

from datagen.scenes.outlines import (
    Drawing,
    Outline,
    arc,
    body,
    box,
    ellipse,
    limb,
    placed,
    polygon,
    regular,
    star,
)


def heart() -> Outline:
    """A heart that fills the unit square."""
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.column_stack((0.5 + x / 33, 0.43 - y / 31))


def plain(outline: Outline, width: float = 1.0) -> Drawing:
    """A drawing that is nothing but one outline in the thing's colour."""
    return Drawing((body(outline),), width)


# fmt: off
SHAPES: dict[str, Drawing] = {
    "circle": plain(ellipse(0.5, 0.5, 0.49)),
    "square": plain(box(0.04, 0.04, 0.96, 0.96)),
    "triangle": plain(polygon((0.55, 0.04), (1.08, 0.96), (0.02, 0.96)), 1.1),
    "rectangle": plain(box(0.02, 0.02, 1.83, 0.98), 1.85),
    "oval": plain(ellipse(0.8, 0.5, 0.79, 0.48), 1.6),
    "diamond": plain(polygon((0.39, 0.01), (0.77, 0.5), (0.39, 0.99), (0.01, 0.5)), 0.78),
    "hexagon": plain(placed(regular(6, turn=0), 0.575, 0.5, 0.57), 1.15),
    "star": plain(placed(star(5, 0.46), 0.525, 0.55, 0.54), 1.05),
    "heart": plain(heart()),
    "cross": plain(
        polygon(
            (0.34, 0.02), (0.66, 0.02), (0.66, 0.34), (0.98, 0.34), (0.98, 0.66), (0.66, 0.66),
            (0.66, 0.98), (0.34, 0.98), (0.34, 0.66), (0.02, 0.66), (0.02, 0.34), (0.34, 0.34),
        )
    ),
    "arrow": plain(
        polygon((0.02, 0.32), (0.72, 0.32), (0.72, 0.04), (1.36, 0.5), (0.72, 0.96), (0.72, 0.68), (0.02, 0.68)), 1.4
    ),
    "ring": Drawing((limb([(float(x), float(y)) for x, y in arc(0.5, 0.5, 0.38, 0.38, 0, 360, steps=60)], 0.22),)),
}
# fmt: on
