"""People, built from joints: what a posture looks like."""

from collections.abc import Sequence

from datagen.scenes.drawings.figure import Figure
from datagen.scenes.outlines import Drawing, Part, Point, arc, body, detail, ellipse, limb, placed, rounded

Limb = tuple[Point, Point]  # elbow and hand, or knee and foot

HEAD = 0.115
_TORSO, _ARM, _LEG = 0.17, 0.07, 0.085


def person(
    head: Point, neck: Point, hip: Point, *, arms: Sequence[Limb], legs: Sequence[Limb], hair: float = 0.0
) -> tuple[Part, ...]:
    """Someone by the places of their joints; ``hair`` turns the head, in degrees.

    What is drawn later is nearer: the second arm and leg are in front.
    """
    x, y = head
    cap = placed(arc(0, 0, HEAD * 1.06, HEAD * 1.06, 180, 360, steps=24), x, y, turn=hair)
    near_arm = arms[1:]
    return (
        *(limb((hip, *joints), _LEG, "jeans") for joints in legs),
        *(limb((neck, *joints), _ARM, "deep") for joints in arms[:1]),
        limb((neck, hip), _TORSO),
        *(limb((neck, *joints), _ARM) for joints in near_arm),
        *(detail(ellipse(*hand, _ARM * 0.62), "skin") for _, hand in arms),
        body(ellipse(x, y, HEAD), "skin"),
        detail(cap, "hair"),
    )


def moved(parts: Sequence[Part], right: float, down: float) -> tuple[Part, ...]:
    """Parts moved within their frame."""
    return turned(parts, 0, (right, down))


def turned(parts: Sequence[Part], turn: float, origin: Point, scale: float = 1.0) -> tuple[Part, ...]:
    """Parts scaled and turned (degrees, clockwise) around (0, 0), which then lies at ``origin``."""
    return tuple(
        Part(placed(part.outline, *origin, scale, turn=turn), part.tone, part.body, part.stroke * scale)
        for part in parts
    )


def stool(x: float, top: float) -> tuple[Part, ...]:
    """A stool around ``x`` that reaches from ``top`` to the ground."""
    return (
        limb(((x - 0.1, top), (x - 0.13, 0.96)), 0.05, "wood"),
        limb(((x + 0.1, top), (x + 0.13, 0.96)), 0.05, "wood"),
        body(rounded(x - 0.17, top - 0.01, x + 0.17, top + 0.06, 0.025), "wood"),
    )


STANDING = person(
    (0.25, 0.125), (0.25, 0.29), (0.25, 0.53),
    arms=(((0.11, 0.42), (0.08, 0.56)), ((0.39, 0.42), (0.42, 0.56))),
    legs=(((0.2, 0.75), (0.18, 0.95)), ((0.3, 0.75), (0.32, 0.95))),
)  # fmt: skip
SITTING = person(
    (0.3, 0.125), (0.29, 0.28), (0.28, 0.58),
    arms=(((0.38, 0.44), (0.52, 0.52)), ((0.36, 0.46), (0.5, 0.56))),
    legs=(((0.58, 0.6), (0.6, 0.94)), ((0.54, 0.62), (0.54, 0.95))), hair=-20,
)  # fmt: skip
_KNEELING = person(
    (0.4, 0.135), (0.39, 0.31), (0.37, 0.62),
    arms=(((0.5, 0.45), (0.6, 0.54)), ((0.46, 0.48), (0.56, 0.6))),
    legs=(((0.5, 0.9), (0.1, 0.94)), ((0.46, 0.93), (0.08, 0.95))), hair=-20,
)  # fmt: skip
_JUMPING = person(
    (0.5, 0.14), (0.5, 0.29), (0.5, 0.51),
    arms=(((0.3, 0.22), (0.16, 0.06)), ((0.7, 0.22), (0.84, 0.06))),
    legs=(((0.3, 0.6), (0.12, 0.76)), ((0.7, 0.6), (0.88, 0.76))),
)  # fmt: skip
_RUNNING = person(
    (0.56, 0.125), (0.51, 0.28), (0.44, 0.54),
    arms=(((0.66, 0.42), (0.8, 0.34)), ((0.34, 0.4), (0.24, 0.54))),
    legs=(((0.34, 0.76), (0.08, 0.8)), ((0.68, 0.66), (0.62, 0.93))), hair=-12,
)  # fmt: skip
_BENDING = person(
    (0.8, 0.58), (0.66, 0.46), (0.4, 0.36),
    arms=(((0.68, 0.64), (0.62, 0.84)), ((0.64, 0.66), (0.56, 0.85))),
    legs=(((0.42, 0.64), (0.42, 0.94)), ((0.38, 0.64), (0.34, 0.95))), hair=50,
)  # fmt: skip
_UPSIDE_DOWN = person(
    (0.26, 0.17), (0.26, 0.3), (0.26, 0.54),
    arms=(((0.12, 0.2), (0.09, 0.05)), ((0.4, 0.2), (0.43, 0.05))),
    legs=(((0.2, 0.76), (0.16, 0.95)), ((0.32, 0.76), (0.36, 0.95))),
)  # fmt: skip

_CHAIR = frozenset({"chair"})
# fmt: off
POSTURES: dict[str, Figure] = {
    "standing": Figure(Drawing(STANDING, 0.5)),
    "sitting": Figure(Drawing((*stool(0.28, 0.64), *SITTING), 0.68), _CHAIR),
    "kneeling": Figure(Drawing(_KNEELING, 0.68)),
    "lying down": Figure(
        Drawing((body(rounded(0.02, 0.74, 1.98, 0.97, 0.1), "glass"), *turned(STANDING, -90, (0.06, 0.97), 1.9)), 2.0),
        shows=frozenset({"rectangle"}),
    ),
    "jumping": Figure(
        Drawing((detail(ellipse(0.5, 0.94, 0.3, 0.035), "metal"), *_JUMPING)), shows=frozenset({"oval"}),
    ),
    "running": Figure(Drawing(_RUNNING, 0.88)),
    "bending over": Figure(Drawing(_BENDING, 0.96)),
    "doing a handstand": Figure(Drawing(turned(_UPSIDE_DOWN, 180, (0.52, 1.0)), 0.52)),
}
# fmt: on
