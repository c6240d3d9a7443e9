"""What the options of a question have in common, word for word: the frame that each fills in its way."""

import re
from collections.abc import Sequence
from functools import lru_cache

from datagen.filters.english.replies import opened
from datagen.filters.english.tokens import STOP_WORDS, straight

_WORD = re.compile(r"[\w'-]+")
_LEAD_IN = re.compile(r"[^\s:\"]+(?: [^\s:\"]+){1,7}: +(?=.*\w)")
_PART = re.compile(r"[,;:] *")
_PAPER = frozenset({"picture", "image", "photo"})


@lru_cache(maxsize=2**16)
def after_reply(text: str) -> str:
    """An option without what leads in what it says, "No, but …" or "It is plain to see: …"; all of it without such."""
    rest = straight(text)
    if ": " in rest and (led_in := _LEAD_IN.match(rest)):
        return rest[led_in.end() :]
    while (part := _PART.search(rest)) and opened(rest).reply:
        rest = rest[part.end() :]
    return rest.removeprefix("but ")


@lru_cache(maxsize=2**16)
def said_words(text: str) -> tuple[str, ...]:
    """The words of an option in lower case, without the reply it opens with."""
    words = tuple(_WORD.findall(after_reply(text).casefold()))
    return words[1:] if words[:1] == ("because",) and opened(text).reply else words


def common_start(options: Sequence[tuple[str, ...]]) -> int:
    """How many words all options begin with alike."""
    if not options:
        return 0
    first, last = min(options), max(options)  # what these two share, all between them share
    for at, (word, other) in enumerate(zip(first, last, strict=False)):
        if word != other:
            return at
    return min(len(first), len(last))


def common_end(options: Sequence[tuple[str, ...]]) -> int:
    """How many words all options end with alike."""
    return common_start([words[::-1] for words in options])


def outside_frame(place: int, texts: Sequence[str]) -> bool:
    """Whether the others begin or end with two words alike, of which this one begins and ends with none."""
    own, others = _split(place, texts)
    start, end = common_start(others), common_end(others)
    if max(start, end) < 2 or not own:
        return False
    frame = others[0][:start] + others[0][len(others[0]) - end :]
    if all(word in STOP_WORDS and word not in _PAPER for word in frame):
        return False  # "it is …" is no frame of these options alone
    return (start < 2 or own[:2] != others[0][:2]) and (end < 2 or own[-1] != others[0][-1])


def _split(place: int, texts: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    words = [said_words(text) for text in texts]
    return words[place], words[:place] + words[place + 1 :]
