"""POPE: whether an object is in an image, asked for objects that are there and for as many that are not.

Source: "Evaluating Object Hallucination in Large Vision-Language Models" (arXiv 2305.10355, section 5) and the files
of RUCAIBox/POPE, ``<set>_pope_<random|popular|adversarial>.json``: a JSON object a line, ``{"question_id": 1,
"image": "COCO_val2014_….jpg", "text": "Is there a … in the image?", "label": "yes"}``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.benchmarks.cells import Cells, cells_of
from evaluation.benchmarks.contract import BenchmarkReader
from evaluation.benchmarks.peeking import first_keys
from evaluation.item import Item
from schemas.errors import BadInput, UnreadableFile
from schemas.mmr import read_json_rows
from schemas.text import plain

SETTINGS = ("random", "popular", "adversarial")
YES_NO: Mapping[str, str] = {"A": "Yes", "B": "No"}
_SETTING = re.compile(rf"(?<![a-z])({'|'.join(SETTINGS)})(?![a-z])")
_GOLD = {"yes": "A", "no": "B"}
_SAID = 5  # images that a line about what was left out names


@dataclass(frozen=True)
class _Asked:
    """A question; ``setting`` is how its absent objects were chosen."""

    setting: str
    image: str
    text: str
    gold: str
    row: int


@dataclass
class _Halves:
    """The questions of an image, by their answer."""

    yes: list[_Asked] = field(default_factory=list)
    no: list[_Asked] = field(default_factory=list)


class Pope:
    """Reads a file of POPE's shape, or a folder of such files."""

    def recognises(self, path: Path) -> bool:
        """Whether the first row has a text and a label, or the folder holds a file of one of the three settings."""
        if path.is_dir():
            return bool(_files(path))
        keys = first_keys(path)
        return "image" in keys and bool({"text", "question"} & keys) and "label" in keys and "ground_truth" not in keys

    def read(self, path: Path, *, true_premise: Path | None = None) -> tuple[Sequence[Item], Sequence[str]]:
        """Contrast pairs: of an image and setting the k-th question whose answer is yes with the k-th whose is no.

        A question that has no other, one asked twice, and one with both answers are left out, and said.

        Raises:
            BadInput: A file is not of this shape, or no question of it has another to make a pair with.
        """
        if true_premise is not None:
            raise BadInput("POPE has no true premises", where=str(path), fix="Leave out --true-premise.")
        asked: list[_Asked] = []
        for one in _files(path) if path.is_dir() else [path]:
            asked += [_asked(cells_of(one, row, ids=("question_id", "id")), one) for row in read_json_rows(one)]
        single, left_out = _once(asked)
        items, unpaired = _pairs(single)
        if unpaired:
            left_out.append(_left("have no question with the other answer", unpaired))
        if not items:
            what = "no image has a question whose answer is yes and one whose answer is no"
            raise UnreadableFile(what, where=str(path), fix="Give a file of POPE's: half of its answers are yes.")
        return items, left_out


def _files(folder: Path) -> list[Path]:
    found = sorted(one for one in folder.glob("*pope*.json*") if _SETTING.search(one.stem.lower()))
    return [one for one in found if one.suffix.lower() in (".json", ".jsonl") and one.is_file()]


def _asked(cells: Cells, path: Path) -> _Asked:
    label = cells.text("label", "answer")
    gold = _GOLD.get(label.strip().lower())
    if gold is None:
        raise cells.fault(f"label is {plain(label, limit=40)!r}, not yes or no")
    named = cells.found("category")
    setting = _SETTING.search(named.lower() if isinstance(named, str) else path.stem.lower())
    return _Asked(
        setting[1] if setting else "other", cells.text("image"), cells.text("text", "question"), gold, cells.row
    )


def _once(asked: Iterable[_Asked]) -> tuple[list[_Asked], list[str]]:
    """Each question once; one to which both answers are right is not asked at all."""
    found: dict[tuple[str, str, str], _Asked] = {}
    answers: dict[tuple[str, str, str], set[str]] = {}
    again: list[_Asked] = []
    for one in asked:
        key = one.setting, one.image, " ".join(one.text.casefold().split())
        if key in found and one.gold in answers[key]:
            again.append(one)
        found.setdefault(key, one)
        answers.setdefault(key, set()).add(one.gold)
    both = [one for key, one in found.items() if len(answers[key]) > 1]
    left_out = [_left("stand in it twice", again)] if again else []
    left_out += [_left("are answered with yes and with no", both)] if both else []
    return [one for key, one in found.items() if len(answers[key]) == 1], left_out


def _pairs(asked: Iterable[_Asked]) -> tuple[list[Item], list[_Asked]]:
    by_image: dict[tuple[str, str], _Halves] = {}
    for one in asked:
        halves = by_image.setdefault((one.setting, one.image), _Halves())
        (halves.yes if one.gold == "A" else halves.no).append(one)
    items: list[Item] = []
    unpaired: list[_Asked] = []
    for halves in by_image.values():
        whole = min(len(halves.yes), len(halves.no))
        for place in range(whole):
            items += [
                _item(halves.yes[place], place + 1, "POS"),
                _item(halves.no[place], place + 1, "NEG"),
            ]
        unpaired += [*halves.yes[whole:], *halves.no[whole:]]
    return items, unpaired


def _item(asked: _Asked, place: int, question_type: str) -> Item:
    return Item(
        released="pope",
        id=f"pope/{asked.setting}/{asked.image}/{place}",
        question_type=question_type,
        kind="contrast",
        category=f"pope/{asked.setting}",
        image=asked.image,
        text=asked.text,
        stem=asked.text,
        options=YES_NO,
        gold=asked.gold,
        row=asked.row,
        style="words",
    )


def _left(why: str, asked: Sequence[_Asked]) -> str:
    named = [plain(f"{one.image} (row {one.row})", limit=80) for one in asked[:_SAID]]
    more = f" and {len(asked) - _SAID:,} more" if len(asked) > _SAID else ""
    return f"{len(asked):,} questions {why}: {', '.join(named)}{more}"


POPE: BenchmarkReader = Pope()
