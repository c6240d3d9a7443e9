"""A guard from any file of questions about images."""

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from evaluation.benchmarks.cells import MOST_CHARACTERS, Cells
from evaluation.benchmarks.finding import find_images
from evaluation.benchmarks.naming import name_of
from evaluation.guard.contract import Guard, GuardItem
from evaluation.guard.naming import images_by_id
from evaluation.guard.options import bare_letter, listed_options, options_within, right_letter
from evaluation.guard.rows import IDS, read_guard_rows
from schemas.errors import UnreadableFile
from schemas.mmr import JsonRow, to_conversation
from schemas.text import LONE_SURROGATE

# Likelier names first; keys are compared in lower case, with _ for spaces and hyphens.
QUESTION = ("question", "text", "query", "prompt")
IMAGE = ("image", "image_path", "image_file", "image_name", "file_name", "filename", "img", "img_path", "picture")
IMAGE_ID = ("image_id", "imageid", "img_id")
ANSWER = (
    "answers", "direct_answers", "answer", "label", "gold", "ground_truth", "gt_answer", "gt", "target",
    "correct_answer", "multiple_choice_answer",
)  # fmt: skip
_MOST_ANSWERS = 1_000
_LONGEST_ID = 200


def read_guard(path: Path, images: Path | None = None) -> Guard:
    """Read questions with their answers.

    A row has a question, an answer or a list of them, and an image (its file's name, or an id that files are called
    after); with ``options``, ``choices`` or columns A, B, C… it is multiple choice, and so is a question that holds
    its options while its answer is a letter, as rows of MMR's shape and our own training samples do. Of a
    conversation every exchange is a question. The columns are guessed by name: see ``QUESTION``, ``IMAGE``,
    ``IMAGE_ID``, ``ANSWER`` here, ``LISTS`` and ``PLACES`` in :mod:`evaluation.guard.options`, ``IDS`` and the
    shapes of files in :mod:`evaluation.guard.rows`.

    Args:
        path: JSON, JSON lines or delimited text.
        images: The folder of its images; not said, they are looked for beside the file.

    Raises:
        BadInput: The file or the folder cannot be read, or a row lacks what is needed; its place is named.
    """
    if path.is_dir():
        fix = "Name a file: JSON, JSON lines or CSV."
        raise UnreadableFile("is a folder, not a file of questions", where=str(path), fix=fix)
    rows = read_guard_rows(path)
    found = list(_unique(one for cells in rows for one in _read(path, cells)))
    if not found:
        raise UnreadableFile("holds no question", where=str(path), fix="Give a file with at least one question.")
    items, folder = _placed(path, found, rows[0].found("data_subtype"), images)
    digest = _digest(items)
    return Guard(name_of(path, digest), digest, items, folder, sources=(path,))


class _Read(NamedTuple):
    """A question; ``by_id`` says that its image is an id yet, not a file's name."""

    item: GuardItem
    by_id: bool


def _placed(
    path: Path, found: Sequence[_Read], subtype: object, images: Path | None
) -> tuple[tuple[GuardItem, ...], Path | None]:
    """The questions with the names of image files, and the folder of these."""
    named = list(dict.fromkeys(one.item.image for one in found if one.item.image and not one.by_id))
    ids = list(dict.fromkeys(one.item.image for one in found if one.item.image and one.by_id))
    if not ids:
        return tuple(one.item for one in found), find_images(named, given=images, beside=path.parent)
    known = subtype if isinstance(subtype, str) else ""
    way, folder = images_by_id(ids, subtype=known, given=images, beside=path.parent)
    named_all = (
        replace(one.item, image=way(one.item.image)) if one.by_id and one.item.image else one.item for one in found
    )
    return tuple(named_all), folder


def _read(path: Path, cells: Cells) -> Iterator[_Read]:
    if "conversations" in cells.values:
        yield from _exchanges(path, cells)
        return
    question = cells.text(*QUESTION)
    options = listed_options(cells)
    answer = cells.found(*ANSWER)
    name = _id(cells)
    image, by_id = _image(cells)
    if options:
        answers: tuple[str, ...] = (right_letter(cells, options, _only(answer)),)
    else:
        answers = _answers(cells, answer)
        within = options_within(question, answers[0]) if len(answers) == 1 else None
        if within is not None:
            (question, options), answers = within, (bare_letter(answers[0]) or "",)
    _refuse_half_characters(cells, name, image, question, *answers, *options.values())
    yield _Read(GuardItem(name, image, question, answers, cells.row, options), by_id)


def _exchanges(path: Path, cells: Cells) -> Iterator[_Read]:
    """Of a training sample every exchange is a question of its own."""
    told = to_conversation(path, JsonRow(cells.row, cells.values))
    for one in told.exchanges:
        name = told.id if len(told.exchanges) == 1 else f"{told.id}#{one.turn}"
        within = options_within(one.question, one.answer)
        question, options = within or (one.question, {})
        answers = (bare_letter(one.answer) or "",) if within else (one.answer,)
        yield _Read(GuardItem(name, told.image or "", question, answers, cells.row, options), by_id=False)


def _id(cells: Cells) -> str:
    given = cells.found(*IDS)
    if given is not None and (isinstance(given, bool) or not isinstance(given, str | int)):
        raise cells.fault("its id is neither a number nor a text")
    name = str(given)[:_LONGEST_ID] if given is not None else f"row {cells.row}"
    half = cells.values.get("question_type")  # the two rows of a pair share an id
    return f"{name} {half}" if half in ("POS", "NEG") else name


def _image(cells: Cells) -> tuple[str, bool]:
    """The image's name, or its id; empty for a question without one."""
    if cells.found(*IMAGE) is not None:
        return cells.text(*IMAGE), False
    given = cells.found(*IMAGE_ID)
    if given is not None and (isinstance(given, bool) or not isinstance(given, str | int)):
        raise cells.fault("its image_id is neither a number nor a text")
    return ("" if given is None else str(given)), True


def _only(answer: object) -> object:
    return answer[0] if isinstance(answer, list) and len(answer) == 1 else answer


def _answers(cells: Cells, given: object) -> tuple[str, ...]:
    """All answers: texts and numbers, or objects with an ``answer``, as VQAv2 has them."""
    if isinstance(given, str) and given.lstrip().startswith("["):
        with contextlib.suppress(ValueError, RecursionError):  # an answer may begin with a bracket
            given = json.loads(given)
    held = given if isinstance(given, list) else [given]
    texts = [one.get("answer") if isinstance(one, Mapping) else one for one in held]
    if given is None:
        cells.text(*ANSWER)  # says what it has instead
    if not 0 < len(texts) <= _MOST_ANSWERS:
        raise cells.fault(f"it has {len(texts):,} answers, not 1-{_MOST_ANSWERS:,}")
    if any(isinstance(one, bool) or not isinstance(one, str | int | float) for one in texts):
        raise cells.fault("an answer is no text")
    said = tuple(str(one).strip() for one in texts)
    if not any(said):
        raise cells.fault("its answer is empty")
    if max(map(len, said)) > MOST_CHARACTERS:
        raise cells.fault(f"its answer is longer than {MOST_CHARACTERS:,} characters")
    return said


def _unique(found: Iterable[_Read]) -> Iterator[_Read]:
    """Ids told apart: the second of an id is ``id#2``."""
    seen: Counter[str] = Counter()
    for one in found:
        name = one.item.id
        seen[name] += 1
        while seen[name] > 1 and seen[f"{name}#{seen[name]}"]:
            seen[name] += 1
        unique = name if seen[name] == 1 else f"{name}#{seen[name]}"
        seen[unique] = max(seen[unique], 1)
        yield one if unique == name else one._replace(item=replace(one.item, id=unique))


def _digest(items: Sequence[GuardItem]) -> str:
    found = hashlib.sha256()
    for one in items:
        content = [one.id, one.image, one.question, one.answers, list(one.options.items())]
        found.update(json.dumps(content).encode() + b"\n")
    return found.hexdigest()[:16]


def _refuse_half_characters(cells: Cells, *texts: str) -> None:
    if any(LONE_SURROGATE.search(text) for text in texts):
        raise cells.fault("half of a character (a lone surrogate) is in it")
