"""Options that say in another form what a sibling says: found by what the options of a question have in common.

Most options of a question share a frame and differ in a value ("The cup is striped." "The cup is dotted."). One that
has another form ("Dots are what the cup is covered with.") says the same as the sibling whose value it names, where it
names no other and adds nothing of its own.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from datagen.filters.english.inflection import verbs
from datagen.filters.english.lexicon import kinds_by_word, words_of_kind
from datagen.filters.english.word_lists import listed
from datagen.filters.option_similarity.concepts import HEADS, SIDES
from datagen.filters.option_similarity.meaning import Meaning
from datagen.filters.option_similarity.roles import agree, roles_of
from datagen.filters.option_similarity.runs import RELATIONS, modifiers

_NONE: frozenset[str] = frozenset()
_NOT = frozenset({"not"})
_ONE = frozenset({"1"})
_PLACING = RELATIONS | {"on", "inside", "outside", "between", "around", "against", "across", "along"}
_DOING = frozenset({"posture", "pose", "do", "position", "activity", "action"})
_COUNTED = {"single": "1", "lone": "1", "sole": "1", "solitary": "1", "pair": "2", "duo": "2", "trio": "3"}
_NAMING = frozenset({"thing", "object", "item", "figure", "creature", "animal", "vehicle", "person", "being", "one"})
LONGEST_NAME = 3  # words of another name for what the question speaks of


class Asked(NamedTuple):
    """What is known before the options are read.

    Attributes:
        meaning: What the half's question says.
        topic: Words that both questions of the pair share, without those in which fact and premise differ.
        loose: Words of the question that an option may say again or leave out.
        values: Words in which fact and premise differ.
    """

    meaning: Meaning
    topic: frozenset[str]
    loose: frozenset[str]
    values: frozenset[str]


def asked_of(question: Meaning, positive: Meaning, negative: Meaning, fact: Meaning, premise: Meaning) -> Asked:
    """What the question of a half tells beforehand; fact and premise may be empty, as of imported pairs.

    What fact or premise say beyond the positive question is a value: it answers.
    """
    known = bool(fact.words and premise.words)
    values = (fact.bag ^ premise.bag) | ((fact.bag | premise.bag) - positive.bag) if known else _NONE
    topic = (positive.bag & negative.bag) - values - _NOT
    return Asked(question, topic, question.bag - values - _NOT if known else topic, values)


def may_restate(options: Sequence[Meaning], asked: Asked) -> bool:
    """Whether an option may be another form of a sibling; where each has its own value in one frame, none can be."""
    times = Counter(word for one in options for word in one.bag)
    if any(time == len(options) - 1 for time in times.values()) or len(options) < 3:
        return True
    told = (asked.meaning.bag - asked.values) | _any_added()
    return not all(any(times[word] == 1 and word not in told for word in one.bag) for one in options)


def restated(place: int, options: Sequence[Meaning], asked: Asked) -> int | None:
    """The option that another says again in another form.

    Args:
        place: Which option may be the other form.
        options: What all the options of the question say.
        asked: What the question says.

    Returns:
        The place of the sibling whose value it names, or None: it names none or several, or adds something.
    """
    odd, siblings = options[place], [*options[:place], *options[place + 1 :]]
    if not odd.words or not siblings:
        return None
    frame = frozenset.intersection(*(one.bag for one in siblings))
    if len(siblings) == 1:
        frame &= asked.loose
    values = [one.bag - frame - asked.topic for one in siblings]
    quoted = frozenset().union(*(one.quoted for one in siblings))
    counting = all(value <= _NOT or all(word.isdigit() and word not in quoted for word in value) for value in values)
    if counting:
        values = [value or _ONE for value in values]
    varying = frozenset().union(asked.values, *values) - frame
    saying = frame | asked.topic | (asked.loose - varying)
    if counting:
        saying = frozenset(word for word in saying if not word.isdigit())
    for at, (sibling, value) in enumerate(zip(siblings, values, strict=True)):
        if not value or (_NOT <= odd.bag) != (_NOT <= sibling.bag):
            continue
        added = _added(value, sibling, asked, counting=counting) - varying - sibling.bag
        said = odd.bag - saying - added
        if counting:
            said = frozenset(_COUNTED.get(word, word) for word in said) or _ONE
        if not value <= said or not sibling.bag - odd.bag - value <= asked.meaning.bag:
            continue
        if [word for word in odd.words if word in value] != [word for word in sibling.words if word in value]:
            continue
        renamed = _renamed(said - value, odd, sibling, asked) if said != value else {}
        if renamed is not None and _alike_in_roles(odd, sibling, asked, added, renamed):
            return at + (at >= place)
    return None


def _alike_in_roles(odd: Meaning, sibling: Meaning, asked: Asked, added: frozenset[str], renamed: dict[str, str]) -> bool:
    return agree(
        roles_of(odd.order, added, renamed), roles_of(sibling.order, _NONE, {}), roles_of(asked.meaning.order, _NONE, {})
    )


def _renamed(strange: frozenset[str], odd: Meaning, sibling: Meaning, asked: Asked) -> dict[str, str] | None:
    """Another name for what question and siblings speak of, word for word; None where it is no such name."""
    replaced = (sibling.bag & asked.loose) - odd.bag - modifiers() - HEADS - verbs()
    if not replaced or len(strange) > LONGEST_NAME or strange & (modifiers() | HEADS | verbs() | SIDES | _NOT):
        return None
    if any(word[:1].isdigit() for word in strange) or strange & asked.meaning.bag or strange & odd.quoted:
        return None
    if not any(strange <= frozenset(chunk) for run in odd.order for chunk in run):
        return None
    head = next(word for run in odd.order for chunk in run for word in reversed(chunk) if word in strange)
    if head in kinds_by_word() and head not in _NAMING and any(word in kinds_by_word() for word in replaced):
        return None
    last = next(word for word in reversed(sibling.words) if word in replaced)
    return dict.fromkeys(strange, last)


def _added(value: frozenset[str], sibling: Meaning, asked: Asked, *, counting: bool) -> frozenset[str]:
    """Words that add nothing to a value of this kind."""
    if counting:
        return _words("number")
    if value <= sibling.quoted:
        return _words("text")
    if value & (_PLACING | SIDES):
        return _words("place")
    if value <= modifiers() | words_of_kind("shape") and not (sibling.bag - value) & _doing():
        return _words("looks")
    return _words("posture") if not asked.meaning.bag.isdisjoint(_DOING) else _words("always")


@cache
def _doing() -> frozenset[str]:
    """Verbs that are nothing else."""
    return verbs() - kinds_by_word().keys()


@cache
def _any_added() -> frozenset[str]:
    kinds = ("looks", "posture", "number", "place", "text", "always")
    return frozenset().union(_COUNTED, *(_words(kind) for kind in kinds))


@cache
def _words(kind: str) -> frozenset[str]:
    listed_words = listed("datagen.filters.option_similarity", "added", kind)
    return listed_words | listed("datagen.filters.option_similarity", "added", "always")
