"""Samples of MMR-data's shape: one image, a conversation of several exchanges, all of one polarity.

Source: BAAI-DCAI/Multimodal-Robustness-Benchmark, dataset/data_generation.py and mmr_data/data_post_processing.py.
A sample has ``id``, ``image`` and ``conversations`` (turns of ``human`` and ``gpt`` in alternation), as LLaVA's.
The positive and the negative conversation of an image are two samples with the same id and image; the
options were taken out, and nothing in the released samples names the polarity or the category. Where a file
does (``"polarity"``, or an id that ends in ``-pos`` or ``-neg``), that is read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import InvalidPair
from schemas.mmr.json_rows import JsonRow
from schemas.mmr.rows import KEYS, row_place
from schemas.pair import MAX_TEXT, Polarity
from schemas.text import LONE_SURROGATE

MAX_EXCHANGES = 200
_HUMAN, _MODEL = frozenset({"human", "user"}), frozenset({"gpt", "assistant"})
_IMAGE_MARK = re.compile(r"\s*<image>\s*", re.IGNORECASE)
_POLARITY: dict[str, Polarity] = {
    "pos": "positive", "positive": "positive", "neg": "negative", "negative": "negative",
}  # fmt: skip
_AT_END = re.compile(r"(?P<stem>.*?)[-_/.: ](?P<mark>pos|positive|neg|negative)", re.IGNORECASE | re.DOTALL)
_AT_START = re.compile(r"(?P<mark>pos|positive|neg|negative)[-_/.: ](?P<stem>.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Exchange:
    """A question and its answer. ``turn`` is its place in the conversation, from 1."""

    turn: int
    question: str
    answer: str


@dataclass(frozen=True)
class Conversation:
    """A sample.

    ``stem`` is its id without the mark of a polarity, ``marked`` that polarity, or None where there is no
    mark; ``image`` is None for a sample without one.
    """

    row: int
    id: str
    stem: str
    image: str | None
    exchanges: tuple[Exchange, ...]
    marked: Polarity | None


def are_conversations(rows: Iterable[JsonRow]) -> bool:
    """Whether a file holds conversations rather than rows of the benchmark: its first row that is either decides."""
    for row in rows:
        if isinstance(row.value, Mapping):
            if "conversations" in row.value:
                return True
            if set(KEYS) & row.value.keys() - {"id", "image"}:
                return False
    return False


def to_conversation(path: Path, row: JsonRow) -> Conversation:
    """A JSON value as a conversation.

    Raises:
        InvalidPair: It is none: no turns in alternation, texts that are not texts, marks that contradict.
    """
    try:
        return _conversation(row)
    except ValueError as error:
        raise InvalidPair(
            str(error), where=row_place(path, row), fix="Mend the sample, or pass --skip-invalid to leave it out."
        ) from error


def _conversation(row: JsonRow) -> Conversation:
    value = row.value
    if not isinstance(value, Mapping):
        raise ValueError("is not an object with the keys id, image, conversations")
    found = value.get("id", "")
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise ValueError("id is neither a string nor a number")
    image = value.get("image")
    if image is not None and not isinstance(image, str):
        raise ValueError("image is not a string")
    given = str(found)
    if any(LONE_SURROGATE.search(text) for text in (given, image or "")):
        raise ValueError("the id or image holds half a character (a lone surrogate)")
    stem, marked = _mark(given, value)
    return Conversation(row.row, given, stem, image, _exchanges(value.get("conversations")), marked)


def _mark(given: str, value: Mapping[str, Any]) -> tuple[str, Polarity | None]:
    """The id without its mark, and the polarity that id or keys name."""
    match = _AT_END.fullmatch(given) or _AT_START.fullmatch(given)
    stem = match["stem"] if match else given
    named = [match["mark"]] if match else []
    named += [str(value[key]) for key in ("polarity", "question_type", "type") if key in value]
    marks = {_POLARITY[name.lower()] for name in named if name.lower() in _POLARITY}
    if len(marks) > 1:
        raise ValueError("its id and keys name both polarities")
    return stem, next(iter(marks), None)


def _exchanges(turns: object) -> tuple[Exchange, ...]:
    if not isinstance(turns, list):
        raise ValueError("conversations is not a list")
    said = [_turn(turn) for turn in turns]
    said = [(speaker, text) for speaker, text in said if speaker != "system"]
    if len(said) % 2 or any((speaker in _HUMAN) != (at % 2 == 0) for at, (speaker, _) in enumerate(said)):
        raise ValueError("its turns are not questions and answers in alternation")
    if len(said) > 2 * MAX_EXCHANGES:
        raise ValueError(f"more than {MAX_EXCHANGES} exchanges")
    texts: Sequence[str] = [text for _, text in said]
    return tuple(Exchange(at // 2 + 1, texts[at], texts[at + 1]) for at in range(0, len(texts), 2))


def _turn(turn: object) -> tuple[str, str]:
    if not isinstance(turn, Mapping):
        raise ValueError("a turn is not an object")
    speaker, text = turn.get("from", turn.get("role")), turn.get("value", turn.get("content"))
    if not isinstance(speaker, str) or speaker not in _HUMAN | _MODEL | {"system"}:
        raise ValueError("a turn is from neither human nor gpt")
    if not isinstance(text, str):
        raise ValueError("the value of a turn is not a string")
    text = _IMAGE_MARK.sub(" ", text).strip()
    if LONE_SURROGATE.search(text):
        raise ValueError("a turn holds half a character (a lone surrogate)")
    if speaker != "system" and not text:
        raise ValueError("a turn is empty")
    if speaker != "system" and len(text) > MAX_TEXT:
        raise ValueError(f"a turn is longer than {MAX_TEXT:,} characters")
    return speaker, text
