"""From text to folded English words: contractions opened, number words as digits, quoted text kept as it stands."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from datagen.filters.english.data_files import load
from datagen.filters.english.inflection import base_form
from datagen.filters.english.word_lists import listed

_PARTS = re.compile(
    r"""
      "(?P<double>[^"]+)" | (?<!\w)'(?P<single>[^'"]+(?:'[a-z]+[^'"]*)*)'(?!\w)
    | (?P<number>-?(?:\d+(?:[.,:/]\d+)*|\.\d+)(?:st|nd|rd|th)?(?!\w))
    | (?P<word>[^\W_]+(?:'[^\W\d_]+)?)
    | (?P<sign>[$€£%&,;:])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(r"[A-Za-z ,.;:?!-]*")
_PLAIN_WORD = re.compile(r"[a-z]+|[,;:]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "´": "'", "`": "'", "«": '"', "»": '"'})
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent", "&": "and"}
_CONTRACTED = {
    "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "let's": ("let", "us"), "i'm": ("i", "am"), "ain't": ("is", "not"),
}  # fmt: skip
_BEFORE_IS = listed("datagen.filters.english", "tokens", "before_is")
_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}

STOP_WORDS = listed("datagen.filters.english", "tokens", "stop_words")
"""Words that carry no content of a statement. Negations, numbers and words of place ("in", "on", "under") do."""


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        word: Folded; a number word as digits, "n't" as "not".
        quoted: Whether it is what a text in quotes says, where each letter counts.
    """

    word: str
    quoted: bool = False


@lru_cache(maxsize=2**14)
def _token(word: str) -> Token:
    return Token(word)


@cache
def spellings() -> dict[str, str]:
    """British and other spellings, each with the one that is kept."""
    return dict(load("spellings")["spellings"])


@cache
def _figures() -> dict[str, int]:
    return dict(load("numbers")["figures"])


@lru_cache(maxsize=2**16)
def straight(text: str) -> str:
    """A text in NFKC with straight quotes, as the tokens are read from it."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).translate(_QUOTES)


@lru_cache(maxsize=2**16)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text in order; commas, colons and semicolons stand among them as words of their own.

    An empty text, or one of signs alone, gives none.
    """
    if _PLAIN.fullmatch(text):  # most texts, several times as fast
        known, words = spellings(), _PLAIN_WORD.findall(text.lower().replace("cannot", "can not"))
        return tuple(_with_figures([_token(known.get(word, word)) for word in words]))
    found: list[Token] = []
    for part in _PARTS.finditer(straight(text)):
        kind = part.lastgroup
        if kind in {"double", "single"}:
            found.append(Token(" ".join(part[kind].casefold().split()).strip(" .,!?"), quoted=True))
        elif kind == "sign":
            found.append(_token(_SIGNS.get(part["sign"], part["sign"])))
        elif kind == "number":
            found.append(Token(part["number"].casefold().removesuffix(":00")))
        else:
            found.extend(map(_token, _opened(part["word"].casefold())))
    return tuple(_with_figures([token for token in found if token.word]))


def _opened(word: str) -> tuple[str, ...]:
    """A word with its contraction opened: "isn't" → is, not; "there's" → there, is; "man's" → man, 's."""
    if "'" not in word:
        return ("can", "not") if word == "cannot" else (spellings().get(word, word),)
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    if word.endswith("n't"):
        return (word[:-3], "not")
    stem, _, ending = word.rpartition("'")
    if ending == "s":
        return (stem, "is") if stem in _BEFORE_IS else (stem, "'s")
    return (stem, _ENDINGS[ending]) if ending in _ENDINGS else (stem + ending,)


def _with_figures(found: list[Token]) -> list[Token]:
    """Number words as digits: "twenty one", "two hundred" as one number."""
    figures, merged, place = _figures(), list[Token](), 0
    if not any(token.word in figures for token in found):
        return found
    while place < len(found):
        value, used = _number_at(found, place, figures)
        merged.append(Token(str(value)) if used else found[place])
        place += used or 1
    return merged


def _number_at(found: list[Token], place: int, figures: dict[str, int]) -> tuple[int, int]:
    """A number spelt in words from a place on, and how many words it takes; 0 words where there is none."""
    first = figures.get(found[place].word) if not found[place].quoted else None
    if first is None:
        return 0, 0
    value, used = first, 1
    following = [token.word for token in found[place + 1 : place + 2]]
    if 20 <= value < 100 and following and 0 < figures.get(following[0], 0) < 10:
        value, used = value + figures[following[0]], 2
    elif value < 10 and following and following[0] in {"hundred", "thousand", "dozen"}:
        value, used = value * {"hundred": 100, "thousand": 1000, "dozen": 12}[following[0]], 2
    return value, used


@lru_cache(maxsize=2**16)
def content_words(text: str) -> tuple[str, ...]:
    """What a text speaks of, in order: folded, without stop words, without inflection, number words as digits.

    "There are three grey dogs in the picture." → ("3", "gray", "dog"). Negations stay, as "not" or "no"; so do words
    of place, except the "in" of "in the picture". Quoted text stays as it is, one word after the other. An empty text,
    or one of stop words alone, gives none.
    """
    found: list[str] = []
    tokens = tokens_of(text)
    for place, (word, quoted) in enumerate(tokens):
        if quoted:
            found.extend(word.split())
        elif word.isalnum() and word not in STOP_WORDS and not (word in {"in", "on"} and _of_picture(tokens, place)):
            found.append(base_form(word))
        elif not word.isalnum() and any(letter.isdigit() for letter in word):
            found.append(word)
    return tuple(found)


def _of_picture(tokens: tuple[Token, ...], place: int) -> bool:
    following = [token.word for token in tokens[place + 1 : place + 3]]
    return any(word in {"picture", "image", "photo", "photograph", "scene"} for word in following)
