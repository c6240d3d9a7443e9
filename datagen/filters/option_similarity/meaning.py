"""What an option says, in a form in which wordings of the same are equal."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from datagen.filters.english.inflection import base_form, verbs
from datagen.filters.english.lexicon import LONGEST_PHRASE, first_words, synonyms, words_of_kind
from datagen.filters.english.replies import Reply, opened
from datagen.filters.english.tokens import Token
from datagen.filters.english.word_lists import listed

_CAPITALS = re.compile(r"\b[A-Z][A-Z]+\b")
LETTERING = 3  # words in capitals taken as what stands on a sign; where there are more, somebody shouts
_ARTICLES = frozenset({"a", "an", "the", "some"})
_BOUNDS = listed("datagen.filters.option_similarity", "meaning", "bounds")
"""Words that part a statement into runs and say nothing by themselves."""
_LINKS = frozenset({"of", "to", "with", "'s"})
"""Prepositions that say too little to tell two options apart, but say which noun hangs on which."""
_PADDING = listed("datagen.filters.option_similarity", "meaning", "padding")
_PICTURE = "picture"
_POSSESSIVE = frozenset({"his", "her", "its", "their"})  # "standing on his hands"
_GENDER = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_SHOWING = frozenset({"contain", "show", "display", "depict", "feature", "include", "reveal", "capture"})
_PUT = frozenset({"place", "put", "situate", "locate", "position", "park"})
_SUBJECTS = frozenset({"it", "he", "she", "they", "this", "that", "these", "those"})
_SIDES = frozenset(
    {"upper left", "upper right", "lower left", "lower right", "center", "left side",
     "right side", "top", "bottom", "foreground", "background", "left", "right"}
)  # fmt: skip
_SIDE_OF = {"left side": "left", "right side": "right"}
_HEADS = listed("datagen.filters.option_similarity", "meaning", "heads") | {
    "left of",
    "right of",
    "next to",
    "in front of",
    "far from",
    "because",
}
_STILL = listed("datagen.filters.option_similarity", "meaning", "still")
"""Verbs after which "by" says where, not who."""

Run = tuple[tuple[str, ...], ...]
"""Words that hang together, in chunks parted by articles ("riding | the horse"); within a chunk their order is free."""


class Meaning(NamedTuple):
    """What an option says.

    Attributes:
        reply: "yes" or "no" where it opens with such a reply.
        words: What it says in order: synonyms as one, inflection undone, padding left out.
        runs: The same words in groups that may change places, sorted.
        genders: "he", "she" as its pronouns tell; the pronouns themselves are not among the words.
        bag: The words without order.
        joined: The words without spaces: "skate board" is "skateboard".
        pronoun: Whether it speaks of its subject by a pronoun ("It is red").
        related: Where it says how two things lie to each other, that in one way round; else the runs.
    """

    reply: Reply | None
    words: tuple[str, ...]
    runs: tuple[Run, ...]
    genders: frozenset[str]
    bag: frozenset[str]
    joined: str
    pronoun: bool
    related: tuple[object, ...]


@lru_cache(maxsize=2**16)
def meaning_of(text: str) -> Meaning:
    """The meaning of an option or a question; an empty text has no words."""
    reply, rest, _ = opened(text)
    capitals = _CAPITALS.findall(text)
    as_written = frozenset(word.casefold() for word in capitals) if len(capitals) <= LETTERING else frozenset()
    concepts = list(_concepts([_based(token, as_written) for token in rest]))
    concepts = _active(_without_padding(concepts))
    runs = list(dict.fromkeys(_runs(concepts)))
    words = tuple(word for run in runs for chunk in run for word in chunk if word not in _LINKS)
    genders = frozenset(_GENDER[token.word] for token in rest if token.word in _GENDER)
    free = tuple(sorted(_free(run) for run in runs))
    return Meaning(reply, words, free, genders, frozenset(words), "".join(words), _by_pronoun(rest), _related(free))


def _by_pronoun(rest: tuple[Token, ...]) -> bool:
    return len(rest) > 1 and rest[0].word in _SUBJECTS and base_form(rest[1].word) in {"be", "have", "do"}


def _based(token: Token, as_written: frozenset[str]) -> tuple[str, bool]:
    """A word in base form, and whether it stands for itself alone (quoted, or in capitals as on a sign)."""
    if token.quoted or token.word in as_written:
        return token.word, True
    return base_form(token.word), False


def _concepts(words: list[tuple[str, bool]]) -> Iterator[str]:
    """Words with phrases of one meaning replaced by the first of their set; articles stay as "a"."""
    known, firsts, place = synonyms(), first_words(), 0
    while place < len(words):
        word, literal = words[place]
        if literal or word not in firsts:
            yield "a" if word in _ARTICLES and not literal else word
            place += 1
            continue
        phrase, places = list[str](), list[int]()
        for there in range(place, min(place + 2 * LONGEST_PHRASE, len(words))):
            if words[there][1]:
                break
            if words[there][0] not in _ARTICLES and (not phrase or words[there][0] not in _POSSESSIVE):
                phrase.append(words[there][0])
                places.append(there)
        for length in range(min(len(phrase), LONGEST_PHRASE), 0, -1):
            found = known.get(tuple(phrase[:length]))
            if found is not None:
                yield found
                place = places[length - 1] + 1
                break
        else:
            yield word
            place += 1


@cache
def _values(kind: str) -> frozenset[str]:
    return words_of_kind(kind) - {"color", "hue", "shade", "tint", "shape", "size", "pattern"}


def _without_padding(concepts: list[str]) -> list[str]:
    """Concepts without what adds nothing: "in the picture", "located", a slot's name beside its value, "one"."""
    named = _named_beside_value(concepts)
    kept: list[str] = []
    for place, word in enumerate(concepts):
        before, following = concepts[place - 1 : place], concepts[place + 1 : place + 2]
        if word == _PICTURE and len(concepts) > 1:
            _drop_last(kept, {"a", "in", "inside", "of", "on", "this", "from", "to"})
        elif word in named:
            _drop_last(kept, {"a", "inside"})
        elif word == "not" and following and kept and kept[-1] in verbs() and following[0] not in verbs():
            kept.insert(-1, word)  # "wearing no hat" as "not wearing a hat"
        elif not _adds_nothing(word, before, following, after_picture=_PICTURE in concepts[:place]):
            if word in _SIDES:
                _drop_last(kept, {"a", "on", "inside", "at", "to"})
            kept.append(_SIDE_OF.get(word, word))
    return kept or concepts


def _adds_nothing(word: str, before: list[str], following: list[str], *, after_picture: bool) -> bool:
    if word == "1":
        return bool(following) and following[0] not in _BOUNDS and following[0] not in _HEADS
    return word in _PADDING or (word in _PUT and before == ["be"]) or (word in _SHOWING and after_picture)


def _named_beside_value(concepts: list[str]) -> frozenset[str]:
    """The slots whose name stands beside a value ("red in color"), and "number" where there is a figure."""
    words = frozenset(concepts)
    named = {slot for slot in ("color", "shape", "pattern", "size") if slot in words and words & _values(slot)}
    return frozenset(named | ({"number"} if any(word[:1].isdigit() for word in words) else set()))


def _drop_last(kept: list[str], words: set[str]) -> None:
    while kept and kept[-1] in words:
        kept.pop()


def _active(concepts: list[str]) -> list[str]:
    """A passive turned round: "umbrella is held by man" → "man is hold umbrella"."""
    if concepts.count("next to") != 1 or "be" not in concepts:
        return concepts
    by, be = concepts.index("next to"), concepts.index("be")
    verb = be + 2 if concepts[be + 1 : be + 2] == ["be"] else be + 1
    if by != verb + 1 or be == 0 or by + 1 == len(concepts) or concepts[verb] in _STILL:
        return concepts
    return [*concepts[by + 1 :], "be", concepts[verb], *concepts[:be]]


def _runs(concepts: list[str]) -> Iterator[Run]:
    run: list[list[str]] = []
    for word in concepts:
        if word in _BOUNDS:
            yield from _closed(run)
            run = []
        elif word == "'s":  # "the man's hat" is "hat of the man"
            yield from _closed([["of"], *run] if run else [])
            run = []
        elif word in _HEADS or word in _LINKS:
            if run and run[0] != ["not"]:
                yield from _closed(run)
                run = []
            run = [*run, [word], []]
        elif word == "a":
            run = [*run, []] if run else run
        elif run:
            run[-1].append(word)
        else:
            run = [[word]]
    yield from _closed(run)


def _closed(run: list[list[str]]) -> Iterator[Run]:
    kept = tuple(tuple(chunk) for chunk in run if chunk)
    if kept:
        yield kept


@cache
def modifiers() -> frozenset[str]:
    """Words that qualify another and may stand in any order before it."""
    kinds = ("color", "pattern", "material", "size", "emotion", "adjective")
    return frozenset(word for kind in kinds for word in words_of_kind(kind))


def _free(run: Run) -> Run:
    """A run in which the order of adjectives does not count."""
    if not any(word in modifiers() for chunk in run for word in chunk):
        return run
    return tuple(
        tuple(sorted(word for word in chunk if word in modifiers()))
        + tuple(word for word in chunk if word not in modifiers())
        for chunk in run
    )


_TURNED = {"right of": "left of", "under": "above", "behind": "in front of"}
_EVEN = frozenset({"next to", "far from"})
_RELATIONS = frozenset(_TURNED) | frozenset(_TURNED.values()) | _EVEN


def _related(runs: tuple[Run, ...]) -> tuple[object, ...]:
    """A statement of two things' places read one way round: "A is right of B" as "B is left of A"."""
    if len(runs) != 2:
        return runs
    places = [place for place, run in enumerate(runs) if len(run) == 2 and run[0][0] in _RELATIONS]
    if len(places) != 1:
        return runs
    (relation, *_), thing = runs[places[0]]
    subject = tuple(word for chunk in runs[1 - places[0]] for word in chunk)
    if relation in _EVEN:
        return (relation, *sorted([subject, thing]))
    return (_TURNED[relation], thing, subject) if relation in _TURNED else (relation, subject, thing)
