"""NaturalBench: two images and two questions, of which each has another answer for each image.

Source: "NaturalBench: Evaluating Vision-Language Models on Natural Adversarial Samples" (arXiv 2410.14669, section 3)
and the data card of BaiqiL/NaturalBench on the Hugging Face Hub: columns ``Index``, ``Image_0``, ``Image_1``,
``Question_0``, ``Question_1``, ``Image_0_Question_0`` … ``Image_1_Question_1`` (Yes or No, A or B) and
``Question_Type`` (``yes_no`` or ``multiple_choice``). The released tables hold the images themselves; what is read
here are such rows as JSON with the names of image files.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.benchmarks.cells import Cells, cells_of
from evaluation.benchmarks.contract import BenchmarkReader
from evaluation.benchmarks.peeking import first_keys
from evaluation.benchmarks.pope import YES_NO
from evaluation.item import Item, Style
from schemas.errors import BadInput, UnreadableFile
from schemas.mmr import read_json_rows, split_question
from schemas.mmr.question_text import NoOptions
from schemas.text import plain

_ASKED = re.compile(r"\s*\boptions?\s*:?\s*$", re.IGNORECASE)  # "…? Option: A: a dog; B: a cat;"
_GOLD: dict[str, dict[str, str]] = {
    "yes_no": {"yes": "A", "no": "B"},
    "multiple_choice": {"a": "A", "b": "B"},
}
_COLUMNS = frozenset({"image_0", "image_1", "question_0", "question_1", "image_0_question_0"})


class NaturalBench:
    """Reads JSON rows with the columns of NaturalBench."""

    def recognises(self, path: Path) -> bool:
        """Whether the first row has most of its columns."""
        return len(_COLUMNS & first_keys(path)) >= 3

    def read(self, path: Path, *, true_premise: Path | None = None) -> tuple[Sequence[Item], Sequence[str]]:
        """Two contrast pairs a sample, one a question: the first image's half is POS, the second's NEG.

        The pairs of a sample are a ``group``. A sample with a question that has one answer for both images is left
        out as a whole, and said.

        Raises:
            BadInput: Not rows of this shape, a sample that stands twice, or no sample that contrasts.
        """
        if true_premise is not None:
            raise BadInput("NaturalBench has no true premises", where=str(path), fix="Leave out --true-premise.")
        items: list[Item] = []
        left_out: list[str] = []
        rows_of: dict[str, int] = {}
        for row in read_json_rows(path):
            cells = cells_of(path, row, ids=("index", "id"))
            sample = _name(cells)
            if sample in rows_of:
                raise cells.fault(f"sample {plain(sample, limit=40)} stands in row {rows_of[sample]} too")
            rows_of[sample] = cells.row
            found = [item for question in (0, 1) for item in _pair(cells, sample, question)]
            same = [one for one, other in zip(found[::2], found[1::2], strict=True) if one.gold == other.gold]
            if same:
                what = f"question {plain(same[0].text, limit=60)!r} has one answer for both images"
                left_out.append(f"sample {plain(sample, limit=40)}: {what}")
            else:
                items += found
        if not items:
            raise UnreadableFile("holds no sample that contrasts", where=str(path), fix="Give NaturalBench's rows.")
        return items, left_out


def _name(cells: Cells) -> str:
    given = cells.found("index", "id")
    if given is None:
        return f"row {cells.row}"
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise cells.fault("index is neither a number nor a text")
    return str(given)


def _pair(cells: Cells, sample: str, question: int) -> list[Item]:
    """A question's two halves."""
    kind = cells.text("question_type").strip().lower().replace("-", "_").replace(" ", "_")
    if kind not in _GOLD:
        raise cells.fault(f"question_type is {plain(kind, limit=40)!r}, not yes_no or multiple_choice")
    text = cells.text(f"question_{question}")
    style: Style = "words" if kind == "yes_no" else "letters"
    stem, options = (text, YES_NO) if style == "words" else _split(text)
    return [
        Item(
            released="naturalbench",
            id=f"naturalbench/{kind}/{sample}/{question}",
            question_type=half,
            kind="contrast",
            category=f"naturalbench/{kind}",
            image=cells.text(f"image_{image}"),
            text=text,
            stem=stem,
            options=options,
            gold=_gold(cells, f"image_{image}_question_{question}", kind),
            row=cells.row,
            style=style,
            group=f"naturalbench/{sample}",
        )
        for image, half in ((0, "POS"), (1, "NEG"))
    ]


def _gold(cells: Cells, name: str, kind: str) -> str:
    answer = cells.text(name)
    found = _GOLD[kind].get(answer.strip().strip(".()").lower())
    if found is None:
        raise cells.fault(f"{name} is {plain(answer, limit=40)!r}, not {' or '.join(_GOLD[kind])}")
    return found


def _split(text: str) -> tuple[str, Mapping[str, str]]:
    """The stem and the options of "…? Option: A: a dog; B: a cat;"; no options where the text cannot be split."""
    try:
        found = split_question(text)
    except NoOptions:
        return "", {}
    stem = _ASKED.sub("", found.stem)
    if not stem:
        return "", {}
    return stem, {letter: option.rstrip(" ;") for letter, option in found.by_letter.items()}


NATURALBENCH: BenchmarkReader = NaturalBench()
