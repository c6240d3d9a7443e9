"""A sentence that stops too soon: it ends in a word that needs another, or where the others of its question go on."""

import re
from collections.abc import Sequence
from functools import lru_cache

from datagen.filters.answer_form.frames import common_end, common_start, said_words
from datagen.filters.english.inflection import base_form, verbs
from datagen.filters.english.lexicon import kinds_by_word
from datagen.filters.english.replies import opened
from datagen.filters.english.tokens import STOP_WORDS, straight, tokens_of
from datagen.filters.english.word_lists import listed

_WORD = re.compile(r"[\w'-]+")
_OPEN_ENDS = listed("datagen.filters.answer_form", "cut", "open_ends")
"""No sentence ends in one of these."""
_RELATIVE = listed("datagen.filters.answer_form", "cut", "relative")
_QUALITIES = frozenset({"adjective", "color", "size", "pattern", "emotion", "material", "quantity"})
_OFTEN_LAST = frozenset({"to", "with", "for", "at"})
"""Prepositions that end a clause only where what they go with stands before ("the man he talks to")."""
_LEAVES_TO = listed("datagen.filters.answer_form", "cut", "leaves_to")
_HANGING = listed("datagen.filters.answer_form", "cut", "hanging")
"""Prepositions that may end a sentence ("The light is on"), so that its siblings have to tell."""
_BEING = listed("datagen.filters.answer_form", "cut", "being")
_BEFORE_PARTICLE = frozenset({"from", "way", "straight", "it", "them", "him", "her", "me", "us"})
_MAY_HANG = _HANGING | _BEING
_NEW_PHRASE = listed("datagen.filters.answer_form", "cut", "new_phrase")
_SWITCHED = listed("datagen.filters.answer_form", "cut", "switched")
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xz]{2,}")
_ABBREVIATIONS = listed("datagen.filters.answer_form", "cut", "abbreviations")
_DOTS = re.compile(r"\s*(?:\.\.+|…)\s*$")
_TRAILING = re.compile(r"(?:[,;:&/(\[{]|\s[-–—]|[-–—]|\.\.+|…)\s*[.]?$")


@lru_cache(maxsize=2**16)
def cut_alone(text: str) -> bool:
    """Whether an option is cut as anyone can see who reads it alone."""
    plain = straight(text).strip()
    if _TRAILING.search(plain) or _unbalanced(plain):
        return True
    words = _words(plain)
    if len(words) < 2 or plain.rstrip(".!").endswith(('"', "'", "?")):
        return False
    last = words[-1]
    if _NO_VOWEL.fullmatch(last) and plain.rstrip(".!").endswith(last) and last not in _ABBREVIATIONS:
        return True
    if last in _OPEN_ENDS:
        return not _letter(plain, last)
    if last in _OFTEN_LAST and not _RELATIVE & set(words[:-1]):
        return not (last == "to" and base_form(words[-2]) in _LEAVES_TO) and not _hangs_on_verb(words)
    if words[-2] in {"a", "an"} and _only_qualifies(last):
        return True
    return words[0] in {"of", "than", "nor"} and not plain[0].isupper()


def cut_in(options: Sequence[str], elsewhere: Sequence[str]) -> int | None:
    """The first option of a question that is cut short, by its place; None where all are whole.

    Args:
        options: The options of one question.
        elsewhere: What else the pair says: the other half's options, fact and premise.
    """
    words = [said_words(text) for text in options]
    lasts = {each[-1] for each in words if each}
    longest = max((len(each) for each in words), default=0)
    dotted = all(_DOTS.search(text) for text in options)  # a way of writing, where all end so
    for place, (text, own) in enumerate(zip(options, words, strict=True)):
        if cut_alone(_DOTS.sub(".", text) if dotted else text):
            return place
        stopped = text.rstrip().endswith((".", "!", "?"))
        piece = own and not (stopped and _is_word(own[-1]) and not any(_is_piece(own[-1], last) for last in lasts))
        if piece and cut_within(text, _but(options, place), elsewhere):
            return place
        if stopped and (len(own) == longest or not own) and own[-1:] and own[-1] not in _MAY_HANG:
            continue  # most options: nothing to compare
        if cut_among(text, _but(options, place), elsewhere):
            return place
    return None


def _but(options: Sequence[str], place: int) -> list[str]:
    """All options but one."""
    return [other for there, other in enumerate(options) if there != place]


def cut_among(text: str, others: Sequence[str], elsewhere: Sequence[str]) -> bool:
    """Whether an option stops where the other options of its question go on.

    Args:
        text: The option.
        others: The other options of its question.
        elsewhere: What else the pair says: the other half's options, fact and premise.
    """
    words = said_words(text)
    if not words or not others or _is_short_reply(text):
        return False
    known = [said_words(one) for one in others]
    going_on = [one for one in known if _goes_on(words, one)]
    if len(known) >= 2 and len(going_on) == len(known) and len(words) > 1:
        return True  # no more than what all have in common
    if len(words) < 2:
        return False
    last = words[-1]
    hangs = last in _HANGING and not _is_switch(words) and words[-2] not in _BEFORE_PARTICLE
    if hangs and (going_on or any(last in one[:-1] for one in known)):
        return True
    if last in _BEING and words[0] not in {"yes", "no"} and going_on:
        return True
    return _unstopped(text, others) and _lacks_end(words, known, [said_words(one) for one in elsewhere])


def _is_short_reply(text: str) -> bool:
    """Whether it is no more than "Yes, it is" or the like, with yes or no for a word."""
    tokens = tokens_of(text)
    return bool(tokens) and tokens[0].word in {"yes", "no"} and opened(text).short


def _goes_on(words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    return len(longer) > len(words) and longer[: len(words)] == words


def _lacks_end(words: tuple[str, ...], known: list[tuple[str, ...]], elsewhere: list[tuple[str, ...]]) -> bool:
    """Whether it begins as all others do and lacks the end they share, or something in the pair says it in full."""
    end = common_end(known)
    if len(known) >= 2 and end >= 2 and words[0] == known[0][0] and common_start(known) >= 1:
        return words[-1] != known[0][-1]
    return _mid_phrase(words, [one for one in (*known, *elsewhere) if _goes_on(words, one)])


def cut_within(text: str, others: Sequence[str], elsewhere: Sequence[str]) -> bool:
    """Whether an option stops within a word that is spelt out elsewhere after the same words.

    A piece that is a word itself ("hand" of "handstand") tells nothing unless the option lacks the full stop that all
    others have, or the others share the whole word as their end.
    """
    words = said_words(text)
    if len(words) < 2:
        return False
    known = [said_words(one) for one in others]
    if len(known) >= 2 and common_end(known) and _is_piece(words[-1], known[0][-1]) and words[-2:-1] == known[0][-2:-1]:
        return True
    if sum(said_words(one) == words for one in elsewhere) > 1:
        return False  # the other half, the fact or the premise says just this too: "Niger" is whole beside "Nigeria"
    if not _unstopped(text, others) and _is_word(words[-1]):
        return False
    return any(
        other[: len(words) - 1] == words[:-1] and _is_piece(words[-1], other[len(words) - 1])
        for other in (*known, *map(said_words, elsewhere))
        if len(other) >= len(words)
    )


def _is_piece(piece: str, whole: str) -> bool:
    """Whether a word is the beginning of another that is not its inflection."""
    return whole.startswith(piece) and len(whole) > len(piece) and base_form(whole) != piece


def _only_qualifies(word: str) -> bool:
    """Whether a word is an adjective and no noun besides ("an orange", "a square"), nor a verb ("a break")."""
    kinds = kinds_by_word().get(word, frozenset())
    return "adjective" in kinds and kinds <= _QUALITIES and word not in verbs() and word not in {"little", "few"}


@lru_cache(maxsize=2**12)
def _is_word(word: str) -> bool:
    """Whether a word is on a list; a word of digits is one."""
    base = base_form(word)
    return base in kinds_by_word() or word in kinds_by_word() or base in verbs() or word in STOP_WORDS or word.isdigit()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(straight(text)))


def _letter(plain: str, last: str) -> bool:
    """Whether what looks like an article is the letter A ("Vitamin A", "A and A")."""
    return last == "a" and plain.rstrip(".!").endswith("A")


def _hangs_on_verb(words: tuple[str, ...]) -> bool:
    """Whether a last preposition belongs to an infinitive or a participle before it: "nothing to play with"."""
    return len(words) > 2 and words[-3] == "to"


def _is_switch(words: tuple[str, ...]) -> bool:
    """Whether something may be on or off."""
    return bool(_SWITCHED & set(words))


def _unstopped(text: str, others: Sequence[str]) -> bool:
    """Whether it lacks the full stop that all others have."""
    return not text.rstrip().endswith((".", "!", "?", '"', "'")) and all(
        one.rstrip().endswith((".", "!", "?")) for one in others
    )


def _mid_phrase(words: tuple[str, ...], going_on: Sequence[tuple[str, ...]]) -> bool:
    """Whether what goes on adds to the last phrase, not a phrase of its own ("… on the sofa", "… and white")."""
    following = {known[len(words)] for known in going_on}
    return bool(following) and not following & _NEW_PHRASE


def _unbalanced(plain: str) -> bool:
    if plain.count('"') % 2 and re.sub(r'\d"', "", plain).count('"') % 2:
        return True  # a quote begun, not inches
    if any(plain.count(begin) != plain.count(end) for begin, end in _BRACKETS) and not re.search(r"[:;]-?[()]", plain):
        return True
    return bool(re.search(r"(?:^|\s)'[\w ]+$", plain))
