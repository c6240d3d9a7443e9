"""What the options of a question have in common, word for word: the frame that each fills in its way."""

import re
from collections.abc import Sequence
from functools import lru_cache

from datagen.filters.english.replies import opened
from datagen.filters.english.tokens import STOP_WORDS, straight

_WORD = re.compile(r"[\w'-]+|[,:;]")
_PAPER = frozenset({"picture", "image", "photo"})


@lru_cache(maxsize=2**16)
def said_words(text: str) -> tuple[str, ...]:
    """The words of an option in lower case, without the reply it opens with."""
    words = _WORD.findall(straight(text).casefold())
    if opened(text).reply:
        parts = [place for place, word in enumerate(words) if word in {",", ":", ";"}]
        words = words[parts[0] + 1 :] if parts else words
        words = words[1:] if words[:1] in (["but"], ["because"]) else words
    return tuple(word for word in words if word not in {",", ":", ";"})


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
