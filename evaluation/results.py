"""What ``eval`` leaves in its folder, read back: for ``compare`` and ``board``.

An evaluation is a stage folder ``eval/<benchmark>/<model>-<config>/<number>/``. It holds ``rows.jsonl`` (what both
readers made of each reply: the fields of :class:`evaluation.scores.Reading`), ``scores.json`` (all figures),
``replies.jsonl`` (what ``score`` reads) and, where these were asked for, ``rotations.jsonl``, ``push_back.jsonl``,
``guard.jsonl``, ``efficiency.json`` and ``internals.json``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from evaluation.scores import Reading
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.manifest import MANIFEST, read_manifest
from schemas.mmr import category_of, read_json_rows
from schemas.pair import KINDS
from schemas.text import plain

ROWS, SCORES, REPLIES, ROTATIONS = "rows.jsonl", "scores.json", "replies.jsonl", "rotations.jsonl"
PUSH_BACK, GUARD, EFFICIENCY, INTERNALS = "push_back.jsonl", "guard.jsonl", "efficiency.json", "internals.json"
_FIX = "Name a folder that `leadproof eval` wrote, or a file of `leadproof score --rows`."
_TYPES = {"row": int, "yes_no": bool}  # of a row's values; all others are texts
_NEEDED = ("id", "question_type", "gold", "official", "strict")


@dataclass(frozen=True)
class GuardRow:
    """How well one question of general ability was answered, in [0, 1]."""

    id: str
    image: str
    score: float


@dataclass(frozen=True)
class Result:
    """One evaluation.

    ``config`` says how it was asked (``strategy``, ``by``, ``blind``, …) and ``digest`` of which benchmark; both are
    empty for a file of rows. ``scores`` is ``scores.json`` as it stands, ``efficiency`` likewise.
    """

    path: Path
    model: str
    benchmark: str
    digest: str
    config: Mapping[str, Any]
    rows: tuple[Reading, ...]
    scores: Mapping[str, Any] = field(default_factory=dict)
    guard: tuple[GuardRow, ...] = ()
    efficiency: Mapping[str, Any] | None = None

    @property
    def label(self) -> str:
        """What it is called in tables: the model, and what was not usual about asking it."""
        unusual = self.config.get("unusual")
        unusual = unusual if isinstance(unusual, list) else []
        return plain(f"{self.model} ({', '.join(map(str, unusual))})" if unusual else self.model, limit=80)


def read_result(path: Path) -> Result:
    """One evaluation: a numbered folder, the folder that holds these (the newest counts), or a file of rows.

    Raises:
        UnreadableFile: It is none of these.
        InvalidRecord: A row lacks what is needed.
    """
    if path.is_file():
        return Result(path, path.stem, "", "", {}, _rows(path))
    folder = newest(path)
    if folder is None:
        held = find_results(path)
        what = f"holds {len(held)} evaluations" if held else "no evaluation"
        fix = f"Name one of them, as in {held[0].parent}." if held else _FIX
        raise UnreadableFile(what, where=str(path), fix=fix)
    manifest = read_manifest(folder)
    scores = _object(folder / SCORES)
    efficiency = folder / EFFICIENCY
    guard = folder / GUARD
    return Result(
        folder,
        model=str(manifest.model),
        benchmark=str(manifest.config.get("benchmark", "")),
        digest=str(manifest.config.get("digest", "")),
        config=manifest.config,
        rows=_rows(folder / ROWS),
        scores=scores,
        guard=tuple(_guard_row(guard, row.value, row.row) for row in read_json_rows(guard)) if guard.is_file() else (),
        efficiency=_object(efficiency) if efficiency.is_file() else None,
    )


def find_results(path: Path) -> list[Path]:
    """The newest evaluation of each kind at or below a folder (a run folder, ``eval/``, a benchmark's…), by path."""
    found = newest(path)
    if found is not None:
        return [found]
    below = sorted({one.parent.parent for one in path.glob(f"**/{ROWS}") if (one.parent / MANIFEST).is_file()})
    return [one for one in map(newest, below) if one is not None]


def newest(path: Path) -> Path | None:
    """The numbered folder itself, or the newest committed one in it; None where there is none."""
    if _is_evaluation(path):
        return path
    numbered = [one for one in path.glob("[0-9]*") if one.name.isascii() and one.name.isdigit() and _is_evaluation(one)]
    return max(numbered, key=lambda one: int(one.name)) if numbered else None


def _is_evaluation(path: Path) -> bool:
    return (path / MANIFEST).is_file() and (path / ROWS).is_file()


def _rows(path: Path) -> tuple[Reading, ...]:
    found = read_json_rows(path)
    if not found:
        raise UnreadableFile("holds no rows", where=str(path), fix=_FIX)
    return tuple(_reading(path, one.value, one.row) for one in found)


def _reading(path: Path, value: Any, row: int) -> Reading:
    missing = [key for key in _NEEDED if not isinstance(value, dict) or key not in value]
    if missing:
        raise InvalidRecord(f"the row has no {missing[0]}", where=f"{path}:{row}", fix=_FIX)
    known = {one.name: value[one.name] for one in fields(Reading) if one.name in value}
    for name, found in known.items():
        if not (type(found) is _TYPES.get(name, str) or (name == "strict" and found is None)):
            wanted = {int: "a number", bool: "true or false"}.get(_TYPES.get(name, str), "a text")
            raise InvalidRecord(f"{name} of the row is not {wanted}", where=f"{path}:{row}", fix=_FIX)
    if known.get("kind", KINDS[0]) not in KINDS:
        fix = f"Known: {', '.join(KINDS)}."
        raise InvalidRecord(f"the row's kind is {plain(known['kind'], limit=40)}", where=f"{path}:{row}", fix=fix)
    known.setdefault("kind", "false-premise")
    known["category"] = plain(known.get("category", category_of(known["id"])), limit=80)
    known.setdefault("image", known["id"])  # rows of older files: each pair for itself
    return Reading(**known)


def _guard_row(path: Path, value: Any, row: int) -> GuardRow:
    try:
        found = GuardRow(str(value["id"]), str(value["image"]), float(value["score"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InvalidRecord("not a row of a guard", where=f"{path}:{row}", fix=_FIX) from error
    if not 0 <= found.score <= 1:
        raise InvalidRecord("its score is not in [0, 1]", where=f"{path}:{row}", fix=_FIX)
    return found


def _object(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableFile(f"cannot be read ({error})", where=str(path), fix=_FIX) from error
    if not isinstance(found, dict):
        raise UnreadableFile("not a JSON object", where=str(path), fix=_FIX)
    return found
