"""Roles of words around an answer, read from ``words.toml``."""

import re
import tomllib
import unicodedata
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from evaluation.readers.spelling import one_slip


class Role(Enum):
    """The part a word plays in a statement about options; ``words.toml`` says which words play it."""

    __hash__ = object.__hash__  # each is one object; Enum's own is written in Python and asked for millions of times

    ANSWER = "answer"
    OPTION = "option"
    IS = "is"
    CHOOSE = "choose"
    OPINE = "think"
    RIGHT = "correct"
    MATCH = "fits"
    NOT = "not"
    WRONG = "wrong"
    MAYBE = "might"
    IF = "if"
    SO = "so"
    BECAUSE = "because"
    BUT = "but"
    AND = "and"
    NOT_BUT = "not that, but"
    YES = "yes"
    NO = "no"
    FINAL = "final"
    FILL = "the"
    HARD_TURN = "wait"
    SOFT_TURN = "actually"
    OTHER = "content"


_WORDS = files("evaluation.readers").joinpath("words.toml").read_text(encoding="utf-8")
_DATA: dict[str, Any] = tomllib.loads(unicodedata.normalize("NFKC", _WORDS))  # as replies are: Thai has two ways

_ROLES: dict[str, Role] = {"hard-turn": Role.HARD_TURN, "soft-turn": Role.SOFT_TURN}
for _role in Role:
    for _words in _DATA.get(_role.name, {}).values():
        for _word in _words.split():
            _ROLES.setdefault(_word, _role)

_SETS = {name: frozenset(words.split()) for name, words in _DATA["sets"].items()}
NOT_AFTER_ARTICLE = _SETS["not_after_article"]
DETERMINERS = _SETS["determiners"]
DESCRIBES = _SETS["describes"]
NAMED_BY_PLACE = _SETS["named_by_place"]
COMPARING = _SETS["comparing"]
POINTERS = _SETS["pointers"]
INEXACT = _SETS["inexact"]
SCENE = _SETS["scene"]
COMMON = _SETS["common"]
HEARSAY = _SETS["hearsay"]
PICTURE = _SETS["picture"]
POINTING = _SETS["pointing"]
RELATIONS = _SETS["relations"]
PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}

_PHRASES = [
    (re.compile(rf"(?<!\w)(?:{'|'.join(phrase['forms'])})(?!\w)", re.IGNORECASE), phrase["word"])
    for phrase in _DATA["phrases"]
]
_EAST_ASIAN = re.compile(
    "|".join(sorted((word for word in _ROLES if re.match("[\u3040-\u30ff\u3400-\u9fff]", word)), key=len, reverse=True))
)


# Over a text in lower case: without regard to case it takes three times as long.
_ANY_PHRASE = re.compile(rf"\b(?:{'|'.join(form for phrase in _DATA['phrases'] for form in phrase['forms'])})(?!\w)")


def plainer(text: str) -> str:
    """A text with its phrases rewritten to single words."""
    if _ANY_PHRASE.search(text.lower()) is None:
        return text
    for phrase, word in _PHRASES:
        text = phrase.sub(word, text)
    return text


# No word of another sense lies so close to these.
_OFTEN_MISSPELT = {"answer": Role.ANSWER, "correct": Role.RIGHT, "option": Role.OPTION}


@lru_cache(maxsize=16_384)
def role_of(word: str) -> Role:
    """The role of one word in lower case, contractions, elisions and a slip of the keys in "answer" included."""
    found = _ROLES.get(word)
    if found is not None:
        return found
    if word.endswith("n't"):
        return Role.NOT
    head, mark, tail = word.partition("'")
    if mark and tail == "s":
        return Role.IS if _ROLES.get(head, Role.OTHER) in (Role.ANSWER, Role.OPTION, Role.FILL) else Role.OTHER
    if mark and head in ("l", "d", "dell", "all", "qu", "j"):
        return _ROLES.get(tail, Role.OTHER)
    return next((role for known, role in _OFTEN_MISSPELT.items() if one_slip(word, known)), Role.OTHER)


def east_asian_words(run: str) -> list[str]:
    """Cut a run of Chinese or Japanese into known words and single characters."""
    words: list[str] = []
    place = 0
    while place < len(run):
        known = _EAST_ASIAN.match(run, place)
        words.append(known[0] if known else run[place])
        place += len(words[-1])
    return words


def korean_words(run: str) -> list[str]:
    """Cut a Korean word into a known word and a known ending; whole where there is none."""
    if run in _ROLES:
        return [run]
    for cut in range(len(run) - 1, 0, -1):
        if run[:cut] in _ROLES and run[cut:] in _ROLES:
            return [run[:cut], run[cut:]]
    return [run]
