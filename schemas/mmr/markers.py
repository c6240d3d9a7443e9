"""Places in a question's text where an option may begin, each with what it would cost to believe it.

``A. `` at the start of a line is free. Whatever is less usual costs more: a marker inside a line, one
without its dot, one right after a word. :mod:`schemas.mmr.question_text` then looks for the cheapest
set of markers.
"""

import re
from typing import Literal, NamedTuple

Layout = Literal["line", "inline"]

# Full-width forms and the Cyrillic and Greek look-alikes, one character each, so that places stay.
_AS_ASCII = str.maketrans("ＡＢＣＤＥＦＧＨａｂｃｄｅｆｇｈ．：（）［］，АВСЕНΑΒΕΗ", "ABCDEFGHabcdefgh.:()[],ABCEHABEH")
_MARKER = re.compile(
    r"""
    (?P<before> ^[^\S\n]* | (?<=[^\w.'"’-]) | (?<=[.。]) )      # a line's start, or no word before it
    (?:
        (?P<open>[(\[]) (?P<wrapped>[A-Ha-h]) [)\]] [.:、]?       # (A)  [A]  (A).
      | (?P<marked>[A-Ha-h]) [^\S\n]? (?P<mark>[.:)、])          # A.  A:  A)  A、  A .
      | (?P<bare>[A-H]) (?: , | (?=\s) | (?=[A-Z][a-z]) )         # A text  A,text  AText
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_INITIALS = re.compile(r"[A-Za-z]\.(?![A-Za-z]{2})")
_SENTENCE_END = ".?!:;,。？！：；，、)]\"'”’"
MAX_MARKERS = 60


class Marker(NamedTuple):
    """A possible start of an option.

    ``start`` and ``end`` bound the marker itself; ``cost`` is for taking it as one, ``skip`` for
    leaving it as plain text, ``unclaimed`` for leaving it where no option has its letter although it
    looks like the others.
    """

    letter: str
    start: int
    end: int
    layout: Layout
    style: str
    cost: float
    skip: float
    unclaimed: float


def find_markers(text: str) -> list[Marker]:
    """All markers of a text in reading order, the most usual ``MAX_MARKERS`` where there are more."""
    ascii_text = text.translate(_AS_ASCII)
    close = len(ascii_text.rstrip())
    found = [_marker(ascii_text, match, close) for match in _MARKER.finditer(ascii_text)]
    if len(found) > MAX_MARKERS:
        usual = sorted(found, key=lambda marker: (marker.cost, marker.start))[:MAX_MARKERS]
        found = sorted(usual, key=lambda marker: marker.start)
    return found


def _marker(text: str, match: re.Match[str], close: int) -> Marker:
    letter = match["wrapped"] or match["marked"] or match["bare"]
    start, end = match.end("before"), match.end()
    before = _visible_before(text, start)
    layout: Layout = "line" if before in ("", "\n") else "inline"
    after_word = layout == "inline" and before not in _SENTENCE_END
    glued = bool(match["bare"]) and text[end - 1] != "," and text[end : end + 1].isalpha()
    initials = not match["bare"] and not match["wrapped"] and bool(_INITIALS.match(text, end))
    doubtful = initials or bool(match["bare"])

    cost = 0.5 * after_word + 2.0 * initials + 2.0 * glued + 2.0 * (glued and layout == "inline")
    if layout == "inline" and text[start - 1] in ".。":
        cost += 1.5
    if match["bare"]:
        cost += 3.0 if layout == "line" else 5.0
    skip = 0.0 if doubtful else 6.0 if layout == "line" else 1.0
    at_end = layout == "inline" and end >= close
    unclaimed = 0.0 if at_end or initials or glued else 3.5 if after_word and not match["bare"] else 12.0
    style = "wrapped" if match["wrapped"] else match["mark"] or "none"
    return Marker(letter.upper(), start, end, layout, style + " small" * letter.islower(), cost, skip, unclaimed)


def _visible_before(text: str, place: int) -> str:
    while place > 0 and text[place - 1].isspace() and text[place - 1] != "\n":
        place -= 1
    return text[place - 1 : place]
