"""Which question of a positive conversation belongs to which of the negative one.

They were written in step, then answers with certain phrases were dropped from either, so a conversation may
have holes. Two exchanges that belong together speak of the same thing; what counts are the words they
share, each the more the fewer exchanges of the two conversations hold it.

- Conversations of equal length: the k-th with the k-th, where they share a word and neither shares more with
  another exchange.
- What is left, where not all are so in step, and conversations of unequal length: two whose answers share a
  word that the plain question does not give away, whose questions share another, and each of which shares
  clearly more with the other than with any third.
- Order is kept: matches that cross are all given up.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from schemas.mmr.conversations import Exchange
from schemas.text import folded

_CLEARLY = 1.5
_ENOUGH = 1.0  # a word that stands in one exchange of each conversation weighs 1
_EMPTY = frozenset({
    "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "has", "have", "had", "having",
    "can", "could", "will", "would", "should", "may", "might", "must", "not", "no", "yes", "it", "its", "they",
    "them", "their", "there", "these", "those", "this", "that", "he", "him", "his", "she", "her", "hers", "you",
    "your", "we", "our", "i", "me", "my", "who", "whom", "whose", "what", "which", "when", "where", "why", "how",
    "of", "in", "on", "at", "to", "for", "from", "with", "by", "as", "into", "onto", "over", "under", "up", "down",
    "out", "off", "and", "or", "but", "if", "so", "than", "then", "too", "very", "any", "some", "all", "both",
    "each", "more", "most", "other", "such", "only", "own", "same", "just", "also", "isn", "aren", "wasn", "weren",
    "doesn", "don", "didn", "hasn", "haven", "t", "s", "re", "image", "picture", "photo", "scene", "shown", "seen",
    "see", "visible", "appear", "appears", "one", "actually", "instead", "rather", "because", "since", "while",
})  # fmt: skip


@dataclass(frozen=True)
class Match:
    """Two exchanges that belong together, by their places (from 0) in the two conversations."""

    positive: int
    negative: int


def align(positive: Sequence[Exchange], negative: Sequence[Exchange]) -> list[Match]:
    """The exchanges that belong together for certain, in order; each at most once.

    Args:
        positive: The plain conversation's exchanges; may be empty.
        negative: The leading one's.
    """
    plain = [_words(one.question) | _words(one.answer) for one in positive]
    leading = [_words(one.question) | _words(one.answer) for one in negative]
    here, there = (Counter(word for words in side for word in words) for side in (plain, leading))
    shared = [  # summed exactly: words of a set come in another order in another process
        [fsum(1 / (here[word] * there[word]) for word in one & other) for other in leading] for one in plain
    ]  # fmt: skip
    in_step = [
        Match(at, at)
        for at in range(len(plain))
        if len(plain) == len(leading) and shared[at][at] > 0 and shared[at][at] >= _best(shared, at, at)
    ]
    if len(in_step) == len(plain):
        return in_step
    in_step = [match for match in in_step if _same_fact(positive[match.positive], negative[match.negative])]
    taken = {match.positive for match in in_step}, {match.negative for match in in_step}
    clear = [
        Match(at, to)
        for at in range(len(plain))
        for to in range(len(leading))
        if at not in taken[0] and to not in taken[1]
        and shared[at][to] >= _ENOUGH and shared[at][to] >= _CLEARLY * _best(shared, at, to)
        and _same_fact(positive[at], negative[to])
    ]  # fmt: skip
    return _uncrossed([*in_step, *clear])


def _best(shared: Sequence[Sequence[float]], at: int, to: int) -> float:
    """The most that either of two exchanges shares with a third."""
    row = [share for place, share in enumerate(shared[at]) if place != to]
    column = [line[to] for place, line in enumerate(shared) if place != at]
    return max([*row, *column], default=0.0)


def _same_fact(plain: Exchange, leading: Exchange) -> bool:
    """Whether the leading question is about what the plain one asks, and both answers tell the same."""
    asked, answered = _words(plain.question), _words(plain.answer)
    told = answered - asked or answered
    about = (asked | answered) & _words(leading.question)
    return bool(about and told & _words(leading.answer)) and len(about | told & _words(leading.answer)) > 1


def _uncrossed(matches: Sequence[Match]) -> list[Match]:
    return sorted(
        (
            one
            for one in matches
            if all((one.positive - two.positive) * (one.negative - two.negative) > 0 for two in matches if two != one)
        ),
        key=lambda match: match.positive,
    )


def _words(text: str) -> frozenset[str]:
    """The words that say what a text is about, in the singular as far as an s tells."""
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in folded(text).split()
        if word not in _EMPTY
    )
