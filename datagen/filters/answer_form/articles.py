"""The article that a word takes: "a" before a consonant's sound, "an" before a vowel's."""

import re

_ARTICLE = re.compile(r"(?<![\w'\"-])([Aa]n?)\s+([a-z][a-z'-]+|[A-Z]{2,3}\b)")
_VOWEL_SOUND = re.compile(r"(?:hour|honest|honou?r|heir)")
_CONSONANT_SOUND = re.compile(
    r"(?:uni(?!n|m)|use|usu|usa|utens|util|euro|eu|ewe|one\b|once|uk|u-|ubiq|ur(?:anus|ine)|ufo|ukulele)"
)
_EITHER = frozenset({"herb", "herbal", "historic", "hotel", "x-ray", "mri", "suv", "hors", "lcd", "led", "rv"})
_AFTER_LETTER = frozenset({"is", "and", "or", "are", "in", "on", "at", "as", "above", "of"})
"""Words after which "a" is the letter: "A is left of B"."""


def wrong_article(text: str) -> str | None:
    """An article and the word it does not go with ("a apple"); None where all do."""
    for found in _ARTICLE.finditer(text):
        article, word = found[1].casefold(), found[2]
        if found.start() and found[1][0] == "A":
            continue  # a letter or grade A within a sentence
        if article == "a" and word[0] in "aeiou" and not _CONSONANT_SOUND.match(word):
            if word not in _AFTER_LETTER:
                return found.group()
        elif article == "an" and word.isupper():
            if word[0] in "BCDGJKPQTUVWYZ":
                return found.group()
        elif article == "an" and not _vowel(word) and "-" not in word[:2]:
            return found.group()
    return None


def _vowel(word: str) -> bool:
    if _CONSONANT_SOUND.match(word) and not word.startswith(("unin", "unim")):
        return False
    return word[0] in "aeiou" or bool(_VOWEL_SOUND.match(word)) or word in _EITHER
