"""How alike two options of one question are: 1 where a careful reader takes them to say the same."""

from collections import Counter

from datagen.filters.english.lexicon import kinds_by_word
from datagen.filters.option_similarity.meaning import Meaning
from datagen.filters.option_similarity.runs import modifiers

SAME = 1.0
SHORTENED = 0.95  # one is the other without what the question says already
KIND_OF = 0.8  # "a dog", "an animal": both may be right, yet the one says more
UNLIKE = 0.75  # the most that options in other words reach
OPPOSED = 0.5  # the same words under "yes" and under "no"

_KINDS = frozenset({"animal", "person", "vehicle", "food", "clothing", "furniture", "drink", "shape", "color"})


def likeness(one: Meaning, other: Meaning, asked: Meaning) -> float:
    """How alike two options are, between 0 and 1.

    Args:
        one: An option's meaning.
        other: Another's.
        asked: The question's: what it says already, a short option need not say again.

    Returns:
        1 for the same in other words, 0.95 for the same with less of the question in it, 0.8 where one names the kind
        of what the other names, else at most 0.75 times the Dice coefficient (1945) of their words; at most 0.5 where
        one says yes and the other no, or one "he" and the other "she".
    """
    value = _likeness(one, other, asked)
    return min(value, OPPOSED) if opposed(one, other) else value


def opposed(one: Meaning, other: Meaning) -> bool:
    """Whether one says yes and the other no, or one speaks of a man and the other of a woman."""
    gendered = one.genders and other.genders and not one.genders & other.genders
    return bool((one.reply and other.reply and one.reply != other.reply) or gendered)


def _likeness(one: Meaning, other: Meaning, asked: Meaning) -> float:
    if not one.words or not other.words:
        return SAME if one.words == other.words and one.reply and one.reply == other.reply else 0.0
    if one.words == other.words or one.runs == other.runs:
        return SAME
    if one.joined == other.joined or one.related == other.related:
        return SAME
    shared = len(one.bag & other.bag)
    extra, lacking = len(one.bag) - shared, len(other.bag) - shared
    if not extra and not lacking:
        return SAME if _order_is_free(one, other) else UNLIKE
    if (not extra and _shortened(one, other, asked)) or (not lacking and _shortened(other, one, asked)):
        return SHORTENED
    if extra == lacking == 1:
        only, only_other = one.bag - other.bag, other.bag - one.bag
        if only | only_other in _SAME_PLACE and len(one.words) == len(other.words):
            return SAME
        if _one_names_the_kind(only, only_other):
            return KIND_OF
    return UNLIKE * 2 * shared / (len(one.bag) + len(other.bag))


def _order_is_free(one: Meaning, other: Meaning) -> bool:
    """Whether no word but one could be another's subject or object: "a big red car", "the car is red and big"."""
    if Counter(one.words) != Counter(other.words):
        return False
    return sum(word not in modifiers() for word in one.words) <= 1


def _shortened(shorter: Meaning, longer: Meaning, asked: Meaning) -> bool:
    """Whether the shorter is an end of the longer ("red", "The car is red"), whose rest the question says already."""
    extra = longer.bag - shorter.bag
    if "not" in extra:
        return False
    begins, ends = (longer.words[part] == shorter.words for part in _ends(len(shorter.words)))
    if not extra <= asked.bag:
        other_runs = len(longer.runs) - len(shorter.runs)
        return shorter.pronoun and ends and other_runs == 1 and all(run in longer.runs for run in shorter.runs)
    if begins and all(word[0].isdigit() for word in shorter.words):
        return True
    return (begins or ends) and len(longer.runs) > 1 and all(run in longer.runs for run in shorter.runs)


def _ends(length: int) -> tuple[slice, slice]:
    return slice(length), slice(-length, None)


def _one_names_the_kind(only: frozenset[str], only_other: frozenset[str]) -> bool:
    (this,), (that,) = only, only_other
    known = kinds_by_word()
    return any(kind in _KINDS and kind in (this, that) for kind in known.get(this, _NONE) & known.get(that, _NONE))


_NONE: frozenset[str] = frozenset()
_SAME_PLACE = (frozenset({"at", "on"}), frozenset({"at", "inside"}))  # "at the beach", "on the beach"
