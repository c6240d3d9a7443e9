"""Whether an unknown word is a known one with a slip of the keys: never a guess between two words."""

from collections.abc import Iterable
from itertools import groupby

_VOWELS = frozenset("aeiouäëïöüáéíóú")
_LEAST = 4  # letters: of "cat" and "car" either may be meant
_UNSTRESSED = 6  # from here on a vowel near the end may be another one: "germen"
_LONG = 7  # from here on a letter may be missing or too many


def meant_by(word: str, known: Iterable[str]) -> str | None:
    """The one known word that a misspelt one stands for; None where there is none, or more than one.

    Taken for a slip are two neighbours that changed places, a letter doubled or no longer doubled, s for z,
    one vowel for another near the end of a word, and in a long word a letter too many or too few. The first
    letter is always right, and where other words lie close by ("painting" and "pointing", "battle" and "bottle",
    "house" and "horse") nothing is taken for a slip.
    """
    if len(word) < _LEAST or not word.isalpha():
        return None
    found = {other for other in known if other[:1] == word[0] and other != word and _slip(word, other)}
    return found.pop() if len(found) == 1 else None


def one_slip(word: str, known: str) -> bool:
    """Whether a word is another one but for a letter: left out, added, changed, or swapped with its neighbour."""
    if word[:1] != known[:1] or abs(len(word) - len(known)) > 1 or word == known:
        return False
    if len(word) != len(known):
        shorter, longer = sorted((word, known), key=len)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    differ = [at for at in range(len(word)) if word[at] != known[at]]
    return len(differ) == 1 or (len(differ) == 2 and differ[1] == differ[0] + 1 and word[differ[0]] == known[differ[1]])


def _slip(word: str, other: str) -> bool:
    if len(other) < _LEAST or abs(len(word) - len(other)) > 1 or not other.isalpha():
        return False
    if len(word) != len(other):
        return _doubled(word, other) or _left_out(*sorted((word, other), key=len))
    differ = [at for at in range(len(word)) if word[at] != other[at]]
    if len(differ) == 2:
        first, second = differ
        return second == first + 1 and (word[first], word[second]) == (other[second], other[first])
    if len(differ) != 1:
        return False
    pair = {word[differ[0]], other[differ[0]]}
    near_end = len(word) - 4 <= differ[0] < len(word) - 1 and len(word) >= _UNSTRESSED
    return pair == {"s", "z"} or (pair <= _VOWELS and near_end and not word.endswith("ing"))


def _doubled(word: str, other: str) -> bool:
    return [letter for letter, _ in groupby(word)] == [letter for letter, _ in groupby(other)]


def _left_out(shorter: str, longer: str) -> bool:
    if len(longer) < _LONG or longer.endswith("ing") or shorter.endswith("ing"):
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
