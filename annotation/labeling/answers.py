"""Reading an annotation: what its author said, or why that is no verdict. Whatever it holds, it is only read."""

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.verdict import FAULTS, JUDGEMENTS, MAX_COMMENT, NONE, Fix, FixedHalf, Mode, Shown, ShownHalf
from schemas.pair import LETTERS, MAX_TEXT
from schemas.taxonomy import is_category
from schemas.text import LONE_SURROGATE, nfc


class NoVerdict(Exception):
    """An annotation that is none: half-filled, or not what the page can have made. Says why, in a few words."""


def answers_in(result: object, *, mode: Mode, shown: Shown) -> dict[str, Any]:
    """The fields of a :class:`.Verdict` that an annotation's ``result`` fills.

    Args:
        result: Label Studio's list of regions, from outside: anything.
        mode: Of the page that made it.
        shown: What its author saw.

    Raises:
        NoVerdict: It is half-filled, or the page cannot have made it.
    """
    said = _fields(result)
    if mode == "blind":
        found = {name: _letter(said, name, getattr(shown, name)) for name in ("positive", "negative")}
        return {**found, "comment": _comment(said)}
    judgement = _one(said, "verdict")
    if judgement is None:
        raise NoVerdict("half-filled: it says neither accept, fix, reject nor unsure")
    if judgement not in JUDGEMENTS:
        raise NoVerdict(f"the page offers no judgement {judgement[:40]!r}")
    faults = _faults(said, judgement)
    fix = _fix(said, shown) if judgement == "fix" else None
    return {"judgement": judgement, "faults": faults, "fix": fix, "comment": _comment(said)}


def _fields(result: object) -> dict[str, list[str]]:
    """What each control of the page says."""
    if not isinstance(result, list):
        raise NoVerdict("its result is no list")
    said: dict[str, list[str]] = {}
    for region in result:
        name, value = (region.get("from_name"), region.get("value")) if isinstance(region, Mapping) else (None, None)
        if not isinstance(name, str) or not isinstance(value, Mapping):
            raise NoVerdict("a region of its result has no name or value")
        texts = value.get("choices", value.get("text"))
        texts = [texts] if isinstance(texts, str) else texts
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise NoVerdict(f"what it says under {name[:40]!r} is neither choice nor text")
        if name in said:
            raise NoVerdict(f"it says {name[:40]!r} twice")
        said[name] = texts
    return said


def _one(said: Mapping[str, Sequence[str]], name: str) -> str | None:
    texts = said.get(name, [])
    if len(texts) > 1:
        raise NoVerdict(f"several answers under {name!r}, where the page takes one")
    return texts[0] if texts else None


def _letter(said: Mapping[str, Sequence[str]], name: str, shown: ShownHalf) -> str:
    letter = _one(said, name)
    if letter is None:
        raise NoVerdict(f"half-filled: the {name} question is not answered")
    if letter != NONE:
        _check_letter(letter, name, shown)
    return letter


def _check_letter(letter: str, name: str, shown: ShownHalf) -> None:
    if letter not in tuple(LETTERS[: len(shown.options)]):  # within the string, "AB" and "" would be found too
        raise NoVerdict(f"the {name} question has no option {letter[:40]!r}")


def _faults(said: Mapping[str, Sequence[str]], judgement: str) -> tuple[str, ...]:
    faults = said.get("faults", [])
    unknown = [one for one in faults if one not in FAULTS]
    if unknown:
        raise NoVerdict(f"the page offers no fault {unknown[0][:40]!r}")
    if judgement == "reject" and not faults:
        raise NoVerdict("half-filled: it rejects and names no fault")
    if judgement != "reject" and faults:
        raise NoVerdict(f"it says {judgement} and names a fault")
    return tuple(one for one in FAULTS if one in faults)


def _comment(said: Mapping[str, Sequence[str]]) -> str:
    text = nfc(" ".join(said.get("comment", [])))[:MAX_COMMENT]
    return LONE_SURROGATE.sub("\ufffd", text)  # half a character of a comment takes no verdict away


def _fix(said: Mapping[str, Sequence[str]], shown: Shown) -> Fix:
    category = _one(said, "category_fix")
    if category is not None and not is_category(category):
        raise NoVerdict(f"no category {category[:40]!r}")
    fix = Fix(
        positive=_fixed_half(said, "positive", shown.positive),
        negative=_fixed_half(said, "negative", shown.negative),
        category=category if category != shown.category else None,
    )
    if not fix.changes:
        raise NoVerdict("half-filled: it says fix and changes nothing")
    return fix


def _fixed_half(said: Mapping[str, Sequence[str]], name: str, shown: ShownHalf) -> FixedHalf:
    """What differs from what was shown: fields that were left alone come back as they were."""
    question = _one(said, f"{name}_question_fix")
    question = None if question is None or nfc(question) == shown.question else nfc(question)
    if question is not None and not 0 < len(question) <= MAX_TEXT:
        raise NoVerdict(f"its {name} question is empty or longer than {MAX_TEXT:,} characters")
    options = _fixed_options(_one(said, f"{name}_options_fix"), shown)
    if len(options) != len(shown.options):
        raise NoVerdict(f"{len(options)} options for the {name} question, where {len(shown.options)} were shown")
    if any(len(text) > MAX_TEXT for text in options):
        raise NoVerdict(f"an option of the {name} question is longer than {MAX_TEXT:,} characters")
    letter = _one(said, f"{name}_key_fix")
    if letter is not None:
        _check_letter(letter, name, shown)
    return FixedHalf(question=question, options=options if options != shown.options else None, letter=letter)


def _fixed_options(text: str | None, shown: ShownHalf) -> tuple[str, ...]:
    """Options one a line; blank lines count only where they stand for blank options that were shown."""
    lines = shown.options if text is None else tuple(nfc(line) for line in text.splitlines())
    return lines if lines == shown.options else tuple(filter(None, lines))
