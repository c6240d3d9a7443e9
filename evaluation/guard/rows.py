"""The rows of a file of questions: JSON, JSON lines, CSV, and the shapes that known sets come in.

Read are an array of objects, or one a line; an object that holds such an array under ``data`` (TextVQA), ``questions``
(beside an array ``annotations`` in the same file, or in the file of that name beside it: VQAv2) or ``rows``; an object
of objects by question id (GQA); and delimited text with a header.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.benchmarks.cells import Cells, cells_of
from evaluation.benchmarks.peeking import plain_key
from schemas.errors import InvalidRecord, UnreadableFile
from schemas.mmr import JsonRow, read_json_rows

IDS = ("question_id", "id", "qid", "index", "uid")
DELIMITED = frozenset({".csv", ".tsv", ".tab"})
_LISTS = ("questions", "data", "rows")
_FIX = "Give JSON, JSON lines or CSV with a question, an image and an answer a row."


def read_guard_rows(path: Path) -> list[Cells]:
    """All rows, by plain key.

    Raises:
        UnreadableFile: It cannot be read, or holds no rows of any shape known.
        InvalidRecord: A row is no object, or has more cells than the header.
    """
    if path.suffix.lower() in DELIMITED:
        return list(_delimited(path))
    found = read_json_rows(path)
    values = [one.value for one in found]
    if len(values) == 1 and isinstance(values[0], Mapping) and not _is_row(values[0]):
        found = _unwrapped(path, values[0])
    if not found:
        raise UnreadableFile("holds no rows", where=str(path), fix=_FIX)
    return [cells_of(path, one, ids=IDS) for one in found]


def _is_row(value: Mapping[str, object]) -> bool:
    keys = {plain_key(key) for key in value}
    return bool({"question", "text", "query", "prompt", "image", "answer", "answers", "conversations"} & keys)


def _unwrapped(path: Path, value: Mapping[str, object]) -> list[JsonRow]:
    if "annotations" in value or "questions" in value:
        return _joined(path, value)
    for name in _LISTS:
        held = value.get(name)
        if isinstance(held, list):
            return [JsonRow(row, one) for row, one in enumerate(held, 1)]
    if value and all(isinstance(one, Mapping) and _is_row(one) for one in value.values()):
        by_id = [one | {"question_id": key} for key, one in value.items() if isinstance(one, dict)]
        return [JsonRow(row, one) for row, one in enumerate(by_id, 1)]
    listed = ", ".join(list(value)[:8]) or "nothing"
    raise UnreadableFile(f"is one object, not rows; it has {listed}", where=str(path), fix=_FIX)


def _joined(path: Path, value: Mapping[str, object]) -> list[JsonRow]:
    """Questions with their annotations, by question id; questions that nobody answered are left away."""
    questions, annotations = value.get("questions"), value.get("annotations")
    subtype = value.get("data_subtype")
    if questions is None or annotations is None:
        questions, annotations, subtype = _beside(path, questions, annotations, subtype)
    if not isinstance(questions, list) or not isinstance(annotations, list):
        raise UnreadableFile("its questions or annotations are no list", where=str(path), fix=_FIX)
    answers = {one["question_id"]: one for one in annotations if isinstance(one, dict) and _hashable(one)}
    rows = []
    for row, one in enumerate(questions, 1):
        if not isinstance(one, dict) or not _hashable(one):
            raise InvalidRecord("the question has no question_id", where=f"{path} (row {row})", fix="Mend the row.")
        if one["question_id"] in answers:
            rows.append(JsonRow(row, {**answers[one["question_id"]], **one, "data_subtype": subtype}))
    if not rows:
        raise UnreadableFile("no annotation belongs to any of its questions", where=str(path), fix="Give both files.")
    return rows


def _hashable(one: Mapping[str, object]) -> bool:
    return isinstance(one.get("question_id"), str | int)


def _beside(path: Path, questions: object, annotations: object, subtype: object) -> tuple[object, object, object]:
    """The other half, from the file beside it that VQAv2's names point to."""
    lacks, has = ("annotations", "questions") if annotations is None else ("questions", "annotations")
    names = {path.name.replace(has, lacks)}
    if lacks == "annotations":
        names |= {name.replace("OpenEnded_", "") for name in names}
    else:
        names |= {name.replace("mscoco", "OpenEnded_mscoco") for name in names}
    other = next(
        (path.with_name(one) for one in sorted(names) if one != path.name and path.with_name(one).exists()), None
    )
    if other is None:
        what = f"holds {has} without {lacks}"
        wanted = " or ".join(sorted(names - {path.name})) or f"a file with the {lacks}, named as VQAv2's are,"
        raise UnreadableFile(what, where=str(path), fix=f"Put {wanted} beside it.")
    held = read_json_rows(other)[0].value
    if not isinstance(held, Mapping) or lacks not in held:
        raise UnreadableFile(f"holds no {lacks}", where=str(other), fix="Give VQAv2's files as released.")
    both = {has: questions if annotations is None else annotations, lacks: held[lacks]}
    return both["questions"], both["annotations"], subtype or held.get("data_subtype")


def _delimited(path: Path) -> Iterator[Cells]:
    try:
        if path.exists() and not path.is_file():
            raise UnreadableFile("is not an ordinary file", where=str(path), fix="Check the path.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFile(f"cannot be read ({error.strerror})", where=str(path), fix="Check the path.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"is not UTF-8 (byte {error.start})", where=str(path), fix="Save it as UTF-8.") from error
    first = text.partition("\n")[0]
    delimiter = "\t" if path.suffix.lower() != ".csv" else max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [plain_key(name) for name in next(lines, [])]
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield _cells(path, lines.line_num, header, cells)
    except csv.Error as error:
        raise InvalidRecord(f"not a row ({error})", where=f"{path}:{lines.line_num}", fix="Mend the row.") from error
    if lines.line_num <= 1:
        raise UnreadableFile("holds no rows", where=str(path), fix=_FIX)


def _cells(path: Path, line: int, header: Sequence[str], cells: Sequence[str]) -> Cells:
    if len(cells) != len(header):
        what = f"{len(cells)} cells where the first line has {len(header)}"
        raise InvalidRecord(what, where=f"{path}:{line}", fix="Mend the row.")
    values = {name: cell for name, cell in zip(header, cells, strict=True) if cell.strip()}
    return Cells(values, f"{path}:{line}", line)
