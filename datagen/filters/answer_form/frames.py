"""What the options of a question have in common, word for word: the frame that each fills in its way."""

import re
from collections.abc import Sequence
from functools import lru_cache

from datagen.filters.english.inflection import base_form, singular, third_person, verbs
from datagen.filters.english.replies import opened
from datagen.filters.english.tokens import STOP_WORDS, straight

_WORD = re.compile(r"[\w'-]+|[,:;]")
_PAPER = frozenset({"picture", "image", "photo"})
_NUMBERS = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "doesn't": "don't"}


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


def broken_number(texts: Sequence[str]) -> tuple[int, str] | None:
    """The option that leaves the number all others keep ("The sign say", not "says"), and its words."""
    options = [said_words(text) for text in texts]
    start = common_start(options)
    if len(options) < 3 or start == 0 or any(start >= len(words) for words in options):
        return None
    if options[0][start - 1] == "there":
        return None  # "there is a dog", "there are two"
    here = [words[start] for words in options]
    for place, word in enumerate(here):
        theirs = {*here[:place], *here[place + 1 :]}
        if len(theirs) == 1 and word not in theirs:
            (usual,) = theirs
            if _other_number(word, usual, options[place][start - 1]) or (
                singular(word) == singular(usual) and len({words[start + 1 : start + 2] for words in options}) == 1
            ):
                return place, f"{options[place][start - 1]} {word}"
    return None


def _other_number(word: str, usual: str, before: str) -> bool:
    if _NUMBERS.get(word) == usual or _NUMBERS.get(usual) == word:
        return True
    base = base_form(word)
    if base != base_form(usual) or base not in verbs() or before == "to":
        return False
    return {word, usual} == {base, third_person(base)}


def _split(place: int, texts: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    words = [said_words(text) for text in texts]
    return words[place], words[:place] + words[place + 1 :]
