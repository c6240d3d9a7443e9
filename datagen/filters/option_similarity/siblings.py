"""Options that say in another form what a sibling says: found by what the options of a question have in common.

Most options of a question share a frame and differ in a value ("The cup is striped." "The cup is dotted."). One that
has another form ("Dots are what the cup is covered with.") says the same as the sibling whose value it names, where it
names no other and adds nothing of its own.
"""

from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from datagen.filters.english.inflection import verbs
from datagen.filters.option_similarity.added import COUNTED, added_to, ever_added, is_verbal
from datagen.filters.option_similarity.another_name import renamed
from datagen.filters.option_similarity.concepts import HEADS
from datagen.filters.option_similarity.meaning import Meaning
from datagen.filters.option_similarity.roles import agree, converse, roles_of, turned
from datagen.filters.option_similarity.runs import TURNED

_NONE: frozenset[str] = frozenset()
_NOT = frozenset({"not"})
_ONE = frozenset({"1"})


class Asked(NamedTuple):
    """What is known before the options of a half are read.

    Attributes:
        meaning: What the half's question says.
        topic: Words of both questions of the pair, without values.
        told: Words of a question that an option may say again, without values.
        values: Words in which fact and premise differ, or that answer the positive question.
    """

    meaning: Meaning
    topic: frozenset[str]
    told: frozenset[str]
    values: frozenset[str]


def asked_of(question: Meaning, positive: Meaning, negative: Meaning, fact: Meaning, premise: Meaning) -> Asked:
    """What the question of a half tells beforehand.

    Args:
        question: The half's.
        positive: The positive half's.
        negative: The negative half's, whose words may be values ("Why is the cat brown?").
        fact: What the pair claims; it may be empty, as of imported pairs.
        premise: What its negative half takes for granted; it may be empty.
    """
    known = bool(fact.words and premise.words)
    values = (fact.bag ^ premise.bag) | ((fact.bag | premise.bag) - positive.bag) if known else _NONE
    told = (positive.bag | question.bag if known else positive.bag) - values - _NOT
    return Asked(question, (positive.bag & negative.bag) - values - _NOT, told, values)


def may_restate(options: Sequence[Meaning], asked: Asked) -> bool:
    """Whether an option may be another form of a sibling: none is where each has a word of its own in one frame."""
    times = Counter(word for one in options for word in one.bag)
    if len(options) < 3 or len(options) - 1 in times.values():
        return True
    if any(" " in word and is_verbal(word) for word in times):  # "ride bicycle", "bicycle … ride"
        return True
    told = (asked.meaning.bag - asked.values) | ever_added()
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
    parallel = _parallel(siblings, asked)
    for at, (sibling, value) in enumerate(zip(siblings, parallel.values, strict=True)):
        if value and ("not" in odd.bag) == ("not" in sibling.bag) and _says_again(odd, sibling, value, parallel, asked):
            return at + (at >= place)
    return None


class _Parallel(NamedTuple):
    """What siblings have in common, and what each says beside it."""

    values: list[frozenset[str]]
    varying: frozenset[str]
    common: frozenset[str]
    counting: bool


def _parallel(siblings: Sequence[Meaning], asked: Asked) -> _Parallel:
    frame = frozenset.intersection(*(one.bag for one in siblings))
    if len(siblings) == 1:  # what two options share may be anything: only what the question says too is a frame
        frame &= asked.told
    values = [one.bag - frame - asked.topic for one in siblings]
    quoted = frozenset().union(*(one.quoted for one in siblings))
    counting = all(value <= _NOT or all(word.isdigit() for word in value - quoted) for value in values)
    counting = counting and not any(value & quoted for value in values)
    if counting:  # "one dog" is "a dog"
        values = [value or _ONE for value in values]
    varying = frozenset().union(asked.values, *values) - frame
    common = frame | asked.topic | (asked.told - varying)
    return _Parallel(values, varying, frozenset(w for w in common if not (counting and w.isdigit())), counting)


def _says_again(odd: Meaning, sibling: Meaning, value: frozenset[str], parallel: _Parallel, asked: Asked) -> bool:
    """Whether an option says a sibling's value and nothing beside it."""
    phrases = any(" " in word and is_verbal(word) for word in value)
    turning = bool((odd.bag | sibling.bag) & TURNED.keys())
    if not (value <= odd.bag or parallel.counting or phrases or turning):
        return False
    added = added_to(value, sibling, counting=parallel.counting) - parallel.varying - sibling.bag
    said = odd.bag - parallel.common - added
    if parallel.counting:
        said = frozenset(COUNTED.get(word, word) for word in said) or _ONE
    if turning and _turned_round(odd, sibling, said, value):
        return True
    lacking = sibling.bag - odd.bag - value - (HEADS if "where" in odd.bag else _NONE)
    if phrases:  # "ride bicycle" as "bicycle … ride"
        value, said = _singly(value) - parallel.common, _singly(said)
    if not value:
        return False
    if not value <= said or not lacking <= asked.meaning.bag:
        return False
    if not (_same_numbers(odd, sibling) if parallel.counting else _in_order(value, odd, sibling)):
        return False
    names = renamed(said - value, odd, sibling, asked.told) if said != value else {}
    if names is None:
        return False
    if value <= sibling.quoted:  # what is written does nothing to anybody
        return True
    known = (roles_of(order, _NONE, {}) for order in (sibling.order, asked.meaning.order))
    return agree(roles_of(odd.order, added, names), *known)


def _singly(words: Set[str]) -> frozenset[str]:
    """Phrases with a verb word by word."""
    return frozenset(one for word in words for one in (word.split() if " " in word and is_verbal(word) else [word]))


def _same_numbers(odd: Meaning, sibling: Meaning) -> bool:
    """Whether both give the same numbers in one order ("1 to 3" is not "3 to 3"); "a dog" and "a single dog" have 1."""
    one, other = ([COUNTED.get(word, word) for word in each.words] for each in (odd, sibling))
    return ([word for word in one if word.isdigit()] or ["1"]) == ([word for word in other if word.isdigit()] or ["1"])


def _in_order(value: frozenset[str], odd: Meaning, sibling: Meaning) -> bool:
    """Whether the words of a value stand in one order in both, but for verbs: "left hand, right foot" is not turned."""
    counted = value - verbs()
    said, told = ([w for word in each.words for w in _singly({word}) if w in counted] for each in (odd, sibling))
    return said == told


def _turned_round(odd: Meaning, sibling: Meaning, said: frozenset[str], value: frozenset[str]) -> bool:
    """Whether the option tells the sibling's relation from the other end."""
    relation = turned(roles_of(odd.order, _NONE, {}), roles_of(sibling.order, _NONE, {}))
    return relation is not None and said - {relation} | {converse(relation)} == value
