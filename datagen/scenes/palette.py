"""The colours of the drawn world: eleven that everyone names alike, and the tints around them."""

RGB = tuple[int, int, int]

# Far enough apart that no two are taken for one another, on any of the light backdrops.
COLORS: dict[str, RGB] = {
    "red": (214, 48, 49),
    "orange": (243, 134, 33),
    "yellow": (250, 208, 48),
    "green": (56, 158, 84),
    "blue": (45, 104, 205),
    "purple": (131, 70, 178),
    "pink": (246, 140, 186),
    "brown": (130, 82, 47),
    "black": (38, 39, 46),
    "white": (255, 255, 255),
    "gray": (142, 147, 155),
}
COLOR_NAMES = tuple(COLORS)

INK: RGB = (44, 46, 60)
PAPER: RGB = (255, 255, 255)

# Parts that look the same whatever colour the thing has.
FIXED: dict[str, RGB] = {
    "white": PAPER,
    "ink": INK,
    "glass": (206, 229, 242),
    "wood": (140, 104, 76),
    "metal": (176, 182, 191),
    "stem": (92, 148, 92),
    "tyre": (58, 60, 70),
    "skin": (236, 190, 155),
    "shell": (250, 220, 190),
    "hair": (84, 62, 52),
    "jeans": (72, 84, 112),
    "beak": (240, 170, 70),
    "water": (110, 178, 214),
    "blossom": (222, 110, 140),
}

# Backdrops: a light tint at the top, one at the bottom, and one for the shape behind the things.
BACKDROPS: tuple[tuple[RGB, RGB, RGB], ...] = (
    ((253, 246, 232), (250, 234, 214), (247, 226, 200)),
    ((236, 245, 251), (220, 235, 246), (207, 226, 240)),
    ((240, 248, 238), (225, 240, 224), (211, 231, 212)),
    ((247, 241, 250), (236, 226, 244), (226, 214, 237)),
    ((253, 241, 240), (249, 228, 226), (244, 215, 213)),
    ((238, 248, 247), (219, 240, 238), (204, 230, 228)),
    ((251, 250, 236), (244, 241, 216), (237, 232, 199)),
    ((243, 244, 247), (230, 233, 239), (218, 222, 230)),
)


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """The colour ``share`` of the way from the first to the second; share in [0, 1]."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def luminance(color: RGB) -> float:
    """Relative luminance in [0, 1]. Source: WCAG 2.1."""
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: RGB, second: RGB) -> float:
    """Contrast ratio in [1, 21]. Source: WCAG 2.1."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lettering(color: RGB) -> RGB:
    """White or ink, whichever reads better on a colour."""
    return PAPER if contrast(color, PAPER) >= contrast(color, INK) else INK
