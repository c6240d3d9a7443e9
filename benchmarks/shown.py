"""Exported pairs with their images, and text set beside them: what the sheets of pairs have in common."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from schemas.mmr import MmrRow, RowPair, pair_by_id, read_rows

LEADING = 1.28  # from line to line, in font sizes


class Choice(NamedTuple):
    """An option as a reader meets it."""

    letter: str
    text: str
    right: bool


class Asked(NamedTuple):
    """A question and its options."""

    question: str
    choices: list[Choice]


def exported_pairs(run: Path) -> list[tuple[RowPair, Path]]:
    """All false-premise pairs of the newest mmr export, whatever their split, by id, each with its image."""
    export = sorted((run / "export" / "mmr").glob("[0-9]*"))[-1]
    pairs = []
    for split in ("train", "validation", "benchmark"):
        if (export / f"{split}.json").is_file():
            pairs += pair_by_id(read_rows(export / f"{split}.json"))[0]
    pairs.sort(key=lambda pair: pair.positive.id)
    return [(pair, export / pair.positive.image) for pair in pairs]


def asked(row: MmrRow) -> Asked:
    """A row's question and options."""
    if row.parsed is None:
        raise SystemExit(f"row {row.row} cannot be read: {row.unparsed_because}")
    choices = [Choice(letter, text, letter == row.gold) for letter, text in row.parsed.by_letter.items()]
    return Asked(row.parsed.stem, choices)


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    """The font that comes with Pillow."""
    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise SystemExit("this Pillow was built without FreeType")
    return found


def lines(text: str, size: float, width: float) -> list[str]:
    """A text in lines no wider than so many pixels."""
    done: list[str] = []
    for word in text.split():
        longer = f"{done[-1]} {word}" if done else word
        if done and font(size).getlength(longer) <= width:
            done[-1] = longer
        else:
            done.append(word)
    return done


def paragraph(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, *,
    size: float, color: str, width: float, bold: float = 0.0,
) -> float:  # fmt: skip
    """Write a text from a left upper corner on, in lines of a width; returns where the next would go."""
    x, y = at
    for line in lines(text, size, width):
        draw.text((x, y), line, font=font(size), fill=color, stroke_width=bold, stroke_fill=color)
        y += size * LEADING
    return y


def picture(path: Path, side: int) -> Image.Image:
    """An image, no wider or higher than so many pixels."""
    with Image.open(path) as found:
        image = found.convert("RGB")
    if max(image.size) > side:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image
