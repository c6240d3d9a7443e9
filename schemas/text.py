"""Untrusted text: made plain before it is shown, normalised before it is compared."""

import re
import unicodedata
from functools import lru_cache

# Control characters, bidirectional overrides and line separators: none may reach a terminal raw.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: JSON can hold it (``"\\ud800"``), UTF-8 cannot, so it could never be written."""


def plain(text: str, *, limit: int = 200) -> str:
    """Text that is safe to print on one line: control characters escaped, length bounded.

    Args:
        text: Any string, trusted or not.
        limit: Characters kept; a longer text ends in ``…``.
    """
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return _UNSAFE.sub(lambda found: _escape(found.group()), cut)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def nfc(text: str) -> str:
    """NFC-normalised text with runs of white space as one space, stripped."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=2**16)
def folded(text: str) -> str:
    """Text as compared for equality of content: NFKC, case, punctuation and articles folded away.

    Digits, letters and signs such as ``-`` between digits stay, so ``A.`` and ``a`` are equal but
    ``3`` and ``-3`` are not.
    """
    kept = unicodedata.normalize("NFKC", text).casefold()
    kept = re.sub(r"(?<!\d)[^\w\s-]|[^\w\s.,:/-]", " ", kept)
    words = re.findall(r"-?\d[\w.,:/]*|\w+", kept)
    return " ".join(word.rstrip(".,:/") for word in words if word not in {"a", "an", "the"})
