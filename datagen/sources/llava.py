"""LLaVA conversations: a JSON list (or JSON lines) of ``id``, ``image`` and ``conversations``.

A caption is the one answer of a conversation of one exchange, where the human asks for a description of
the image ("Describe the image concisely.", "What do you see in this photo?") and the answer has three
words or more: LLaVA-Pretrain's captions, LLaVA-Instruct's details. No captions are: short answers
("Yes", "B"), answers to other questions (reasoning goes beyond what is seen), conversations of several
turns (their answers lean on each other), descriptions of a region given by coordinates. Their images come
in without captions. A conversation without an image is passed over.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datagen.sources.json_items import json_items
from datagen.sources.jsonl import json_objects
from datagen.sources.record import DEFAULT, SKIP, OnInvalid, SourceOptions, SourceRecord, clean_captions, image_place
from datagen.sources.registry import head
from schemas.errors import InvalidRecord

_MIN_WORDS = 3
_HUMAN, _MODEL = frozenset({"human", "user"}), frozenset({"gpt", "assistant"})
_MARK = re.compile(r"<image>|<im_start>|<im_end>", re.IGNORECASE)
_VIEW = r"(?:image|picture|photo(?:graph)?|scene|visual|snapshot)"
# The instructions LLaVA's makers drew from (arXiv 2304.08485, appendix: brief and detailed descriptions), and the
# further ones of LLaVA-Pretrain ("What is this?", "What is in the photo?"). "What is in the picture on the wall?" is
# no such one: it asks for a part.
_ASKS = re.compile(
    rf"\b(?:describe|descri(?:ption|ptive|bing)|caption|summar(?:y|i[sz]e)|depict(?:ion)?|portray|narrat(?:e|ive)|rundown"
    rf"|characteri[sz]e|clarify the contents|break down the elements|walk through|share its details"
    rf"|(?:explanation|interpretation|account|analy(?:sis|[sz]e)|explain|illustrate)\b.*\b{_VIEW}"
    rf"|what (?:do|can) you see|what is (?:the|this) {_VIEW} about)\b"
    rf"|\bwhat(?: is|'s) (?:in|shown in|happening in|going on in) (?:the|this) {_VIEW}\s*(?:[?.!]|$)"
    r"|^\s*what is this\s*\??\s*$",
    re.IGNORECASE | re.DOTALL,
)
_REGION = re.compile(r"\[\s*[\d.]+\s*(?:,\s*[\d.]+\s*){3}\]|\bregion\b", re.IGNORECASE)
_REASONS = re.compile(r"\bwhy\b", re.IGNORECASE)  # "Explain why this image is funny": beyond what is seen


def read_llava(path: Path, on_invalid: OnInvalid, options: SourceOptions = DEFAULT) -> Iterator[SourceRecord]:
    """Yield the images of a conversations file in its order.

    Raises:
        UnreadableFile: Missing, empty, not text, or neither a list nor lines of JSON.
    """
    listed = head(path).lstrip().startswith("[")
    items = json_items(path, on_invalid) if listed else json_objects(path, on_invalid)
    for where, row, item in items:
        try:
            if not isinstance(item, dict):
                raise InvalidRecord("not a conversation", where=where, fix=SKIP)
            if item.get("image") is not None:
                yield SourceRecord(_image(item["image"], where), _captions(item, where), row)
        except InvalidRecord as error:
            on_invalid(error)


def _image(found: object, where: str) -> str:
    if isinstance(found, list):
        if len(found) != 1:
            raise InvalidRecord(f"{len(found)} images in one conversation", where=where, fix=SKIP)
        found = found[0]
    return image_place(found, where=where)


def _captions(item: dict[str, Any], where: str) -> tuple[str, ...]:
    turns = item.get("conversations")
    if not isinstance(turns, list) or not turns:
        raise InvalidRecord("no list 'conversations'", where=where, fix=SKIP)
    said = [_turn(turn, where) for turn in turns]
    spoken = [(speaker, text) for speaker, text in said if speaker in _HUMAN | _MODEL]
    if [speaker in _HUMAN for speaker, _ in spoken] != [at % 2 == 0 for at in range(len(spoken))]:
        raise InvalidRecord("its turns do not alternate between human and gpt", where=where, fix=SKIP)
    if len(spoken) != 2:
        return ()
    question, answer = (_MARK.sub(" ", text).strip() for _, text in spoken)
    asked = _ASKS.search(question) and not _REGION.search(question) and not _REASONS.search(question)
    return clean_captions(answer if asked and len(answer.split()) >= _MIN_WORDS else [], where=where)


def _turn(turn: object, where: str) -> tuple[str, str]:
    if not isinstance(turn, dict):
        raise InvalidRecord("a turn is not an object", where=where, fix=SKIP)
    speaker, text = turn.get("from", turn.get("role")), turn.get("value", turn.get("content"))
    if not isinstance(speaker, str) or not isinstance(text, str):
        raise InvalidRecord("a turn without 'from' and 'value' as texts", where=where, fix=SKIP)
    return speaker, text
