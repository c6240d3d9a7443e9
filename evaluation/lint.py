"""What is wrong with a benchmark file or a file of pairs, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from evaluation.lint_texts import equal_options, hidden_characters
from schemas.errors import UnreadableFile
from schemas.mmr import JsonRow, MmrRow, RowPair, category_of, content_faults, pair_by_id, place_in, read_json_rows
from schemas.mmr.rows import shape_faults, to_row
from schemas.taxonomy import DEFAULT_TAXONOMY, Taxonomy
from schemas.text import nfc, plain

_ROW_KEYS = frozenset({"question", "ground_truth"})  # what only a benchmark's rows hold


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``row`` is a place in the file, or a line where ``is_line``, from 1."""

    file: str
    row: int
    id: str
    what: str
    is_line: bool = False

    def __str__(self) -> str:
        """``file (row 3, id …): what``, or ``file:3 (id …): what`` for a line; safe to print."""
        where = place_in(self.file, self.row, is_line=self.is_line, known=self.id)
        return plain(f"{where}: {self.what}", limit=1_000)


def lint(path: Path, *, taxonomy: Taxonomy = DEFAULT_TAXONOMY) -> list[Fault]:
    """Find what is wrong with a file: rows of MMR's shape, pairs as JSONL, or ``pairs.parquet``.

    Returns:
        Faults in the order of rows; empty for a sound file.

    Raises:
        BadInput: The file cannot be read at all.
    """
    from evaluation.lint_pairs import is_parquet, lint_pair_values, parquet_pairs

    if is_parquet(path):
        return lint_pair_values(path, parquet_pairs(path), taxonomy)
    rows = read_json_rows(path)
    if not rows:
        raise UnreadableFile("holds no rows", where=str(path), fix="Give a file with at least one pair.")
    first = rows[0].value
    if isinstance(first, Mapping) and {"positive", "negative"} <= first.keys():
        return lint_pair_values(path, rows, taxonomy)
    if not any(isinstance(one.value, Mapping) and _ROW_KEYS & one.value.keys() for one in rows):
        held = ", ".join(list(first)[:5]) if isinstance(first, Mapping) else type(first).__name__
        fix = "Give a benchmark (id, image, question, ground_truth, question_type) or pairs."
        raise UnreadableFile(f"not a benchmark and not pairs (its first row holds: {held})", where=str(path), fix=fix)
    return _lint_rows(path, rows, taxonomy)


def _lint_rows(path: Path, found: Sequence[JsonRow], taxonomy: Taxonomy) -> list[Fault]:
    faults: list[Fault] = []
    rows: list[MmrRow] = []
    for one in found:
        misshapen = shape_faults(one.value)
        given = one.value.get("id") if isinstance(one.value, Mapping) else None
        known = given if isinstance(given, str) else ""
        faults += [Fault(str(path), one.row, known, what) for what in misshapen]
        if not misshapen:
            rows.append(to_row(path, one))
    for row in rows:
        faults += [Fault(str(path), row.row, row.id, what) for what in _row_faults(row, taxonomy)]
    faults += _pair_faults(path, rows)
    return sorted((replace(fault, is_line=found[0].is_line) for fault in faults), key=lambda fault: fault.row)


def _row_faults(row: MmrRow, taxonomy: Taxonomy) -> list[str]:
    found = []
    if category_of(row.id) not in taxonomy.categories:
        found.append(f"the id does not begin with a category of the taxonomy: {category_of(row.id)!r}")
    if row.question_type not in ("POS", "NEG"):
        found.append(f"question_type is {row.question_type!r}, not POS or NEG")
    found += content_faults(row)
    image = PurePosixPath(row.image)
    if image.is_absolute() or ".." in image.parts:
        found.append("the image lies outside the image folder")
    if row.parsed is not None:
        found += equal_options(dict(sorted(row.parsed.by_letter.items())))
    return found + hidden_characters({"the id": row.id, "the image": row.image, "the question": row.question})


def _pair_faults(path: Path, rows: Sequence[MmrRow]) -> list[Fault]:
    whole, orphans = pair_by_id(rows)
    faults = [Fault(str(path), orphan.rows[0].row, orphan.rows[0].id, orphan.what) for orphan in orphans]
    seen: dict[str, int] = {}
    for pair in whole:
        first = min(pair.positive.row, pair.negative.row)
        found = _between(pair)
        if pair.positive.id in seen:
            found.append(f"the id stands for another pair in row {seen[pair.positive.id]} already")
        seen.setdefault(pair.positive.id, first)
        faults += [Fault(str(path), first, pair.positive.id, what) for what in found]
    return faults


def _between(pair: RowPair) -> list[str]:
    positive, negative = pair.positive, pair.negative
    found = []
    if positive.image != negative.image:
        found.append(f"its two halves are of different images, {positive.image} and {negative.image}")
    if _asked(positive) == _asked(negative):
        found.append("its two halves ask the same question with the same answer")
    return found


def _asked(row: MmrRow) -> tuple[str, str]:
    """What a row asks and what is right, whatever the letters; the texts as they stand where unreadable."""
    if row.parsed is None:
        return nfc(row.question), row.gold
    return nfc(row.parsed.stem), nfc(row.parsed.by_letter.get(row.gold, row.gold))
