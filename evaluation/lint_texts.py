"""Faults of single texts: nothing in them, signs that do not show, options that say the same."""

import re
from collections.abc import Mapping

from schemas.text import folded, nfc

# Control characters other than white space, bidirectional controls, half surrogate pairs, invisible
# signs. The joiners U+200C and U+200D stay: some scripts need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def hidden_characters(texts: Mapping[str, str]) -> list[str]:
    """One fault for each named text that holds characters which do not show or turn the text around."""
    found = []
    for name, text in texts.items():
        signs = sorted({f"U+{ord(sign):04X}" for sign in _HIDDEN.findall(text)})
        if signs:
            found.append(f"{name} holds control characters ({', '.join(signs[:5])})")
    return found


def empty_texts(texts: Mapping[str, str]) -> list[str]:
    """One fault for each named text that is empty or white space."""
    return [f"{name} is empty" for name, text in texts.items() if not text.strip()]


def equal_options(options: Mapping[str, str]) -> list[str]:
    """One fault for each option that says the same as an earlier one, case and punctuation aside."""
    first: dict[str, str] = {}
    found = []
    for letter, text in options.items():
        key = folded(text) or nfc(text)
        if key in first:
            found.append(f"options {first[key]} and {letter} are equal")
        elif key:
            first[key] = letter
    return found
