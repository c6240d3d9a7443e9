"""What is wrong with a file of pairs: records as JSON rows, or a ``pairs`` table as Parquet."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from evaluation.lint import Fault
from evaluation.lint_texts import empty_texts, equal_options, hidden_characters
from schemas.errors import BadRunFolder, UnreadableFile
from schemas.mmr import JsonRow
from schemas.pair import LETTERS, Pair, Question
from schemas.tables import read_table
from schemas.taxonomy import UNSORTED, Taxonomy
from schemas.text import nfc

_MOST_REASONS = 5


def is_parquet(path: Path) -> bool:
    """Whether a file begins as Parquet files do; False for one that is not there, or no ordinary file."""
    if not path.is_file():
        return False  # reading a pipe would wait for ever
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def parquet_pairs(path: Path) -> list[JsonRow]:
    """The rows of a ``pairs`` table, as they stand.

    Raises:
        UnreadableFile: It is damaged, of another table, or of another version.
    """
    try:
        table = read_table(path, "pairs")
    except BadRunFolder as error:
        raise UnreadableFile(error.what, where=str(path), fix="Give a pairs.parquet that leadproof wrote.") from error
    return [JsonRow(place, value) for place, value in enumerate(table.to_pylist(), 1)]


def lint_pair_values(path: Path, rows: Iterable[JsonRow], taxonomy: Taxonomy) -> list[Fault]:
    """The faults of pairs, in the order of rows."""
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row in rows:
        given = row.value.get("pair_id") if isinstance(row.value, Mapping) else None
        known = given if isinstance(given, str) else ""
        pair = _pair(row.value)
        if isinstance(pair, Pair):
            reasons = _reasons(pair, taxonomy)
            if known and known != pair.pair_id:
                reasons.append(f"its content is of pair {pair.pair_id}: it was changed after its id was given")
            known = known or pair.pair_id
            if pair.pair_id in seen:
                reasons.append(f"the same pair stands in row {seen[pair.pair_id]} already")
            seen.setdefault(pair.pair_id, row.row)
        else:
            reasons = pair
        faults += [Fault(str(path), row.row, known, reason, row.is_line) for reason in reasons]
    return faults


def _pair(value: object) -> Pair | list[str]:
    """The value as a pair, or why it is none."""
    if not isinstance(value, Mapping):
        return ["is not a pair: not an object"]
    try:
        return Pair.model_validate({key: part for key, part in value.items() if key != "pair_id"})
    except ValidationError as error:
        found = error.errors()
        reasons = [
            f"{'.'.join(str(part) for part in one['loc']) or 'pair'}: {one['msg'].removeprefix('Value error, ')}"
            for one in found[:_MOST_REASONS]
        ]
        return reasons if len(found) <= _MOST_REASONS else [*reasons, f"and {len(found) - _MOST_REASONS} more"]


def _reasons(pair: Pair, taxonomy: Taxonomy) -> list[str]:
    found = []
    if pair.category not in (*taxonomy.categories, UNSORTED):
        found.append(f"its category is not in the taxonomy: {pair.category!r}")
    for name, half in (("positive", pair.positive), ("negative", pair.negative)):
        found += _half_reasons(name, half)
    if pair.positive.open != pair.negative.open:
        found.append("one of its halves is open (a single option, the answer), the other has options to choose from")
    if pair.kind != "contrast" and pair.positive.image != pair.negative.image:
        found.append("its two halves are of different images")
    asked = [(half.image, nfc(half.text), nfc(half.right)) for half in pair.halves]
    if asked[0] == asked[1]:
        found.append("its two halves ask the same question with the same answer")
    return found


def _half_reasons(name: str, half: Question) -> list[str]:
    options = dict(zip(LETTERS, half.shown, strict=False))
    texts = {f"{name} question": half.text, f"{name} image": half.image}
    texts |= {f"{name} option {letter}": text for letter, text in options.items()}
    return empty_texts(texts) + hidden_characters(texts) + [f"{name} {fault}" for fault in equal_options(options)]
