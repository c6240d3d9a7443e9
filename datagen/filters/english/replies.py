"""The reply that an option opens with ("Yes, …", "That is not so: …"), told from what it goes on to say."""

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from datagen.filters.english.tokens import Token, tokens_of
from datagen.filters.english.word_lists import listed

Reply = Literal["yes", "no"]

_YES = (
    "yes", "yes please", "yeah", "yep", "yup", "indeed", "true", "correct", "sure", "certainly", "of course",
    "absolutely", "affirmative", "definitely", "exactly", "that is right", "that is true", "that is correct",
    "that is so", "that is just how it is", "it can be seen", "as can be seen", "you are right", "it is true",
    "it is true that",
    "it can be seen that", "right", "that is the case", "quite right", "quite so",
)  # fmt: skip
_NO = (
    "no", "no way", "absolutely not", "of course not", "definitely not", "certainly not",
    "nope", "nah", "not at all", "not really", "not so", "not true", "not quite", "wrong", "false", "incorrect",
    "negative", "on the contrary", "that is not so", "that is not true", "that is not right", "that is not correct",
    "that is not the case", "that is wrong", "that is false", "that is incorrect", "it is not true that",
    "this is not so", "this is not true", "this is not right", "this is not correct", "this is wrong", "far from it",
    "this is not the case", "it is not so", "it is not true", "you are wrong", "never",
)  # fmt: skip
_ALONE = listed("datagen.filters.english", "replies", "alone")
"""Replies that are words of statements too ("no dog", "right of it"): only where something parts them from the rest."""
_PARTS = frozenset({",", ";", ":"})
_GOES_ON = listed("datagen.filters.english", "replies", "goes_on")
_PRONOUNS = listed("datagen.filters.english", "replies", "pronouns")
_AUXILIARIES = listed("datagen.filters.english", "replies", "auxiliaries")


class Opened(NamedTuple):
    """An option in two.

    Attributes:
        reply: What it opens with; None where it goes straight to what it says.
        rest: The words after it, without the short clause that says it again ("No, it is not; …").
        short: Whether that short clause was there ("Yes, it is.").
    """

    reply: Reply | None
    rest: tuple[Token, ...]
    short: bool = False


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], Reply]]]:
    """The replies by their first word, the longest first."""
    known: list[tuple[tuple[str, ...], Reply]] = [(tuple(one.split()), "yes") for one in _YES]
    known += [(tuple(one.split()), "no") for one in _NO]
    by_first: dict[str, list[tuple[tuple[str, ...], Reply]]] = {}
    for phrase, said in sorted(known, key=lambda one: -len(one[0])):
        by_first.setdefault(phrase[0], []).append((phrase, said))
    return by_first


@lru_cache(maxsize=2**16)
def opened(text: str) -> Opened:
    """An option's reply and the rest of it; a text without words has no reply and no rest."""
    tokens = tokens_of(text)
    reply: Reply | None = None
    if not tokens or tokens[0].word not in _phrases():
        return Opened(None, tokens)
    words = [token.word if not token.quoted else "" for token in tokens]
    place = 0
    while place < len(words):
        step = _reply_at(words, place)
        if step is None:
            break
        said, place = step
        reply = reply or said
    if reply is None:
        return Opened(None, tokens)
    end = _after_short_clause(words, place, reply)
    short = end > place
    while end < len(words) and words[end] in {",", ";", ":", "but", "because"}:
        end += 1
    return Opened(reply, tokens[end:], short)


def _reply_at(words: list[str], place: int) -> tuple[Reply, int] | None:
    """The reply that begins at a place, and where it ends."""
    for phrase, said in _phrases().get(words[place], ()):
        end = place + len(phrase)
        if tuple(words[place:end]) != phrase:
            continue
        following = words[end] if end < len(words) else None
        alone = len(phrase) > 1 or phrase[0] not in _ALONE
        if following is None or following in _PARTS or alone or following in _GOES_ON:
            while end < len(words) and words[end] in _PARTS:
                end += 1
            return said, end
    return None


def _after_short_clause(words: list[str], place: int, reply: Reply) -> int:
    """Where "it is" or "it is not" after a reply ends; the place itself where there is none."""
    if len(words) - place < 2 or words[place] not in _PRONOUNS or words[place + 1] not in _AUXILIARIES:
        return place
    end = place + 2
    if reply == "no" and end < len(words) and words[end] == "not":
        end += 1
    return end if end == len(words) or words[end] in _PARTS or words[end] == "but" else place
