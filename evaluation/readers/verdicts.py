"""A verdict on each option in turn: a table, a list of ticks and crosses, "Left? No. Right? Yes."."""

import json
import re
from collections.abc import Iterator, Mapping

from evaluation.readers.by_meaning import option_meant

_RIGHT = r"true|correct|right|yes|yep|valid|accurate|matches|match|fits|✓|✔|✅|☑|√"
_WRONG = (
    r"false|incorrect|wrong|no|nope|invalid|inaccurate|not (?:true|correct|right|accurate|visible|a match)|"
    r"doesn't (?:match|fit)|does not (?:match|fit)|✗|✘|❌|✖|×"
)
_VERDICT = re.compile(
    rf"(?:is |are |it's |it is |- |= |: ?|\()*(?:(?P<wrong>{_WRONG})|(?P<right>{_RIGHT}))(?!\w)", re.I
)
_LETTERS = re.compile(
    r"\W{0,4}(?:(?:option|choice|answer|statement)s? )?\(?([A-Z])\)?"
    r"((?:(?:, | and |, and | & |/)\(?[A-Z]\)?)*)(?![\w'])"
)
_PIECE = re.compile(
    r"\n|;|,(?=\s*(?:and\s+)?\(?[A-Z]\)?\s?(?:[-–:=(]|is |are |and ))|(?<=[.!])\s+(?=\(?[A-Z]\)?[ .:)-])"
)
_ASKED = re.compile(r"([^.?!\n]{1,200})\?\s*[-–—:]?\s*(yes|no|✓|✗|✅|❌)(?!\w)[.!,;]?", re.IGNORECASE)


def verdict(text: str, tables: str, options: Mapping[str, str]) -> tuple[bool, str | None]:
    """Whether a reply goes through the options giving verdicts, and the one option found right.

    Args:
        text: The cleaned reply.
        tables: The same with its table bars; empty where there are none.
        options: Letter to text.

    Returns:
        ``(False, None)`` where the reply is of another kind; ``(True, None)`` where it is of this kind and
        no option, or more than one, is found right, or options are left without a verdict while none is.
    """
    found = (
        _of_json(text, options)
        or _of_table(tables, options)
        or _of_list(text, options)
        or dict(_of_questions(text, options))
    )
    if len(found) < 2 or len(found) < len(options) - 1:
        return False, None
    right = [letter for letter, holds in found.items() if holds]
    return True, right[0] if len(right) == 1 else None


def _of_json(text: str, options: Mapping[str, str]) -> dict[str, bool]:
    """``{"A": false, "B": true}``."""
    bare = re.sub(r"```[a-zA-Z]*", "", text).strip()
    if bare[:1] != "{":
        return {}
    try:
        value = json.loads(bare)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(value, dict) or set(value) - set(options):
        return {}
    said = {key: _holds(one) for key, one in value.items()}
    return {key: holds for key, holds in said.items() if holds is not None} if None not in said.values() else {}


def _holds(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    found = _VERDICT.fullmatch(value.strip()) if isinstance(value, str) else None
    return None if found is None else found["right"] is not None


def _of_table(text: str, options: Mapping[str, str]) -> dict[str, bool]:
    """Rows ``| A | … | Yes |``: the verdict is the one cell that is nothing else."""
    found: dict[str, bool] = {}
    for line in text.split("\n"):
        cells = [cell.strip(" *`\t") for cell in line.strip().strip("|").split("|")]
        letter = re.fullmatch(r"(?:option )?\(?([A-Z])\)?[.:]?", cells[0], re.IGNORECASE)
        if "|" not in line or letter is None or letter[1].upper() not in options:
            continue
        said = [match["right"] is not None for cell in cells[1:] if (match := _VERDICT.fullmatch(cell)) is not None]
        if len(said) == 1:
            found[letter[1].upper()] = said[0]
    return found


def _of_list(text: str, options: Mapping[str, str]) -> dict[str, bool]:
    """Pieces such as "A - false, B - true", where every piece is of this kind and every option has its verdict."""
    found: dict[str, bool] = {}
    for piece in _PIECE.split(text):
        letters = _LETTERS.match(piece)
        said = _VERDICT.match(piece[letters.end() :].lstrip(" ")) if letters is not None else None
        if letters is None or said is None:
            return {}
        named = [letters[1], *re.findall(r"[A-Z]", letters[2])]
        if set(named) - set(options) or set(named) & set(found):
            return {}
        found |= dict.fromkeys(named, said["right"] is not None)
    return found if len(found) == len(options) else {}


def _of_questions(text: str, options: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Questions and their answers, as in "Left? No. Right? Yes."."""
    if "?" not in text:
        return
    for asked in _ASKED.finditer(text):
        lone = re.fullmatch(r"\W*(?:option )?\(?([A-Z])\)?\W*", asked[1])
        letter = lone[1] if lone is not None else option_meant(asked[1], options)
        if letter is not None and letter in options:
            yield letter, asked[2].lower() in ("yes", "✓", "✅")
