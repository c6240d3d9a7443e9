"""The sort of thing that an option says, read from how it begins: a reason, a time, a place, an activity.

Kinds (``offered.py``) tell what its words may name; the sort is what the whole is: "driving a car" is an activity and
no vehicle, "the neighbor's son" is a person, "because of the wind" a reason. What cannot be told has no sort.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from datagen.filters.answer_form.frames import after_reply
from datagen.filters.answer_form.offered import COPULAS, offer_of
from datagen.filters.english.inflection import base_form, verbs
from datagen.filters.english.lexicon import kinds_by_word, words_of_kind
from datagen.filters.english.word_lists import listed

_WORD = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']+'(?!\w)|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*|[,:;]")
_PARTS = frozenset({",", ":", ";"})
_SAYING = frozenset({"says", "say", "reads", "read", "shows", "spells"})
_SKIPPED = listed("datagen.filters.answer_form", "sorts", "skipped")
_DETERMINERS = listed("datagen.filters.answer_form", "sorts", "determiners")
_NUMERALS = listed("datagen.filters.answer_form", "sorts", "numerals")
_ENDS = listed("datagen.filters.answer_form", "sorts", "ends")
"""Words before which a noun phrase is complete."""
_SUBJECTS = listed("datagen.filters.answer_form", "sorts", "subjects")
_WHERE = listed("datagen.filters.answer_form", "offered", "directions") | {
    "at",
    "by",
    "far",
    "front",
    "up",
    "down",
    "past",
    "through",
    "off",
    "out",
}
_PLAINLY_THERE = listed("datagen.filters.answer_form", "offered", "plainly_there")
_WHEN = listed("datagen.filters.answer_form", "sorts", "when")
_TIME_PREPOSITIONS = listed("datagen.filters.answer_form", "sorts", "time_prepositions")
_NO_PLACE = listed("datagen.filters.answer_form", "offered", "no_place")
_PARTS_OF = frozenset({"middle", "end", "beginning", "start", "height", "half", "rest"})
_PAPER = frozenset({"picture", "image", "photo", "photograph", "scene", "frame"})
_REASONS = (
    ("because",), ("so", "that"), ("in", "order", "to"), ("so", "as", "to"), ("due", "to"), ("owing", "to"),
    ("thanks", "to"), ("for", "fear"), ("as", "a", "result"), ("on", "account"), ("for", "the", "sake"),
)  # fmt: skip
_OF_NOUNS = frozenset({"person", "thing", "shape", "color", "number", "time", "posture", "feeling"})
_QUALITIES = frozenset({"adjective", "size", "quantity", "mass", "material"})
_NATIONAL = ("ese", "ish", "an", "ch", "ic", "'s", "S")  # "Japanese" is no name
_STOPS_SUBJECT = _PARTS | {"who", "which", "that", "where", "since", "because", "while", "as", "when", "if", "and"}
_NAMED_AS = {
    "color": "color", "pattern": "color", "shape": "shape", "emotion": "feeling", "time": "time", "person": "person",
    "posture": "posture", "manner": "manner", "number": "number",
}  # fmt: skip


class Sort(NamedTuple):
    """What an option says.

    Attributes:
        names: Its sorts: "reason", "time", "place", "activity", "posture", "feeling", "person", "name", "thing",
            "shape", "color", "number", "text", "manner"; some where it may be either, none where it cannot be told.
        bare: Whether it is no sentence.
        certain: Whether a place or a time is plainly one ("in the kitchen", "at noon"), not "on the phone".
    """

    names: frozenset[str]
    bare: bool
    certain: bool = True


_NONE = Sort(frozenset(), bare=False)


@lru_cache(maxsize=2**16)
def sort_of(text: str) -> Sort:
    """The sort of an option's text; of none where it is empty or on no list."""
    shown = _WORD.findall(after_reply(text))
    words = [word.casefold() for word in shown]
    if not words:
        return _NONE
    if _is_reason(words):
        return Sort(frozenset({"reason"}), bare=True)
    at = _predicate(words)
    counted = len(words) == 2 and words[0] in _NUMERALS  # "two nurses", which might be a verb
    if at == 0 and not counted and offer_of(after_reply(text)).clause:
        return _NONE  # a sentence with a verb of its own
    said, bare = shown[at:], at == 0 or words[0] == "there"
    while said and said[0].casefold() in _SKIPPED:
        said = said[1:]
    if not said:
        return _NONE
    names, certain = _named([word.casefold() for word in said], said, bare=bare)
    if words[0] == "there" and "place" not in names and names & _OF_NOUNS:
        names = names & {"person", "number", "shape"} | {"thing"}  # "an orange" and "a zebra" are no colors there
    return Sort(names, at == 0, certain)


def _is_reason(words: list[str]) -> bool:
    if any(tuple(words[: len(phrase)]) == phrase for phrase in _REASONS):
        return True
    return words[0] in {"since", "as", "so"} and len(words) > 3 and words[1] in _SUBJECTS


def _predicate(words: list[str]) -> int:
    """Where what a sentence with "is", "looks" or "says" says of its subject begins; 0 where it is none of these."""
    for at, word in enumerate(words[:9]):
        if at and (word in COPULAS or word in _SAYING):
            return at + 1
        if word in _STOPS_SUBJECT and at:
            return 0
    return 0


def _named(words: list[str], shown: list[str], *, bare: bool) -> tuple[frozenset[str], bool]:
    """Sorts of a predicate or a bare phrase, and whether a place is plainly one."""
    first = words[0]
    if first[0] in "\"'":
        return frozenset({"text"}), True
    if _is_reason(words):
        return frozenset({"reason"}), True
    if first == "like":
        return frozenset(), True  # "like little men" may be a shape
    if _is_time(words):
        return frozenset({"time"}), True
    if first.endswith("ing") and base_form(first) != first and base_form(first) in verbs():
        doing = {"activity"} | ({"posture"} if base_form(first) in words_of_kind("posture") else set())
        modifies = bare and len(words) > 1 and words[1] not in _ENDS | _DETERMINERS | _NUMERALS
        return frozenset(doing | ({"thing"} if modifies else set())), True
    if first in _WHERE or (first == "to" and words[1:2] != [] and words[1] in _DETERMINERS):
        return _of_place(words)
    names = _of_phrase(words, shown, bare=bare)
    return names, "time" not in names


def _is_time(words: list[str]) -> bool:
    first, rest = words[0], words[1:]
    if first in _WHEN and rest[:1] != ["of"]:
        return True
    timely = words_of_kind("time")
    if first in _TIME_PREPOSITIONS and rest:
        end = next((at for at, word in enumerate(rest) if at and word in _ENDS), len(rest))
        head = rest[end - 1]
        year = head.isdecimal() and len(head) == 4
        clock = first == "at" and (rest[0][0].isdigit() or rest[0] in _NUMERALS)
        place = "place" in kinds_by_word().get(base_form(head), ())
        return year or clock or head == "eve" or (base_form(head) in timely and not place)
    if first in {"last", "next", "this", "every"} and rest:
        return base_form(rest[0]) in timely and "place" not in kinds_by_word().get(base_form(rest[0]), ())
    return "ago" in words or "o'clock" in words


def _of_place(words: list[str]) -> tuple[frozenset[str], bool]:
    phrase = words[1:]
    head = _head([word for word in phrase if word not in {"of", "to"}])
    if head is None:
        return frozenset({"place"}), False
    kinds = kinds_by_word().get(base_form(head), frozenset())
    if head in _NO_PLACE or kinds & {"emotion", "time"}:
        return frozenset(), False
    if kinds & {"color", "clothing"} and not kinds & {"place", "thing", "furniture"}:
        return frozenset(), False
    certain = bool(kinds & {"place", "furniture"}) or words[0] in _PLAINLY_THERE or bool(_PAPER & set(words))
    return frozenset({"place"}), certain


def _head(words: list[str]) -> str | None:
    """The last word of the noun phrase that words begin with; None where they begin with no such."""
    end = next((at for at, word in enumerate(words) if at and word in _ENDS), len(words))
    phrase = [word for word in words[:end] if word not in _DETERMINERS]
    if phrase[-1:] and phrase[-1] in _PARTS_OF and words[end : end + 1] == ["of"]:
        return _head(words[end + 1 :])  # "the middle of winter"
    return phrase[-1] if phrase else None


def _of_phrase(words: list[str], shown: list[str], *, bare: bool) -> frozenset[str]:
    """Sorts of a noun phrase or an adjective."""
    counted = words[0][0].isdigit() or words[0] in _NUMERALS
    number = {"number"} if counted else set()
    head = _head(words)
    if head is None:
        return frozenset(number)
    if head.endswith(("-shaped", "-colored", "-coloured")):
        return frozenset({"shape" if head.endswith("shaped") else "color"})
    known = kinds_by_word()
    kinds = known.get(base_form(head)) or known.get(head) or frozenset()
    names = number | {_NAMED_AS[kind] for kind in kinds if kind in _NAMED_AS}
    if head[0].isdigit() or head in _NUMERALS:
        return frozenset({"number"})
    if "person" in names and "color" not in names:
        return frozenset(names - {"feeling"})
    determined = words[0] in _DETERMINERS
    if kinds - _QUALITIES - _NAMED_AS.keys():
        names.add("thing")
    if "place" in kinds and determined:
        names.add("place")
    if determined and not number:
        return frozenset((names | {"thing"}) - {"posture"}) if not names & {"color", "feeling"} else frozenset(names)
    if not kinds and not bare and shown[0][0].isupper() and len(shown[0]) > 1 and not shown[0].isupper():
        return frozenset({"name"} if not shown[0].endswith(_NATIONAL) else ())  # amid a sentence
    return frozenset(names)
