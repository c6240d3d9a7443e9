"""What an option offers: the kinds of thing its words name."""

import re
from functools import lru_cache
from typing import NamedTuple

from datagen.filters.english.inflection import base_form, third_person, verbs
from datagen.filters.english.lexicon import kinds_by_word
from datagen.filters.english.replies import Reply, opened
from datagen.filters.english.tokens import STOP_WORDS, Token, straight, tokens_of
from datagen.filters.english.word_lists import listed

_LETTERING = re.compile(r"\b[A-Z][A-Z0-9]+\b")
_DENIALS = listed("datagen.filters.answer_form", "offered", "denials")
_REPLY_WORDS = frozenset({"yes", "no", "yeah", "yep", "yup", "nope", "nah"})
DIRECTIONS = listed("datagen.filters.answer_form", "offered", "directions")
"""Prepositions of place."""
_QUALITIES = frozenset({"adjective", "size", "quantity"})  # of a word that only qualifies another, as in "bright red"
COPULAS = listed("datagen.filters.answer_form", "offered", "copulas")
"""Verbs after which a sentence says what its subject is."""
_MANY = frozenset({"they", "we", "you", "i", "people", "both", "all"})
_LOOKING = frozenset({"at", "for", "into", "out", "up", "down", "over", "through", "away", "back", "around", "toward"})
_OF_PEOPLE = ("man", "men", "woman", "women", "boy", "boys", "girl", "girls")
_BEFORE_NOUN = COPULAS | {"a", "an", "the"}
_PAIRS = frozenset({"pair", "couple", "dozen", "dozens", "hundreds", "half"})
_TIMELY = frozenset({"time", "number", "quantity", "action"})
_WAYS = listed("datagen.filters.answer_form", "offered", "ways")
_FINITE = listed("datagen.filters.answer_form", "offered", "finite")
_PAPER = frozenset({"picture", "image", "photo", "photograph", "scene", "pictures", "images", "photos"})
_NO_PLACE = listed("datagen.filters.answer_form", "offered", "no_place")
_FILLERS = STOP_WORDS | DIRECTIONS | listed("datagen.filters.answer_form", "offered", "fillers")
_PLAINLY_THERE = listed("datagen.filters.answer_form", "offered", "plainly_there")
_MINOR = frozenset({"mass", "quantity"})


class Offer(NamedTuple):
    """What an option offers.

    Attributes:
        reply: "yes" or "no" where it opens so.
        reply_word: Whether it does with that very word, not with a sentence ("That is not so").
        says: For each word of what it says (the predicate, where it is a sentence with "is"), the kinds it may be of.
        kinds: The kinds named anywhere in it.
        action: Whether it begins with a verb of doing ("playing chess").
        place: Whether what it says begins with where ("on the table").
        plainly_there: Whether a preposition that can mean nothing but a place begins it ("behind …").
        clause: Whether it has a finite verb.
        denies: Whether it denies something, which answers any question that takes something for granted.
        definite: Whether it is a sentence on something known ("The car is …").
        reason: Whether it gives a reason ("because …", "to …").
        because: Whether it does with "because".
    """

    reply: Reply | None
    reply_word: bool
    says: tuple[tuple[str, frozenset[str]], ...]
    kinds: frozenset[str]
    action: bool
    place: bool
    plainly_there: bool
    clause: bool
    denies: bool
    definite: bool
    reason: bool
    because: bool

    def beyond(self, words: frozenset[str]) -> tuple[frozenset[str], ...]:
        """The kinds of each word of what it says that is not among these; of all, where none is left."""
        left = tuple(kinds for word, kinds in self.says if word not in words) or tuple(kinds for _, kinds in self.says)
        if len(left) < 2:
            return left
        nouns = tuple(kinds for kinds in left if not kinds or kinds - _QUALITIES)
        return nouns or left


@lru_cache(maxsize=2**16)
def offer_of(text: str) -> Offer:
    """What an option offers; one without a letter or digit offers nothing."""
    tokens = tokens_of(text)
    reply, rest, short = opened(text)
    lettering = frozenset(word.casefold() for word in _LETTERING.findall(straight(text)))
    read = [token for token in _off_paper(list(rest)) if token.word not in {",", ";", ":"}]
    words = [token.word for token in read]
    copula = next((place for place in range(len(words)) if _is_copula(words, place)), None)
    kinds = [_kinds_at(read, place, lettering) for place in range(len(read))]
    after = (copula or 0) + 1 if copula is not None else 0
    said = [place for place in range(after, len(read)) if kinds[place] is not None]
    if not said:
        after, said = 0, [place for place in range(len(read)) if kinds[place] is not None]
    if words[:1] == ["there"] and (counts := [place for place in said if "number" in (kinds[place] or ())]):
        said = counts  # "there are three dogs" says how many
    if any("time" in (kinds[place] or ()) for place in said):
        kinds = [one | {"time"} if one and "number" in one else one for one in kinds]  # "three o'clock"
    likened = words[after : after + 1] == ["like"]  # "like little men" is of no kind
    named = [one for one in kinds if one]
    place_at = any(_points(words, place, kinds) for place in range(len(words)))
    return Offer(
        reply,
        bool(tokens) and tokens[0].word in _REPLY_WORDS and reply is not None,
        tuple((base_form(words[place]), frozenset() if likened else kinds[place] or frozenset()) for place in said),
        frozenset().union(*named) | ({"direction"} if place_at or _leads_somewhere(words, kinds) else set()),
        bool(words) and words[0].endswith("ing") and base_form(words[0]) in verbs(),
        _begins_with_place(words, after, kinds),
        any(word in _PLAINLY_THERE for word in words[after : after + 2]),
        (words[:1] != [] and words[0] in _MANY and words[1:2] != [] and words[1] in verbs())
        or any(word in _FINITE or _is_finite_verb(words, place) for place, word in enumerate(words)),
        any(word in _DENIALS for word in words) or (reply == "no" and short),
        copula is not None and copula > 0 and words[0] in {"the", "this", "its", "his", "her", "their", "these"},
        _is_reason(words),
        words[:1] == ["because"],
    )


def _is_copula(words: list[str], place: int) -> bool:
    """Whether a verb links what follows to its subject: "look" does in "they look tired", not in "they look at it"."""
    looking = words[place].startswith("look") and words[place + 1 : place + 2] and words[place + 1] in _LOOKING
    return words[place] in COPULAS and not looking


def _is_reason(words: list[str]) -> bool:
    if words[:1] == ["to"]:
        return words[1:2] != [] and words[1] in verbs()
    return words[:1] != [] and words[0] in {"because", "since", "for", "so", "due", "as"}


def _off_paper(tokens: list[Token]) -> list[Token]:
    """Words without "in the picture" and the like."""
    kept: list[Token] = []
    for token in tokens:
        if token.word in _PAPER and kept and kept[-1].word in {"the", "this", "in", "that"}:
            while kept and kept[-1].word in {"the", "this", "that", "in", "of", "on", "from"}:
                kept.pop()
        else:
            kept.append(token)
    return kept


def _kinds_at(tokens: list[Token], place: int, lettering: frozenset[str]) -> frozenset[str] | None:
    """The kinds a word may be of, none for one that is not listed; None for a word that says nothing by itself."""
    word, quoted = tokens[place]
    if quoted or word in lettering:
        return frozenset({"text"})
    before = tokens[place - 1].word if place else ""
    if word[0].isdigit():
        stands_for_noun = word == "1" and before and (before in {"the", "this", "that"} or _is_adjective(before))
        year = word.isdigit() and len(word) == 4 and word[:2] in {"18", "19", "20"}
        return frozenset({"one"}) if stands_for_noun else frozenset({"number", "quantity", *(["time"] if year else [])})
    base = base_form(word)
    if word in _FILLERS or word in _DENIALS or base in _FILLERS:
        return None
    kinds = kinds_by_word().get(base) or kinds_by_word().get(word) or frozenset()
    if not kinds and word.endswith(_OF_PEOPLE):
        kinds = frozenset({"person"})
    doing = word.endswith("ing") and base != word
    done = word.endswith("ed") and before not in _BEFORE_NOUN
    if doing or (base in verbs() and (done or not kinds)):
        kinds = kinds | {"action"}
    if kinds & {"color", "pattern", "emotion"}:
        kinds = kinds - {"adjective"}
    if word in _PAIRS:
        kinds = kinds | {"number"}
    return kinds - _MINOR | ({"quantity"} if "quantity" in kinds else frozenset())


def _is_adjective(word: str) -> bool:
    return bool(kinds_by_word().get(word, frozenset()) & {"adjective", "color", "size", "pattern"})


def _is_finite_verb(words: list[str], place: int) -> bool:
    word = words[place]
    if place == 0 or word[-1] not in "sd":
        return False
    base = base_form(word)
    return word != base and base in verbs() and word in {third_person(base), f"{base}ed", f"{base}d"}


def _points(words: list[str], place: int, kinds: list[frozenset[str] | None]) -> bool:
    """Whether a place's word is a preposition of place, and not of time or manner ("in the morning", "in total")."""
    if words[place] not in DIRECTIONS:
        return False
    rest = [there for there in range(place + 1, len(words)) if kinds[there] is not None]
    if not rest:
        return True
    following = [there for there in rest if "number" not in (kinds[there] or ())][:1]  # "between the two boys"
    if not following:
        return False
    named = kinds[following[0]] or frozenset()
    return words[following[0]] not in _NO_PLACE and not (named and named <= _TIMELY)


def _leads_somewhere(words: list[str], kinds: list[frozenset[str] | None]) -> bool:
    """Whether it says where to, where from or by what, of whatever that is ("at the camera", "down")."""
    if words[-1:] in (["there"], ["here"]):
        return True
    for place, word in enumerate(words):
        following = next((there for there in range(place + 1, len(words)) if kinds[there] is not None), None)
        named = frozenset[str]() if following is None else kinds[following] or frozenset()
        to_do = word == "to" and (following is None or words[following] in verbs())
        if (word in _WAYS or word == "to") and not to_do and not ("time" in named or "number" in named):
            return True
    return False


def _begins_with_place(words: list[str], after: int, kinds: list[frozenset[str] | None]) -> bool:
    start = after
    while start < len(words) and words[start] in {"just", "right", "directly", "only", "not", "somewhere"}:
        start += 1
    if start >= len(words):
        return False
    sides = words[start : start + 1] in (["to"], ["at"], ["by"]) and any(
        "place" in (kinds[there] or ()) for there in range(start, min(start + 4, len(words)))
    )
    return sides or _points(words, start, kinds)
