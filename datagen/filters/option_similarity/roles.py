"""Who does what to whom, and what lies how to what: whether two options with the same words tell it alike."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from datagen.filters.option_similarity.added import is_verbal
from datagen.filters.option_similarity.concepts import HEADS, SIDES
from datagen.filters.option_similarity.runs import LINKS, TURNED, Run, modifiers

_FREE = frozenset({"be", "have", "do", "not", "because"})
_CONVERSE = TURNED | {other: one for one, other in TURNED.items()}


class Roles(NamedTuple):
    """The words of a statement in order, each with the phrase it stands in.

    Attributes:
        words: The words that count, in order.
        phrases: For each the number of its phrase; phrases are parted by articles, prepositions and stops.
    """

    words: tuple[str, ...]
    phrases: tuple[int, ...]

    def before(self, word: str) -> str | None:
        """The word before the first such word; None where it begins."""
        place = self.words.index(word)
        return self.words[place - 1] if place else None

    def governed(self, word: str) -> str | None:
        """The last word of the phrase after the first such word; None where it ends."""
        place = self.words.index(word) + 1
        if place >= len(self.words):
            return None
        phrase = self.phrases[place]
        return [one for one, number in zip(self.words, self.phrases, strict=True) if number == phrase][-1]

    def described(self, word: str) -> str | None:
        """What an adjective stands before: the next word of its phrase; None where it ends one ("the car is red")."""
        place = self.words.index(word)
        return self.words[place + 1] if self.phrases[place + 1 : place + 2] == (self.phrases[place],) else None


def roles_of(order: Iterable[Run], added: frozenset[str], renamed: dict[str, str]) -> Roles:
    """The roles of a statement.

    Args:
        order: Its runs in order.
        added: Words that say nothing here.
        renamed: Words that stand for others here.
    """
    listed = list(_listed(order, added, renamed))
    return Roles(tuple(word for word, _ in listed), tuple(phrase for _, phrase in listed))


def _listed(order: Iterable[Run], added: frozenset[str], renamed: dict[str, str]) -> Iterator[tuple[str, int]]:
    phrase, last = 0, ""
    for run in order:
        for chunk in run:
            phrase += 1
            for one in chunk:
                word = renamed.get(one, one)
                parting = word in HEADS or is_verbal(word)
                phrase += parting
                if word not in LINKS and word not in added and word != last:
                    yield word, phrase
                    last = word
                phrase += parting


def agree(one: Roles, other: Roles, asked: Roles) -> bool:
    """Whether the words of a statement have the roles that another, or else the question, gives them."""
    things = {word for word in one.words if not is_verbal(word) and word not in HEADS and word not in modifiers()}
    several = len(things) > 1
    for word in dict.fromkeys(one.words):
        known = other if word in other.words else asked
        if word in _FREE or word not in known.words:
            continue
        if word in HEADS and _differ(one.governed(word), known.governed(word)):
            return False
        if several and is_verbal(word) and not _same_verb(word, one, known):
            return False
        if several and (word in modifiers() or word in SIDES) and _differ(one.described(word), known.described(word)):
            return False
    return True


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _same_verb(verb: str, one: Roles, other: Roles) -> bool:
    """Whether a verb has the same subject or the same object in both, as far as it has one."""
    if (one.governed(verb) == "next to") != (other.governed(verb) == "next to"):
        return False  # "chased by" against "chasing"
    sides = ((one.before(verb), other.before(verb)), (one.governed(verb), other.governed(verb)))
    return any(this == that and this is not None for this, that in sides) or all(this is None for this, _ in sides)


def turned(one: Roles, other: Roles) -> str | None:
    """The relation of a statement that another tells from the other end: "left of" for "right of"; None if none."""
    for word in one.words:
        opposite = _CONVERSE.get(word)
        if opposite is None or opposite not in other.words or word in other.words:
            continue
        here, there = one.governed(word), other.governed(opposite)
        if here is not None and there is not None and here != there and here in other.words and there in one.words:
            return word
    return None


def converse(relation: str) -> str:
    """The relation seen from the other end: "left of" for "right of".

    Raises:
        KeyError: It has none.
    """
    return _CONVERSE[relation]
