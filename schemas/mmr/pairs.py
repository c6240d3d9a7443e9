"""Rows to pairs and back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from schemas.errors import InvalidPair
from schemas.identity import seeded
from schemas.mmr.pairing import RowPair, category_of, pair_by_id
from schemas.mmr.question_text import NoOptions, format_question
from schemas.mmr.rows import MmrRow
from schemas.pair import LETTERS, MAX_TEXT, Kind, Option, Pair, Provenance, Question
from schemas.taxonomy import is_category
from schemas.text import LONE_SURROGATE


@dataclass(frozen=True)
class RowFault:
    """A row that cannot become half of a pair, and why.

    ``reason`` is ``invalid-pair`` for what is wrong with the file; any other names a half that is sound and has
    no partner.
    """

    row: int
    id: str
    what: str
    reason: str = "invalid-pair"


@dataclass(frozen=True)
class PairsRead:
    """The pairs that rows hold, and the rows left over."""

    pairs: tuple[Pair, ...]
    faults: tuple[RowFault, ...]


def rows_to_pairs(
    rows: Sequence[MmrRow],
    *,
    image_ref: Callable[[str], str],
    generator: str = "import",
    source: str | None = None,
) -> PairsRead:
    """Turn rows into pairs, two rows of one id each; never raises for what rows hold.

    Options stand in the order of their letters. A pair whose rows both say ``premise: true`` is of the
    kind ``true-premise``, every other one ``false-premise``.

    Args:
        rows: As read, in any order.
        image_ref: From the image named in a row to its reference.
        generator: Named in the provenance.
        source: The file, for the provenance; the row is added to it.
    """
    whole, orphans = pair_by_id(rows)
    pairs: list[Pair] = []
    faults = [RowFault(row.row, row.id, orphan.what) for orphan in orphans for row in orphan.rows]
    for rowpair in whole:
        found = [fault for row in (rowpair.positive, rowpair.negative) for fault in _row_faults(row)]
        if found:
            faults += found
            continue
        try:
            pairs.append(_pair(rowpair, image_ref, generator, source))
        except ValidationError as error:
            faults.append(RowFault(rowpair.positive.row, rowpair.positive.id, first_fault(error)))
    return PairsRead(tuple(pairs), tuple(sorted(faults, key=lambda fault: fault.row)))


def pairs_to_rows(pairs: Iterable[Pair], *, image_name: Callable[[str], str], seed: int | None = None) -> list[MmrRow]:
    """Turn pairs into rows: two adjacent ones a pair, with the id ``<category>/<pair id>``.

    Args:
        pairs: In the order to write them in.
        image_name: From an image reference to the name to write, such as ``images/3f2a….jpg``.
        seed: Chooses which half of a pair stands first; without one it is the positive.

    Raises:
        InvalidPair: A question that could not be read back from one text, or an open one.
    """
    rows: list[MmrRow] = []
    for pair in pairs:
        halves = [("POS", pair.positive), ("NEG", pair.negative)]
        if seed is not None and seeded(seed, "first half", pair.pair_id) % 2:
            halves.reverse()
        for question_type, half in halves:
            rows.append(_row(pair, question_type, half, image_name(half.image), len(rows) + 1))
    return rows


def content_faults(row: MmrRow) -> list[str]:
    """What in a row's question, image and gold letter keeps it from being half of a pair."""
    if row.parsed is None:
        return [f"the question cannot be split: {row.unparsed_because}"]
    texts = {"the question": row.parsed.stem, "the image": row.image}
    texts |= {f"option {letter}": text for letter, text in sorted(row.parsed.by_letter.items())}
    found = [f"{name} is empty" for name, text in texts.items() if not text.strip()]
    found += [f"{name} is longer than {MAX_TEXT} characters" for name, text in texts.items() if len(text) > MAX_TEXT]
    if row.gold not in row.parsed.by_letter:
        letters = ", ".join(sorted(row.parsed.by_letter))
        found.append(f"the gold letter {row.ground_truth!r} is not one of {letters}")
    return found


def _row_faults(row: MmrRow) -> list[RowFault]:
    found = content_faults(row)
    if not is_category(category_of(row.id)):
        found = ["the id does not begin with a category, level/name", *found]
    texts = {"the id": row.id, "the question": row.question, "the image": row.image}
    found += [f"{name} holds half a character (a lone surrogate)" for name, text in texts.items() if _is_cut(text)]
    return [RowFault(row.row, row.id, what) for what in found]


def _is_cut(text: str) -> bool:
    return LONE_SURROGATE.search(text) is not None


def _pair(rowpair: RowPair, image_ref: Callable[[str], str], generator: str, source: str | None) -> Pair:
    rows = (rowpair.positive, rowpair.negative)
    kind: Kind = "true-premise" if all(row.premise == "true" for row in rows) else "false-premise"
    return Pair(
        kind=kind,
        category=rowpair.category,
        positive=_question(rowpair.positive, image_ref),
        negative=_question(rowpair.negative, image_ref),
        provenance=Provenance(
            generator=generator,
            source=f"{source}:{min(row.row for row in rows)}" if source is not None else None,
            source_id=rowpair.positive.id,
        ),
    )


def _question(row: MmrRow, image_ref: Callable[[str], str]) -> Question:
    if row.parsed is None:
        raise ValueError("a row without options was let through")
    options = tuple(Option(text=text) for text in row.parsed.options)
    return Question(
        text=row.parsed.stem,
        image=image_ref(row.image),
        options=options,
        answer=LETTERS.index(row.gold),
        order=tuple(range(len(options))),
    )


def _row(pair: Pair, question_type: str, half: Question, image: str, place: int) -> MmrRow:
    if half.open:
        where = f"pair {pair.pair_id}, {question_type}"
        raise InvalidPair("an open question, without options to letter", where=where, fix="Leave the pair out.")
    try:
        text = format_question(half.text, half.shown)
    except NoOptions as error:
        where = f"pair {pair.pair_id}, {question_type}"
        raise InvalidPair(str(error), where=where, fix="Drop the pair, or write its options otherwise.") from error
    return MmrRow(
        id=f"{pair.category}/{pair.pair_id}",
        image=image,
        question=text,
        ground_truth=half.letter,
        question_type=question_type,
        row=place,
        premise="true" if pair.kind == "true-premise" else None,
    )


def first_fault(error: ValidationError) -> str:
    """The first thing that keeps values from being a record, with its key."""
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg'].removeprefix('Value error, ')}"
