"""Times of day in words: "ten minutes to two" is 1:50, "half past ten" 10:30."""

import re

from evaluation.readers.lexicon import is_number, name_of

_HOUR = r"(?P<hour>[a-z]+|\d{1,2})"
_MINUTES = r"(?P<minutes>[a-z]+(?:-[a-z]+)?|\d{1,2})"
_PAST_OR_TO = re.compile(
    rf"\b(?:a )?{_MINUTES}(?: minutes?)? (?P<way>past|after|to|before|till) {_HOUR}\b(?!:)(?: o'?clock)?", re.IGNORECASE
)
_FULL = re.compile(rf"\b{_HOUR} o'?clock\b", re.IGNORECASE)
_PARTS = {"half": 30, "quarter": 15}


def with_times(text: str) -> str:
    """A text with its times of day as digits. Nothing else changes: "two to three people" stays as it is."""
    if not re.search(r"\b(?:past|to|after|before|till)\b|clock\b", text, re.IGNORECASE):
        return text
    text = _PAST_OR_TO.sub(_time, text)
    return _FULL.sub(lambda found: _digits(found[0], _number(found["hour"]), 0), text)


def _time(found: re.Match[str]) -> str:
    hour = _number(found["hour"])
    minutes = _PARTS.get(found["minutes"].lower(), _number(found["minutes"]))
    plain = found["minutes"].lower() in _PARTS or "minute" in found[0].lower() or found["way"].lower() == "past"
    if not plain or hour is None or minutes is None or not 0 < minutes < 60:
        return found[0]
    if found["way"].lower() in ("past", "after"):
        return _digits(found[0], hour, minutes)
    return _digits(found[0], (hour - 2) % 12 + 1, 60 - minutes)


def _digits(said: str, hour: int | None, minutes: int) -> str:
    return f"{hour}:{minutes:02}" if hour is not None and 0 < hour <= 12 else said


def _number(word: str) -> int | None:
    name = name_of(word.lower())
    return int(name) if is_number(name) and name.isdigit() else None
