"""A caption as a list of terms: lower-cased, cut into words and fixed phrases, looked up."""

import re

from datagen.generators.rules.captions.lexicon import Lexicon, lexicon
from datagen.generators.rules.captions.terms import Term

_WORD = re.compile(r"[a-z0-9]+(?:['’/-][a-z0-9]+)*|[.,;:!?&()\"]")
_PUNCTUATION = {mark: Term(mark, tag="punctuation") for mark in '.,;:!?()"'}
_LONGEST_CAPTION = 2_000  # characters read; what lies beyond is no caption


def words_of(caption: str) -> list[str]:
    """The words and marks of a caption, possessive endings apart; unknown hyphenated words in their parts."""
    terms = lexicon().terms
    words: list[str] = []
    for word in _WORD.findall(caption[:_LONGEST_CAPTION].lower().replace("’", "'")):
        if word in terms or word in _PUNCTUATION:
            words.append(word)
        elif word.endswith("'s"):
            words += [word[:-2], "'s"]
        elif "-" in word or "/" in word:
            words += [part for part in re.split(r"[-/]", word) if part]
        else:
            words.append(word)
    return words


def terms_of(words: list[str]) -> list[Term]:
    """The terms of a caption's words; the longest phrase known wins."""
    known: Lexicon = lexicon()
    terms, longest = known.terms, known.longest
    found: list[Term] = []
    place, end = 0, len(words)
    while place < end:
        word = words[place]
        most = longest.get((word, words[place + 1]), 1) if place + 1 < end else 1
        for length in range(min(most, end - place), 1, -1):
            term = terms.get(" ".join(words[place : place + length]))
            if term is not None:
                found.append(term)
                place += length
                break
        else:
            found.append(terms.get(word) or _PUNCTUATION.get(word) or _unknown(word))
            place += 1
    return found


def _unknown(word: str) -> Term:
    if word == "'s":
        return Term(word, tag="owner")
    if word.isdecimal():
        number = int(word) if len(word) <= 2 else 0
        return Term(word, tag="number", number=number if 1 <= number <= 12 else 99)
    return Term(word, known=False)
