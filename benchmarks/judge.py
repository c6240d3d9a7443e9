"""Judging pairs beside their images: a seeded sample as contact sheets, and the tally of the judgements.

Run::

    .venv/bin/python -m benchmarks.judge sheets RUN FOLDER [COUNT]   # page-01.png … and blank judgements.json
    .venv/bin/python -m benchmarks.judge tally benchmarks/judgements/NAME.json

The sample is drawn with seed 0 from all false-premise pairs of the run's mmr export, whatever their
split. A page shows image, questions and options with the key marked, and nothing of how a pair was made.
A judgement is ``{"valid": true}`` or ``{"valid": false, "why": "…"}`` by pair id; a pair is valid when the
positive's key is true of the picture, the negative's premise is false, exactly one option of each is
right, and the English is good.
"""

import json
import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.shown import Asked, asked, exported_pairs, paragraph, picture
from schemas.mmr import RowPair

CELL = (980, 520)
ACROSS, DOWN = 2, 2
TEXT_WIDTH = 506


def sample(run: Path, count: int, seed: int = 0) -> list[tuple[RowPair, Path]]:
    """Pairs drawn with a seed from the export's splits, each with its image."""
    pairs = exported_pairs(run)
    return random.Random(seed).sample(pairs, min(count, len(pairs)))


def cell(number: int, pair: RowPair, image: Path) -> Image.Image:
    """One pair beside its image."""
    sheet = Image.new("RGB", CELL, "white")
    draw = ImageDraw.Draw(sheet)
    sheet.paste(picture(image, 440), (10, 34))
    paragraph(draw, (10, 8), f"{number}   {pair.positive.id.rpartition('/')[2]}", size=16, color="gray", width=CELL[0])
    y = 34.0
    for title, row in (("POSITIVE", pair.positive), ("LEADING", pair.negative)):
        y = written(draw, title, asked(row), y) + 14
    draw.rectangle((0, 0, CELL[0] - 1, CELL[1] - 1), outline="lightgray")
    return sheet


def written(draw: ImageDraw.ImageDraw, title: str, said: Asked, y: float) -> float:
    """A question with its options, the right one in green; returns where the next text goes."""
    texts = [(title, "gray"), (said.question, "black")]
    for letter, text, right in said.choices:
        texts.append((f"{'> ' if right else ''}{letter}. {text}", "green" if right else "black"))
    for text, color in texts:
        y = paragraph(draw, (462, y), text, size=18, color=color, width=TEXT_WIDTH)
    return y


def sheets(run: Path, folder: Path, count: int = 100) -> None:
    """Write the pages and a file of judgements to fill in."""
    folder.mkdir(parents=True)
    chosen = sample(run, count)
    per_page = ACROSS * DOWN
    for page in range(0, len(chosen), per_page):
        whole = Image.new("RGB", (CELL[0] * ACROSS, CELL[1] * DOWN), "white")
        for place, (pair, image) in enumerate(chosen[page : page + per_page]):
            corner = (CELL[0] * (place % ACROSS), CELL[1] * (place // ACROSS))
            whole.paste(cell(page + place + 1, pair, image), corner)
        whole.save(folder / f"page-{page // per_page + 1:02d}.png")
    blank = {pair.positive.id: {"valid": None} for pair, _ in chosen}
    (folder / "judgements.json").write_text(json.dumps(blank, indent=1) + "\n")


def tally(path: Path) -> None:
    """Print how many judged pairs are valid, and what is wrong with the others."""
    judgements = json.loads(path.read_text())
    right = sum(one["valid"] for one in judgements.values())
    print(f"{right} of {len(judgements)} valid ({right / len(judgements):.1%})")
    for pair_id, one in judgements.items():
        if not one["valid"]:
            print(f"  {pair_id}: {one['why']}")


if __name__ == "__main__":
    if sys.argv[1] == "tally":
        tally(Path(sys.argv[2]))
    else:
        sheets(Path(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:5]))
