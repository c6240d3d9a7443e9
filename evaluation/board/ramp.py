"""Shades of a heat map: one hue from pale to deep, with ink that can be read on each."""

import colorsys
from dataclasses import dataclass

STEPS = 20
HUES = {"ra": 0.583, "mr": 0.078}  # blue for what should be high, brown for what should be low


@dataclass(frozen=True)
class Shade:
    """Colours as ``#rrggbb``."""

    ground: str
    ink: str


def step_of(share: float) -> int:
    """The shade of a share in [0, 1]: 0 to ``STEPS`` - 1, the deeper the higher."""
    return min(STEPS - 1, max(0, int(share * STEPS)))


def ramp(heat: str, *, dark: bool) -> list[Shade]:
    """The shades of ``ra`` or ``mr``, lowest share first.

    Lightness falls (on a dark page: rises) by equal steps at one hue, so the order is seen whatever colours the eye
    tells apart. The ink is whichever of black and white stands out more: at least 4.5 to 1 (WCAG 2.2, 1.4.3).
    """
    first, last = (0.145, 0.66) if dark else (0.975, 0.36)
    shades = []
    for step in range(STEPS):
        lightness = first + (last - first) * step / (STEPS - 1)
        colour = colorsys.hls_to_rgb(HUES[heat], lightness, 0.55)
        ink = max(((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), key=lambda one: contrast(one, colour))
        shades.append(Shade(_hex(colour), _hex(ink)))
    return shades


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The ratio of two colours' luminances, 1 to 21 (WCAG 2.2, "contrast ratio"); channels are in [0, 1]."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
