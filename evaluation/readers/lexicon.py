"""One name for the words of one thing: "four" and "4", "grey" and "gray", "blau" and "blue", "cats" and "cat".

What is known stands in ``lexicon.toml``; all other words keep their form, but for an English plural's end.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_DATA: dict[str, dict[str, str]] = tomllib.loads(
    files("evaluation.readers").joinpath("lexicon.toml").read_text(encoding="utf-8")
)


def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for table in ("things", "numbers", "spellings"):
        for name, words in _DATA[table].items():
            names[name] = name
            for word in words.split():
                names.setdefault(word, name)
    return names


_NAMES = _names()
_YES = frozenset(_DATA["things"]["yes"].split())
_NO = frozenset(_DATA["things"]["no"].split())
_NUMBERS = frozenset(_DATA["numbers"])
# Words of scripts without spaces, the longest first; yes and no are no part of other words.
_UNSPACED = re.compile(
    "|".join(
        sorted(
            (word for word in _NAMES if re.match("[\u3040-\u30ff\u3400-\u9fff]", word) and word not in _YES | _NO),
            key=len,
            reverse=True,
        )
    )
)


def with_names(text: str) -> str:
    """A text in which known words of Chinese and Japanese are their names, set apart: "白色的花" is "white 的花"."""
    return _UNSPACED.sub(lambda found: f" {_NAMES[found[0]]} ", text)


@lru_cache(maxsize=16_384)
def name_of(word: str) -> str:
    """The name of a word in lower case: a number's digits, an English name, or the word without a plural's end."""
    found = _NAMES.get(word)
    if found is not None:
        return found
    tens, mark, ones = word.partition("-")
    if mark and {_NAMES.get(tens), _NAMES.get(ones)} <= _NUMBERS:
        return str(int(_NAMES[tens]) + int(_NAMES[ones]))
    word = word.removesuffix("'s").rstrip("'")
    single = _singular(word)
    return _NAMES.get(word) or _NAMES.get(single, single)


def is_number(name: str) -> bool:
    """Whether a name is one of digits, a decimal, a time or a share included."""
    return name[:1].isdigit() or name[:2] in {f"-{digit}" for digit in range(10)}


def polar(word: str) -> str:
    """``yes`` or ``no`` for a word that says so in some language, else nothing."""
    return "yes" if word in _YES else "no" if word in _NO else ""


def _singular(word: str) -> str:
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]
