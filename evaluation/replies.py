"""A model's replies: read in the shapes they come in, and given to the rows they answer."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.item import Item
from schemas.errors import BadInput, InvalidRecord, UnreadableFile
from schemas.mmr import JsonRow, read_json_rows
from schemas.text import plain

_TYPES = {"POSITIVE": "POS", "NEGATIVE": "NEG"}
_FIX = 'Write [id, {"text": …}, "POS" or "NEG"], or an object with id, question_type and text.'


@dataclass(frozen=True)
class Reply:
    """One reply. ``row`` is its place (or line) in its file, from 1."""

    id: str
    question_type: str
    text: str
    row: int


@dataclass(frozen=True)
class Repeat:
    """A row that the benchmark holds more than once; its k-th reply was given to its k-th row."""

    id: str
    question_type: str
    rows: int
    replies: int


@dataclass(frozen=True)
class Matched:
    """Replies beside the rows they answer.

    ``texts`` has one reply a row, None for a row without one. ``unmatched`` are replies to no row,
    or beyond the number of rows of that id and type.
    """

    texts: tuple[str | None, ...]
    unmatched: tuple[Reply, ...]
    unanswered: tuple[Item, ...]
    repeats: tuple[Repeat, ...]


def read_replies(path: Path) -> list[Reply]:
    """Read replies in the shapes they come in.

    These are the released results, ``[[id, {"text": …}, type], …]``, and objects with ``id`` (or
    ``question_id``), ``question_type`` and ``text``, as an array or JSONL. A null text is an empty reply.

    Raises:
        UnreadableFile: Not a file of JSON rows, or no rows in it.
        InvalidRecord: A row is of neither shape.
    """
    found = read_json_rows(path)
    if not found:
        raise UnreadableFile("holds no replies", where=str(path), fix="Ask the model first.")
    return [_reply(path, row) for row in found]


def match_replies(rows: Sequence[Item], replies: Sequence[Reply]) -> Matched:
    """Give replies to rows by id and polarity; where a row stands several times, in the order of both.

    Raises:
        BadInput: No reply belongs to any row.
    """
    waiting: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    for place, reply in enumerate(replies):
        waiting[reply.id, reply.question_type].append(place)
    many = Counter((row.id, row.question_type) for row in rows)
    repeats = tuple(
        Repeat(*key, rows=count, replies=len(waiting.get(key, ()))) for key, count in many.items() if count > 1
    )
    texts: list[str | None] = []
    for row in rows:
        queue = waiting[row.id, row.question_type]
        texts.append(replies[queue.popleft()].text if queue else None)
    left = sorted(place for queue in waiting.values() for place in queue)
    if len(left) == len(replies):
        raise nothing_matches(rows, replies)
    unanswered = tuple(row for row, text in zip(rows, texts, strict=True) if text is None)
    return Matched(tuple(texts), tuple(replies[place] for place in left), unanswered, repeats)


def nothing_matches(rows: Sequence[Item], replies: Sequence[Reply]) -> BadInput:
    """The error for replies that are to another benchmark."""
    asked = f"{plain(rows[0].id, limit=60)} {rows[0].question_type}" if rows else "nothing"
    given = f"{plain(replies[0].id, limit=60)} {replies[0].question_type}" if replies else "nothing"
    return BadInput(
        f"none of {len(replies)} replies belongs to any of {len(rows)} rows: "
        f"the first reply is to {given}, the first row is {asked}",
        fix="Give the replies to this very benchmark.",
    )


def _reply(path: Path, row: JsonRow) -> Reply:
    value = row.value
    if isinstance(value, list) and len(value) == 3 and isinstance(value[1], Mapping):
        given, question_type, text = value[0], value[2], value[1].get("text", 0)
    elif isinstance(value, Mapping):
        given = value.get("id", value.get("question_id"))
        question_type, text = value.get("question_type"), value.get("text", 0)
    else:
        raise InvalidRecord("is not a reply", where=f"{path}:{row.row}", fix=_FIX)
    if isinstance(given, int):
        given = str(given)
    where = f"{path}:{row.row}" + (f" (id {given})" if isinstance(given, str) else "")
    if not isinstance(given, str):
        raise InvalidRecord("the reply has no id", where=where, fix=_FIX)
    if not isinstance(question_type, str):
        raise InvalidRecord("the reply has no question_type", where=where, fix=_FIX)
    if text is not None and not isinstance(text, str):
        raise InvalidRecord("the reply has no text", where=where, fix=_FIX)
    kind = question_type.strip().upper()
    return Reply(given, _TYPES.get(kind, kind), text or "", row.row)
