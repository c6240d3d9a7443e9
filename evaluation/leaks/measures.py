"""Simple measures of an option among the others of its question, for trees, which cross them as they need."""

from collections.abc import Sequence

import numpy as np

from evaluation.leaks.asked import Asked
from evaluation.leaks.options import Floats
from evaluation.leaks.signs import number_in, words

_UNKNOWN = -1.0


def measures(asked: Sequence[Asked]) -> Floats:
    """Measures of each option, flat: ``(options, 11)``.

    Category, first word and first and last word of its own (numbered as met), characters and their rank, words of
    its own, words shared with the question, its number and the rank of that, and how many words the question has.
    """
    known: dict[str, int] = {}
    rows: list[list[float]] = []
    for one in asked:
        said = [words(option) for option in one.options]
        everywhere = set.intersection(*map(set, said))
        question = set(words(one.text))
        lengths = sorted(map(len, one.options))
        numbers = [number_in(option) for option in said]
        in_order = sorted(number for number in numbers if number is not None)
        for option, of_option, number in zip(one.options, said, numbers, strict=True):
            own = [word for word in of_option if word not in everywhere] or [""]
            named = (f"/{one.category}", (of_option or [""])[0], own[0], own[-1])
            rows.append(
                [
                    *(float(known.setdefault(name, len(known))) for name in named),
                    len(option), lengths.index(len(option)), len(own), len(question & set(of_option)),
                    _UNKNOWN if number is None else number,
                    _UNKNOWN if number is None else in_order.index(number), len(question),
                ]
            )  # fmt: skip
    return np.array(rows, np.float64)
