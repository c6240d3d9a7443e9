"""Leaving out of an option what says nothing of the picture: "as anyone can see", "it is not untrue that"."""

from typing import NamedTuple

from datagen.filters.english.replies import Reply
from datagen.filters.english.tokens import Token
from datagen.filters.english.word_lists import listed

_VAGUE = listed("datagen.filters.option_similarity", "asides", "vague")
"""Words that say nothing of a picture where they stand among themselves."""
_LEADING = _VAGUE | listed("datagen.filters.option_similarity", "asides", "adjectives")
"""Words of "it is clear that", of which some say something by themselves ("it is clear")."""
_POINTING = frozenset({"it", "that", "this", "things"})  # how a clause begins that agrees or contradicts as a whole
_DENYING = listed("datagen.filters.option_similarity", "asides", "denying")
_PLAIN_NOT = frozenset({"not", "no", "never", "nobody", "without", "none", "nothing", "neither", "cannot"})
_BEING = frozenset({"is", "was", "are", "were"})
_STOPS = frozenset({",", ";", ":"})
LONGEST_LEAD = 9  # words before the "that" of "it is plain for anyone to see that"
_NOTHING_BUT = {
    ("nothing", "but"), ("none", "but"), ("nothing", "other", "than"), ("nothing", "else", "than"),
    ("none", "other", "than"), ("no", "other", "than"), ("not", "other", "than"), ("not", "anything", "but"),
    ("nothing", "else", "but"), ("not", "not"), ("at", "all"), ("not", "anything", "other", "than"),
}  # fmt: skip


class Told(NamedTuple):
    """What is left of an option.

    Attributes:
        reply: "yes" or "no" where a clause left out agreed or contradicted as a whole ("that is how it is: …").
        rest: The other words; all of them where nothing else would be left.
    """

    reply: Reply | None
    rest: tuple[Token, ...]


def without_asides(tokens: tuple[Token, ...]) -> Told:
    """An option's words without asides, lead-ins ("the fact is that") and double negations; none for none."""
    if not any(token.word in _TELLTALE for token in tokens):
        return Told(None, tokens)
    reply: Reply | None = None
    kept: list[Token] = []
    parts = _parts(tokens)
    for place, part in enumerate(parts):
        words = [token.word if not token.quoted else "" for token in part]
        stop = words[-1:] if words[-1] in _STOPS else []
        said = words[: len(words) - len(stop)]
        if not _is_vague(said):
            kept.extend(_plainly(part))
        elif place == 0 and len(parts) > 1 and said and said[0] in _POINTING and _BEING & set(said):
            reply = "no" if sum(word in _DENYING for word in said) % 2 else "yes"
    while kept and kept[-1].word in _STOPS:
        kept.pop()
    return Told(reply, tuple(kept)) if kept else Told(None, tokens)


def _parts(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The tokens parted after commas, colons and semicolons."""
    parts, begin = list[tuple[Token, ...]](), 0
    for place, token in enumerate(tokens, start=1):
        if token.word in _STOPS or place == len(tokens):
            parts.append(tokens[begin:place])
            begin = place
    return parts


def _is_vague(words: list[str]) -> bool:
    return all(word in _VAGUE or word in _DENYING for word in words) and not set(words) <= _COUNTS


def _plainly(part: tuple[Token, ...]) -> tuple[Token, ...]:
    """A clause without its lead-in, and without a negation that undoes another."""
    words = [token.word if not token.quoted else "" for token in part]
    if "that" in words[1 : LONGEST_LEAD + 1]:
        end = words.index("that", 1)
        lead = words[:end]
        if len(words) > end + 2 and set(lead) & (_BEING | _VERBS) and all(w in _LEADING or w in _DENYING for w in lead):
            denied = sum(word in _DENYING for word in lead) % 2
            return ((Token("not"),) if denied else ()) + _plainly(part[end + 1 :])
    for place in range(len(words)):
        for length in (2, 3, 4):
            if tuple(words[place : place + length]) in _NOTHING_BUT:
                return part[:place] + _plainly(part[place + length :])
        if words[place] in _PLAIN_NOT and words[place + 1 : place + 2] and words[place + 1] in _DENYING - _PLAIN_NOT:
            return part[:place] + _plainly(part[place + 2 :])
    return part


_VERBS = frozenset(
    {"see", "say", "tell", "know", "deny", "stands", "remains", "seems", "denying", "denied", "doubt", "looks"}
)
_COUNTS = frozenset({"all", "no", "not", "none", "nothing", "it", "there", "that", "this", "is", "are", "nobody"})
"""Words of answers: "none", "all", "it is not there"."""
_EVERYWHERE = frozenset({"is", "are", "the", "it", "a", "there", "in", "to", "of", "and", "has", "this"})
_TELLTALE = (_VAGUE | _DENYING | {"none", "other", "else", "at"}) - _EVERYWHERE
"""Words of which one is in whatever is left out; most options have none and need not be parted."""
