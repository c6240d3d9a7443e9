"""The drawn world, exactly: what is where, in which colour and pattern, with which writing.

Coordinates are fractions of the picture's side from its upper left corner, so that the size in
pixels is only a matter of drawing. A world knows nothing of facts, captions or questions; whoever
wants to check those can do so from ``as_dict`` alone.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Texture = Literal["plain", "striped", "dotted", "checkered"]
TEXTURES: tuple[Texture, ...] = ("plain", "striped", "dotted", "checkered")
Ground = Literal["plain", "hills", "glow", "slope"]


@dataclass(frozen=True)
class Box:
    """An upright rectangle; what it belongs to is drawn wholly inside it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Share of the picture."""
        return self.width * self.height

    def rounded(self) -> "Box":
        """The same box to four decimals, as it is written down."""
        return Box(*(round(value, 4) for value in (self.left, self.top, self.right, self.bottom)))


@dataclass(frozen=True)
class Thing:
    """One thing in the picture.

    Attributes:
        kind: A name of the vocabulary: "car", "circle", "sign".
        color: The colour of its main surface; with a texture, the colour of the pattern on white; of a
            person, what they wear; None for what has many, as a flag.
        texture: The pattern of its main surface.
        box: Where it is.
        tilt: Degrees, clockwise.
        form: The outline of a sign's board: "circle".
        text: What is written on it.
        posture: How a person holds themselves.
        activity: What a person does.
        emotion: What a face shows.
        identity: The name of a flag or landmark.
        meaning: What a road sign or symbol stands for.
        relation: How it stands to ``other``: "on", "under", "inside", "next to".
        other: The kind of that other thing, of which there is one.
    """

    kind: str
    color: str | None
    box: Box
    texture: Texture = "plain"
    tilt: float = 0.0
    form: str | None = None
    text: str | None = None
    posture: str | None = None
    activity: str | None = None
    emotion: str | None = None
    identity: str | None = None
    meaning: str | None = None
    relation: str | None = None
    other: str | None = None

    def at(self, box: Box) -> "Thing":
        """The same thing somewhere else."""
        return replace(self, box=box)

    @property
    def variant(self) -> str | None:
        """What sets its drawing apart from others of its kind."""
        return self.posture or self.activity or self.emotion or self.identity or self.meaning


@dataclass(frozen=True)
class Backdrop:
    """What is behind the things: always light, never anything that has a name.

    Attributes:
        tint: Index into ``palette.BACKDROPS``.
        ground: How the tints are laid out.
        phase: In [0, 1): where exactly.
    """

    tint: int
    ground: Ground
    phase: float


@dataclass(frozen=True)
class World:
    """Everything there is to see in one picture."""

    seed: int
    index: int
    backdrop: Backdrop
    things: tuple[Thing, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON; what a thing does not have is left out."""
        plain = asdict(self)
        plain["things"] = [
            {name: value for name, value in thing.items() if value is not None} for thing in plain["things"]
        ]
        return plain
