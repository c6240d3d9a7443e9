"""A sheet of drawn scenes, each beside a pair: the picture of the README.

Run::

    .venv/bin/leadproof scenes 300 --seed 5 --size 430 --run RUN    # then generate, filter, export --format mmr
    .venv/bin/python -m benchmarks.contact_sheet RUN docs/scenes.png [--pairs N] [--seed S]

The README's has the default seed.

Every pair is of another scene and, as far as there are enough, of another category and led in another way.
All lengths are in pixels of the file, which is meant to be shown at half its size.
"""

import argparse
import random
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.shown import LEADING, Asked, asked, exported_pairs, lines, paragraph, picture
from schemas.mmr import RowPair

ACROSS = 2
PICTURE = 430
TEXT = 530
PAD = 26
GAP = 28  # between cells, and around them
INNER = 30  # between picture and text
BETWEEN = 20  # between the two questions
RADIUS = 18
COLORS = 160  # of each picture: the file is a third smaller, and nobody sees it
QUESTION, RIGHT, WRONG, LABEL = 26.0, 23.0, 20.0, 16.0

PAGE, CARD, EDGE = "#f4f5f8", "#ffffff", "#e1e4ea"
INK, GREEN, GRAY = "#1c2030", "#14813f", "#8d94a3"
MARK = 24  # room left of the options for the tick


def chosen(pairs: list[tuple[RowPair, Path]], count: int, seed: int) -> list[tuple[RowPair, Path]]:
    """So many pairs, drawn with a seed, as varied as they can be."""
    rng = random.Random(seed)
    pool = rng.sample(pairs, len(pairs))
    found: list[tuple[RowPair, Path]] = []
    while pool and len(found) < count:
        categories = [pair.category for pair, _ in found]
        openings = [_opening(pair) for pair, _ in found]
        pair, image = min(pool, key=lambda one: (categories.count(one[0].category), openings.count(_opening(one[0]))))
        found.append((pair, image))
        pool = [one for one in pool if one[1] != image]
    return found


def _opening(pair: RowPair) -> str:
    """How a pair leads: by a tag at the end, or by its first words."""
    text = asked(pair.negative).question
    return "right?" if text.endswith("right?") else " ".join(text.split()[:2]).partition("n't")[0]


def height(said: Asked) -> float:
    """How high a question with its options comes out."""
    rows = LABEL * LEADING + 4 + len(lines(said.question, QUESTION, TEXT)) * QUESTION * LEADING + 6
    for choice in said.choices:
        size = RIGHT if choice.right else WRONG
        rows += len(lines(choice.text, size, TEXT - MARK)) * size * LEADING + (8 if choice.right else 3)
    return rows


def cell_height(pair: RowPair) -> int:
    """How high a pair's cell must be."""
    text = sum(height(asked(row)) for row in (pair.positive, pair.negative)) + BETWEEN
    return int(max(PICTURE, text)) + 2 * PAD


def tick(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A tick as high as the right answer's letters."""
    mask = Image.new("L", (4 * MARK, 4 * MARK))
    ImageDraw.Draw(mask).line(((4, 58), (24, 78), (64, 28)), fill=255, width=13, joint="curve")
    draw.bitmap((round(x), round(y)), mask.reduce(4), fill=GREEN)


def write(draw: ImageDraw.ImageDraw, label: str, said: Asked, at: tuple[float, float]) -> float:
    """A question, its right answer, then the wrong ones; returns where the next text goes."""
    x, y = at
    y = paragraph(draw, (x, y), label, size=LABEL, color=GRAY, width=TEXT) + 4
    y = paragraph(draw, (x, y), said.question, size=QUESTION, color=INK, width=TEXT, bold=0.4) + 6
    for choice in sorted(said.choices, key=lambda choice: not choice.right):
        if choice.right:
            tick(draw, x, y)
        size, color = (RIGHT, GREEN) if choice.right else (WRONG, GRAY)
        y = paragraph(draw, (x + MARK, y), choice.text, size=size, color=color, width=TEXT - MARK)
        y += 8 if choice.right else 3
    return y


def paste_rounded(sheet: Image.Image, image: Image.Image, at: tuple[int, int]) -> None:
    """Paste an image with round corners."""
    mask = Image.new("L", (image.width * 4, image.height * 4))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), RADIUS * 3, fill=255)
    sheet.paste(image, at, mask.reduce(4))


def sheet(pairs: list[tuple[RowPair, Path]]) -> Image.Image:
    """All pairs, two beside each other."""
    wide = PICTURE + TEXT + INNER + 2 * PAD
    rows = [pairs[start : start + ACROSS] for start in range(0, len(pairs), ACROSS)]
    heights = [max(cell_height(pair) for pair, _ in row) for row in rows]
    whole = Image.new("RGB", (ACROSS * (wide + GAP) + GAP, sum(heights) + GAP * (len(rows) + 1)), PAGE)
    draw = ImageDraw.Draw(whole)
    top = GAP
    for row, high in zip(rows, heights, strict=True):
        for column, (pair, path) in enumerate(row):
            left = GAP + column * (wide + GAP)
            draw.rounded_rectangle((left, top, left + wide, top + high), RADIUS, fill=CARD, outline=EDGE, width=2)
            image = picture(path, PICTURE).quantize(COLORS, dither=Image.Dither.NONE, kmeans=1).convert("RGB")
            paste_rounded(whole, image, (left + PAD, top + (high - image.height) // 2))
            x = left + PAD + PICTURE + INNER
            text = height(asked(pair.positive)) + BETWEEN + height(asked(pair.negative))
            about = pair.category.rpartition("/")[2].replace("&", " & ")
            y = write(draw, f"POSITIVE  ·  {about}", asked(pair.positive), (x, top + (high - text) / 2)) + BETWEEN
            write(draw, "LEADING", asked(pair.negative), (x, y))
        top += high + GAP
    return whole


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=110)
    given = parser.parse_args()
    made = sheet(chosen(exported_pairs(given.run), given.pairs, given.seed))
    made.save(given.out, optimize=True)
    print(f"{given.out}: {made.width} x {made.height}, {given.out.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
