"""What an option says, in a form in which wordings of the same are equal."""

import re
from functools import lru_cache
from typing import NamedTuple

from datagen.filters.english.inflection import base_form
from datagen.filters.english.replies import Reply, opened
from datagen.filters.english.tokens import Token
from datagen.filters.english.word_lists import listed
from datagen.filters.option_similarity.asides import without_asides
from datagen.filters.option_similarity.concepts import concepts_of
from datagen.filters.option_similarity.runs import LINKS, Run, free, related, runs_of

_CAPITALS = re.compile(r"\b[A-Z][A-Z]+\b")
LETTERING = 3  # words in capitals taken as what stands on a sign; where there are more, somebody shouts
_GENDERED = {
    "he": listed("datagen.filters.option_similarity", "meaning", "he"),
    "she": listed("datagen.filters.option_similarity", "meaning", "she"),
}
_GENDER = {word: gender for gender, words in _GENDERED.items() for word in words}
_NONE: frozenset[str] = frozenset()
_SUBJECTS = frozenset({"it", "he", "she", "they", "this", "that", "these", "those"})


class Meaning(NamedTuple):
    """What an option says.

    Attributes:
        reply: "yes" or "no" where it opens with such a reply.
        words: What it says in order: synonyms as one, inflection undone, padding left out.
        runs: The same words in groups that may change places, sorted.
        genders: "he", "she" as its pronouns and persons tell; the pronouns themselves are not among the words.
        bag: The words without order.
        joined: The words without spaces: "skate board" is "skateboard".
        pronoun: Whether it speaks of its subject by a pronoun ("It is red").
        related: Where it says how two things lie to each other, that in one way round; else the runs.
        order: The runs in the order in which they stand.
        quoted: Those of its words that stand in quotes or, as on a sign, in capitals.
    """

    reply: Reply | None
    words: tuple[str, ...]
    runs: tuple[Run, ...]
    genders: frozenset[str]
    bag: frozenset[str]
    joined: str
    pronoun: bool
    related: tuple[object, ...]
    order: tuple[Run, ...]
    quoted: frozenset[str]


@lru_cache(maxsize=2**16)
def meaning_of(text: str) -> Meaning:
    """The meaning of an option or a question; an empty text has no words."""
    reply, rest, _ = opened(text)
    told = without_asides(rest)
    capitals = _CAPITALS.findall(text)
    as_written = frozenset(word.casefold() for word in capitals) if 0 < len(capitals) <= LETTERING else _NONE
    meaning, reply = _meaning(told.rest, as_written), reply or told.reply
    return meaning._replace(reply=reply) if reply else meaning


@lru_cache(maxsize=2**16)
def _meaning(rest: tuple[Token, ...], as_written: frozenset[str]) -> Meaning:
    """The meaning of what an option says after its reply: both halves of a pair say it."""
    order = tuple(dict.fromkeys(runs_of(concepts_of(rest, as_written))))
    words = tuple(word for run in order for chunk in run for word in chunk if word not in LINKS)
    runs = tuple(sorted(free(run) for run in order))
    return Meaning(
        reply=None,
        words=words,
        runs=runs,
        genders=frozenset(_GENDER[token.word] for token in rest if token.word in _GENDER),
        bag=frozenset(words),
        joined="".join(words),
        pronoun=_by_pronoun(rest),
        related=related(runs),
        order=order,
        quoted=frozenset(token.word for token in rest if token.quoted or token.word in as_written),
    )


def _by_pronoun(rest: tuple[Token, ...]) -> bool:
    return len(rest) > 1 and rest[0].word in _SUBJECTS and base_form(rest[1].word) in {"be", "have", "do"}
