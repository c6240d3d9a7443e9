"""The words that tell two claims apart where a text model hardly does: colors, numbers, directions, sizes, negation.

A claim's contrast is the set of such meanings in it. As a vector it holds one dimension a meaning, others for numbers
and names with digits (hashed, as in Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009), one
that every claim has, so that two claims without such words are alike, and one hashed for the set as a whole, so that
"lower left" and "lower right" are not half alike. English only.
"""

import re
import tomllib
import zlib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

DIM = 128
_COMMON = 0.6  # the length of what every claim has, where a meaning's is 1
_WHOLE = 0.7  # of the set as a whole, where the meanings together are 1
_WORD = re.compile(r"[^\W_]+(?:[.:,][^\W_]+)*")
_NEGATED = re.compile(r"n['’]t\b", re.IGNORECASE)


def contrast_of(claim: str) -> frozenset[str]:
    """The meanings in a claim that tell it apart; a number or name with digits stands for itself, "1" and "one" do not.

    Left out are "a", "an", "one" and "1", which say the same in most claims.
    """
    meanings, phrases = _words(), _phrases()
    text = _NEGATED.sub(" not", claim.lower()).replace("-", " ")
    text = phrases.sub(lambda found: _lists()["phrases"][found.group()], text)
    found = set()
    for word in _WORD.findall(text):
        if word in meanings:
            found.add(meanings[word])
        elif word != "1" and any(letter.isdigit() for letter in word):
            found.add(word)
    return frozenset(found)


def contrast_vector(meanings: frozenset[str]) -> NDArray[np.float32]:
    """(128,) float32 of length 1: equal for equal sets, and the less alike the fewer meanings two sets share."""
    places = {meaning: place for place, meaning in enumerate(_lists()["words"], 1)}
    hashed = DIM - len(places) - 1
    vector = np.zeros(DIM)
    vector[0] = _COMMON
    for meaning in sorted(meanings):
        vector[places.get(meaning) or DIM - 1 - zlib.crc32(meaning.encode()) % hashed] += 1.0
    if meanings:
        whole = zlib.crc32("\x00".join(sorted(meanings)).encode())
        vector[DIM - 1 - whole % hashed] += _WHOLE * len(meanings) ** 0.5
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@cache
def _lists() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        (files("datagen.embedding") / "contrast_words.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def _words() -> dict[str, str]:
    return {word: meaning for meaning, words in _lists()["words"].items() for word in words.split()}


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted(_lists()["phrases"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
