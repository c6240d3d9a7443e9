"""The options of a question and which of them is right: listed, in columns, or in the question's text."""

import json
import re
from collections.abc import Mapping, Sequence

from evaluation.benchmarks.cells import Cells
from schemas.mmr import split_question
from schemas.mmr.question_text import NoOptions
from schemas.pair import LETTERS
from schemas.text import plain

LISTS = ("options", "choices", "multiple_choices", "candidates")
PLACES = ("correct_choice_idx", "answer_index", "correct_index")  # from 0
_ASKED = re.compile(r"\n\s*(?:please )?answer with the option'?s? letter[^\n]*\s*\Z", re.IGNORECASE)
_BEFORE = r"\s*[(\[]?{letter}[)\].:]\s*(?=\S)"  # "A. a dog" in a list of options


def listed_options(cells: Cells) -> dict[str, str]:
    """Options in a list, an object by letter, or columns A, B, C…; nothing where the row has none of these.

    Raises:
        InvalidRecord: They are not 2-8, not texts, or lettered otherwise than from A on.
    """
    given = cells.found(*LISTS)
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise cells.fault(f"its options are not JSON ({plain(given, limit=40)})") from error
    if given is None:
        given = {letter: cells.values[letter.lower()] for letter in LETTERS if cells.values.get(letter.lower())}
        if len(given) < 2:
            return {}
    if isinstance(given, Mapping):
        named = {str(key).strip().upper(): one for key, one in given.items() if one is not None}
        if sorted(named) != list(LETTERS[: len(named)]):
            raise cells.fault(f"its options are lettered {plain(', '.join(named), limit=60)}, not from A on")
        texts = [_text(cells, named[letter]) for letter in sorted(named)]
    elif isinstance(given, list):
        texts = [_text(cells, one) for one in given]
    else:
        raise cells.fault("its options are no list")
    if not 2 <= len(texts) <= len(LETTERS):
        raise cells.fault(f"it has {len(texts)} options, not 2-{len(LETTERS)}")
    return dict(zip(LETTERS, _bare(texts), strict=False))


def options_within(question: str, answer: str) -> tuple[str, dict[str, str]] | None:
    """A question's stem and the options in its text, where the answer is a letter of one; else None."""
    letter = bare_letter(answer)
    if letter is None:
        return None
    try:
        found = split_question(_ASKED.sub("", question))
    except NoOptions:
        return None
    return (found.stem, found.by_letter) if letter in found.by_letter and found.stem else None


def right_letter(cells: Cells, options: Mapping[str, str], answer: object) -> str:
    """The letter of the right option, which is given as letter, text, or (in ``PLACES``) place from 0.

    Raises:
        InvalidRecord: It is none of the options, or may be meant for two.
    """
    place = cells.found(*PLACES)
    if place is not None:
        if isinstance(place, str) and place.strip().isdigit():
            place = int(place)
        if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < len(options):
            raise cells.fault(f"the right option's place is {plain(str(place), limit=40)}, of {len(options)}")
        return list(options)[place]
    said = _text(cells, answer)
    meant = {letter for letter, text in options.items() if _same(text, said)}
    letter = bare_letter(said)
    if letter in options:
        meant.add(letter or "")
    if len(meant) == 1:
        return meant.pop()
    what = "is none of its options" if not meant else f"may be {' or '.join(sorted(meant))}"
    raise cells.fault(f"the answer {plain(said, limit=40)!r} {what}")


def bare_letter(said: str) -> str | None:
    """The letter that an answer consists of: "B", "(b)", "B."; else None."""
    found = re.fullmatch(r"\s*[(\[]?([A-Ha-h])[)\].:]?\s*", said)
    return found[1].upper() if found is not None else None


def _bare(texts: Sequence[str]) -> list[str]:
    """Texts without their letters, where each begins with its own."""
    marks = [re.match(_BEFORE.format(letter=letter), text) for letter, text in zip(LETTERS, texts, strict=False)]
    found = [text[mark.end() :] for text, mark in zip(texts, marks, strict=True) if mark is not None]
    return found if len(found) == len(texts) else list(texts)


def _text(cells: Cells, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
        raise cells.fault("an option or the answer is no text")
    return str(value).strip()


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
