"""VLMEvalKit's multiple-choice table: one TSV with the images inside.

Format (VLMEvalKit, docs/en/Development.md; ``CustomMCQDataset`` and ``ImageBaseDataset`` of vlmeval/dataset): a row a
question; ``index`` an integer; ``image`` base64, or the index of the row that holds it, told apart by their length
(up to 64 characters is an index); options in the columns ``A``, ``B`` and so on, empty where a question has fewer.
What stands in ``split``, ``category`` and ``l2-category`` the stock scorer reports accuracy by: here the polarity, the
category and its level. ``id`` and ``question_type`` are carried into its prediction file, so that ``score`` can read
that.
"""

import base64
import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TextIO

from PIL import Image

from datagen.export.benchmark_pairs import benchmark_pairs
from datagen.export.contract import ExportOptions, ExportPair, Images
from schemas.identity import short
from schemas.pair import LETTERS, Pair, Question

# The harness looks for words in a dataset's name (mmbench, ccbench, circular, MMMU, MMT, LEGO, openended, video and
# others) and then asks or scores in another way: none of them may be in these.
NAME = "Leadproof"
TRUE_PREMISE = "LeadproofTruePremise"
_POLARITY = {"POS": "positive", "NEG": "negative"}


def export_vlmevalkit(
    pairs: Iterable[ExportPair], folder: Path, images: Images, _options: ExportOptions
) -> Mapping[str, int]:
    """Write ``Leadproof_<hash>.tsv`` and, for true premises, ``LeadproofTruePremise_<hash>.tsv``.

    The hash is one of what is in the table: the harness keeps images and predictions under a table's name and uses
    them again, so tables that differ must not share one. A pair whose image is not at hand is left out and counted,
    and so is one with a text that pandas, which the harness reads the table with, would take for something else: the
    option "None" for no option, "2" for 2.0 in a column with gaps.
    """
    found = benchmark_pairs(pairs)
    encoded: dict[str, str | None] = {}
    counts: dict[str, int] = {}
    without_image = misread = 0
    for name, given in ((NAME, found.false_premise), (TRUE_PREMISE, found.true_premise)):
        shown = [pair for pair in given if all(_encoded(ref, images, encoded) for ref in pair.images)]
        kept = _read_as_written(shown)
        without_image += len(given) - len(shown)
        misread += len(shown) - len(kept)
        if kept:
            content = hashlib.sha256(_table(kept).encode()).hexdigest()[:8]
            with (folder / f"{name}_{content}.tsv").open("w", encoding="utf-8", newline="") as file:
                _write(kept, file, encoded)
            counts[f"{'benchmark' if name == NAME else 'true_premise'} pairs"] = len(kept)
    return {
        **counts,
        **found.left_out,
        **({"left out, image not at hand": without_image} if without_image else {}),
        **({"left out, pandas would misread it": misread} if misread else {}),
    }


def _read_as_written(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs whose every cell comes back from pandas as it was written, read as the harness reads it."""
    import pandas as pd

    kept = list(pairs)
    while kept:
        # A column's type depends on all of its cells, so those that remain are read again until all are right.
        table = _table(kept)
        frame = pd.read_csv(StringIO(table), sep="\t")
        written = csv.DictReader(StringIO(table, newline=""), delimiter="\t")
        read = frame.astype(object).where(frame.notna(), "").to_dict("records")
        wrong = {
            row["id"]
            for row, cells in zip(written, read, strict=False)
            if any(str(cells[column]) != cell for column, cell in row.items())
        }
        if len(read) == 2 * len(kept) and not wrong:
            return kept
        kept = [pair for pair in kept if _id(pair) not in wrong] if wrong else []
    return []


def _table(pairs: Sequence[Pair]) -> str:
    """The table with its images' references in place of the images."""
    file = StringIO(newline="")
    _write(pairs, file, {})
    return file.getvalue()


def _write(pairs: Sequence[Pair], file: TextIO, encoded: Mapping[str, str | None]) -> None:
    letters = LETTERS[: max(len(half.options) for pair in pairs for half in pair.halves)]
    columns = ["index", "id", "question_type", "question", *letters, "answer"]
    columns += ["category", "l2-category", "split", "image_path", "image"]
    writer = csv.DictWriter(file, columns, delimiter="\t", lineterminator="\n", restval="")
    writer.writeheader()
    first: dict[str, int] = {}  # the row that holds an image, by its reference
    index = 0
    for pair in pairs:
        for question_type, half in zip(_POLARITY, pair.halves, strict=True):
            holder = first.setdefault(half.image, index)
            image = str(holder) if holder != index else encoded.get(half.image) or half.image
            writer.writerow({"index": index, "question_type": question_type, "image": image, **_cells(pair, half)}
                            | {"split": _POLARITY[question_type]})  # fmt: skip
            index += 1


def _cells(pair: Pair, half: Question) -> dict[str, str]:
    return {
        "id": _id(pair),
        "question": half.text,
        **dict(zip(LETTERS, half.shown, strict=False)),
        "answer": half.letter,
        "category": pair.category,
        "l2-category": pair.category.split("/")[0],
        "image_path": f"{short(half.image)}.png",  # without it the harness would save the image as JPEG, with a loss
    }


def _id(pair: Pair) -> str:
    return f"{pair.category}/{pair.pair_id}"


def _encoded(ref: str, images: Images, known: dict[str, str | None]) -> str | None:
    """An image in base64, in a mode that the harness can save as PNG; None where it is not at hand."""
    if ref not in known:
        content = images.content(ref)
        known[ref] = None if content is None else base64.b64encode(_plain(content)).decode()
    return known[ref]


def _plain(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as found:
        if found.mode in ("RGB", "L"):
            return content
        saved = BytesIO()
        found.convert("RGB").save(saved, "PNG")
    return saved.getvalue()
