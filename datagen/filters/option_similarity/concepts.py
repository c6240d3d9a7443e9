"""From the tokens of an option to its concepts: synonyms as one word, inflection undone, padding left out."""

from collections.abc import Iterable, Iterator
from functools import cache

from datagen.filters.english.inflection import base_form, verbs
from datagen.filters.english.lexicon import LONGEST_PHRASE, first_words, synonyms, words_of_kind
from datagen.filters.english.tokens import Token
from datagen.filters.english.word_lists import listed

ARTICLES = frozenset({"a", "an", "the", "some"})
BOUNDS = listed("datagen.filters.option_similarity", "meaning", "bounds")
"""Words that part a statement into runs and say nothing by themselves."""
HEADS = listed("datagen.filters.option_similarity", "meaning", "heads") | {
    "left of",
    "right of",
    "next to",
    "in front of",
    "far from",
    "because",
    "contain",
}
"""Words that govern what follows them."""
SIDES = frozenset(
    {"upper left", "upper right", "lower left", "lower right", "center", "left side",
     "right side", "top", "bottom", "foreground", "background", "left", "right"}
)  # fmt: skip
_SIDE_OF = {"left side": "left", "right side": "right"}
_PADDING = listed("datagen.filters.option_similarity", "meaning", "padding")
_PICTURE = "picture"
_PICTURES = frozenset({_PICTURE, "scene"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})  # "standing on his hands"
_SHOWING = frozenset({"contain", "show", "display", "depict", "feature", "include", "reveal", "capture", "take"})
_MADE_OF = frozenset({"make of"})  # "made of stone", "of stone"
_PUT = frozenset({"place", "put", "situate", "locate", "position", "park"})
_STILL = listed("datagen.filters.option_similarity", "meaning", "still")
"""Verbs after which "by" says where, not who."""


def concepts_of(tokens: Iterable[Token], as_written: frozenset[str]) -> list[str]:
    """The concepts of a statement in order, articles as "a", commas and colons among them, passives turned round.

    Args:
        tokens: Its words.
        as_written: Words that stand for themselves, as what a sign says in capitals.

    Returns:
        The concepts; none for no tokens.
    """
    return _active(_held(_without_padding(list(_concepts([_based(token, as_written) for token in tokens])))))


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
            if literal and word == "us":  # the country, not "us", which says nothing
                word = "usa"
            some_of = word == "some" and place + 1 < len(words) and words[place + 1][0] == "of"
            yield "a" if word in ARTICLES and not literal and not some_of else word
            place += 1
            continue
        phrase, places = list[str](), list[int]()
        for there in range(place, min(place + 2 * LONGEST_PHRASE, len(words))):
            if words[there][1]:
                break
            if words[there][0] not in ARTICLES and (not phrase or words[there][0] not in _POSSESSIVE):
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
        elif not _adds_nothing(word, before, following, after_picture=not _PICTURES.isdisjoint(concepts[:place])):
            if word in SIDES:
                _drop_last(kept, {"a", "on", "inside", "at", "to"})
            kept.append(_SIDE_OF.get(word, word))
    return kept or concepts


def _adds_nothing(word: str, before: list[str], following: list[str], *, after_picture: bool) -> bool:
    if word == "1":  # "one car" as "a car", yet not "one of the cars"
        return following != ["of"] and bool(following) and following[0] not in BOUNDS and following[0] not in HEADS
    if word in _PADDING or word in _MADE_OF or (word in _PUT and before == ["be"]):
        return True
    return after_picture and (word in _SHOWING or (word == "inside" and following == ["it"]))


def _named_beside_value(concepts: list[str]) -> frozenset[str]:
    """The slots whose name stands beside a value ("red in color"), and "number" where there is a figure."""
    words = frozenset(concepts)
    named = {slot for slot in ("color", "shape", "pattern", "size") if slot in words and words & _values(slot)}
    return frozenset(named | ({"number"} if any(word[:1].isdigit() for word in words) else set()))


def _drop_last(kept: list[str], words: set[str]) -> None:
    while kept and kept[-1] in words:
        kept.pop()


def _held(concepts: list[str]) -> list[str]:
    """What is carried in a hand is held: "carry a cup in one hand" → "hold a cup"."""
    if "hand" not in concepts or not {"carry", "hold"} & set(concepts):
        return concepts
    end = concepts.index("hand")
    begin = end - 1
    while begin > 0 and concepts[begin] in {"a", "1", "his", "her", "their", "its", "both", "2"}:
        begin -= 1
    if begin < 1 or concepts[begin] != "inside":
        return concepts
    return ["hold" if word == "carry" else word for word in concepts[:begin]] + concepts[end + 1 :]


def _active(concepts: list[str]) -> list[str]:
    """A passive turned round: "umbrella is held by man" → "man is hold umbrella"."""
    if concepts.count("next to") != 1 or "be" not in concepts:
        return concepts
    by, be = concepts.index("next to"), concepts.index("be")
    verb = be + 2 if concepts[be + 1 : be + 2] == ["be"] else be + 1
    if by != verb + 1 or be == 0 or by + 1 == len(concepts) or concepts[verb] in _STILL:
        return concepts
    return [*concepts[by + 1 :], "be", concepts[verb], *concepts[:be]]
