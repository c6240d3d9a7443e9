"""Broken agreement: number of noun and verb, of numeral and noun, the article before a vowel, doubled small words.

Only nouns that a list knows, or that the question counts ("How many … are there?"), are judged, so that unknown words
are never taken for broken ones.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from datagen.filters.answer_form.articles import wrong_article
from datagen.filters.answer_form.nouns import (
    NOUN_ENDS,
    compound_after,
    ends_noun,
    is_plural,
    is_singular,
    looks_plural,
    noun_after,
)  # fmt: skip
from datagen.filters.answer_form.offered import DIRECTIONS
from datagen.filters.english.inflection import base_form, third_person, verbs
from datagen.filters.english.lexicon import words_of_kind
from datagen.filters.english.replies import opened
from datagen.filters.english.tokens import straight
from datagen.filters.english.word_lists import listed

_TOKEN = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']+'(?!\w)|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*|[^\w\s]")
_NUMERALS = listed("datagen.filters.answer_form", "agreement", "numerals")
_SEVERAL = listed("datagen.filters.answer_form", "agreement", "several")
_ONE = frozenset({"a", "an", "one", "each", "every", "another", "this"})
_ANYONE_DOES = frozenset({"see", "find", "notice", "count", "spot", "get", "know", "look"})
_COLLECTIVE = listed("datagen.filters.answer_form", "agreement", "collective")
_UNITS = listed("datagen.filters.answer_form", "agreement", "units")
_ADVERBS = listed("datagen.filters.answer_form", "agreement", "adverbs")
_NAMED_BY_NUMBER = listed("datagen.filters.answer_form", "agreement", "named_by_number")
_NO_VERB = frozenset({"be", "being", "been", "am"})
_SINGULAR_BE = frozenset({"is", "was", "has", "does", "isn't", "wasn't", "hasn't", "doesn't"})
_PLURAL_BE = frozenset({"are", "were", "have", "do", "aren't", "weren't", "haven't", "don't"})
_SINGULAR_PRONOUNS = frozenset({"it", "he", "she", "this"})
_PLURAL_PRONOUNS = frozenset({"they", "we", "you", "these", "those"})
_DETERMINERS = listed("datagen.filters.answer_form", "agreement", "determiners")
_ARTICLES = frozenset({"a", "an", "the"})
_ONCE = listed("datagen.filters.answer_form", "agreement", "once")
_BASE_AFTER_PRONOUN = listed("datagen.filters.answer_form", "agreement", "base_after_pronoun")
_NOT_AFTER_BE = listed("datagen.filters.answer_form", "agreement", "not_after_be")
_AFTER_VERB = listed("datagen.filters.answer_form", "agreement", "after_verb")
_TELLING = _ONCE | _ARTICLES | _NUMERALS | _SEVERAL | _ONE | {"there's"}
"""Words with which a fault may begin."""


@lru_cache(maxsize=2**16)
def disagreement(text: str, counted: str = "") -> str | None:
    """The words that disagree in an option; None where none do.

    Args:
        text: The option.
        counted: The noun that the question counts, in the singular; empty where it counts nothing.
    """
    words = tuple(
        word.casefold() if not word.startswith(('"', "'")) else '"' for word in _TOKEN.findall(straight(text))
    )
    start = _start(text, words)
    for found in _faults(words, start, counted):
        return found
    return wrong_article(straight(text))


def _start(text: str, words: tuple[str, ...]) -> int:
    """Where the sentence after a reply begins."""
    if not opened(text).reply:
        return 0
    marks = [place for place, word in enumerate(words) if word in {",", ":", ";", "."}]
    start = marks[0] + 1 if marks else 0
    while start < len(words) and words[start] in {"but", "because", "and"}:
        start += 1
    return start


def _faults(words: tuple[str, ...], start: int, counted: str) -> Iterator[str]:
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if word == after and (word in _ONCE | DIRECTIONS or _is_third_person(word) or is_singular(word, counted)):
            yield f"{word} {after}"
        if word not in _TELLING and not word.isdecimal():
            continue
        if word in _ARTICLES and after in _ARTICLES | {"this", "that"} and not (word == "a" and place == 0):
            yield f"{word} {after}"
        if word in {"there", "there's"}:
            yield from _after_there(words, place, counted)
        if word == "there" and place == start and (after in _NO_VERB or after in _ARTICLES or after in _NUMERALS):
            yield f"{word} {after}"
        if word in _NUMERALS | _SEVERAL or (word.isdecimal() and int(word) > 1 and len(word) < 4):
            yield from _after_many(words, place, counted)
        if word in _ONE:
            yield from _after_one(words, place, counted)
        if word in {"is", "are", "was", "were"} and (after in _NOT_AFTER_BE or after in {"is", "are", "was", "were"}):
            yield f"{word} {after}"
    for begin in _clauses(words, start):
        yield from _subject_and_verb(words, begin, counted)


def _clauses(words: tuple[str, ...], start: int) -> Iterator[int]:
    yield start
    for place in range(start, len(words) - 1):
        if words[place] in {";", ":", ".", "but", "because"}:
            yield place + 1


def _after_there(words: tuple[str, ...], place: int, counted: str) -> Iterator[str]:
    if words[place] == "there's":
        be, at = "is", place
    else:
        be, at = (words[place + 1], place + 1) if place + 1 < len(words) else ("", place)
    there = at + 1
    while there < len(words) and words[there] in _ADVERBS:
        there += 1
    first = words[there] if there < len(words) else ""
    following = words[there + 1] if there + 1 < len(words) else ""
    rest = words[there + 1 :]
    noun_at, noun = compound_after(words, there if first == "no" else there - 1)
    said = f"there {be} {' '.join(words[there : noun_at + 1])}"
    if be in {"is", "was", "isn't", "wasn't"}:
        many = first in _NUMERALS or (first.isdecimal() and int(first) > 1 and len(first) < 4)
        many = many and following not in {"percent", "%", "-", "'", "o'clock", "times"}
        many = many or first in {"several", "both", "these", "those", "few"}
        many = many or (first == "many" and following not in {"a", "an"})
        if many or (is_plural(noun, counted) and ends_noun(words, noun_at) and first not in _ARTICLES):
            yield said
    if be in {"are", "were", "aren't", "weren't"} and "and" not in rest:
        one = first in {"a", "an", "one", "another"} and not {",", "or"} & set(rest) and not _COLLECTIVE & set(rest[:3])
        if one or (first not in _ARTICLES and is_singular(noun, counted) and ends_noun(words, noun_at)):
            yield said


def _after_many(words: tuple[str, ...], place: int, counted: str) -> Iterator[str]:
    before = words[place - 1] if place else ""
    if before in _NAMED_BY_NUMBER:
        return
    at, noun = noun_after(words, place)
    if not noun or noun in _UNITS or words[place + 1] in _UNITS or (words[place] == "both" and "and" in words[place:]):
        return
    if is_singular(noun, counted) and ends_noun(words, at) and words[at + 1 : at + 2] != ("and",):
        yield " ".join(words[place : at + 1])


def _after_one(words: tuple[str, ...], place: int, counted: str) -> Iterator[str]:
    if place and words[place - 1] in {"-", "/", "which", "that"}:
        return
    at, noun = noun_after(words, place)
    many = {"few", "many", "dozen", "hundred"} & set(words[place:at])
    if base_form(noun) in _ANYONE_DOES:
        return  # "one sees"
    plural = looks_plural(noun) if words[place] in {"a", "an"} else is_plural(noun, counted)
    if plural and not many and at < len(words) and ends_noun(words, at):
        yield " ".join(words[place : at + 1])


def _subject_and_verb(words: tuple[str, ...], begin: int, counted: str) -> Iterator[str]:
    first = words[begin] if begin < len(words) else ""
    verb = words[begin + 1] if begin + 1 < len(words) else ""
    said = f"{first} {verb}"
    if first in _SINGULAR_PRONOUNS:
        if verb in _PLURAL_BE | {"be", "am"} or (first != "this" and verb in _BASE_AFTER_PRONOUN):
            yield said
        return
    if first in {"they", "we", "you"} and (verb in {"be", "am"} or _is_third_person(verb)):
        yield said
    if first in _PLURAL_PRONOUNS and verb in _SINGULAR_BE:
        yield said
    if first in _DETERMINERS | _ARTICLES | _NUMERALS | {"some"} or is_plural(first, counted):
        at, noun = (begin, first) if is_plural(first, counted) else _head(words, begin)
        yield from _noun_and_verb(words, begin, at, noun, counted)


def _head(words: tuple[str, ...], begin: int) -> tuple[int, str]:
    """The last noun of a plain subject: the word before "is" or "are" ("the road sign is"), or else the first noun."""
    for at in range(begin + 1, min(begin + 5, len(words) - 1)):
        if not words[at].isalpha() or words[at] in NOUN_ENDS | _ONCE | _DETERMINERS:
            break
        if words[at + 1] in _SINGULAR_BE | _PLURAL_BE:
            return at, words[at]
    return noun_after(words, begin)


def _noun_and_verb(words: tuple[str, ...], begin: int, at: int, noun: str, counted: str) -> Iterator[str]:
    verb = words[at + 1] if at + 1 < len(words) else ""
    after = words[at + 2] if at + 2 < len(words) else ""
    said = " ".join(words[begin : at + 2])
    if verb in {"be", "am"} and after not in {",", "i"} and (is_plural(noun, counted) or is_singular(noun, counted)):
        yield said
    if is_plural(noun, counted):
        if verb in _SINGULAR_BE or (_is_third_person(verb) and after in _AFTER_VERB and not is_plural(verb, "")):
            yield said
    elif is_singular(noun, counted):
        living = noun in words_of_kind("person") or noun in words_of_kind("animal")
        if verb in _PLURAL_BE or (living and verb in _BASE_AFTER_PRONOUN and after in _AFTER_VERB):
            yield said


def _is_third_person(word: str) -> bool:
    base = base_form(word)
    return base != word and base in verbs() and third_person(base) == word
