"""Letter bias: whether a model likes one letter better than the key does."""

from collections import Counter
from collections.abc import Sequence

from evaluation.scores import LetterBias, Reading, Scorer


def letter_bias(readings: Sequence[Reading], scorer: Scorer) -> LetterBias | None:
    """Letters answered beside letters right, over rows whose reply was read; None where there are none.

    Rows of every kind count but ``contrast`` ones, whose yes and no are not letters to the model.
    """
    read = [one for one in readings if one.kind != "contrast" and one.letter(scorer) is not None]
    if not read:
        return None
    answered = Counter(one.letter(scorer) or "" for one in read)
    right = Counter(one.gold for one in read)
    letters = sorted({*answered, *right})
    letter = max(letters, key=lambda one: answered[one] - right[one])
    return LetterBias(
        answered={one: answered[one] for one in letters},
        right={one: right[one] for one in letters},
        excess=(answered[letter] - right[letter]) / len(read),
        letter=letter,
    )
