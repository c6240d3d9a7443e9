"""Signs: what can be seen of an option without looking at the image, each with a name a person can read.

They are made for :mod:`evaluation.leaks.telltales`, which finds those that tell the right option. Options
of one question are compared with each other, so what all of them share is no sign.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from evaluation.leaks.asked import Asked

_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
_NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()  # noqa: SIM905
    )
} | {"no": 0}
_OPENING = 3
_MOST_WORDS = 40  # of a question and of an option: crossed, longer texts would make signs by the million


def words(text: str) -> list[str]:
    """Words and numbers of a text, in lower case."""
    return _TOKEN.findall(text.casefold())


def signs_of(asked: Asked) -> list[list[str]]:
    """The signs of each option of a question, in the order of its options; each at most once an option.

    A sign is of all categories, or of one whose name it begins with.
    """
    question = set(words(asked.text)[:_MOST_WORDS])
    options = [words(option)[:_MOST_WORDS] for option in asked.options]
    everywhere = set.intersection(*(set(option) for option in options))
    found = [
        list(dict.fromkeys(_said(asked.category, question - everywhere, option, everywhere))) for option in options
    ]
    for name, place in _extremes(asked, options, question):
        found[place].append(name)
    return found


def _said(category: str, question: set[str], option: Sequence[str], everywhere: set[str]) -> Iterator[str]:
    own = [word for word in option if word not in everywhere]
    yield from (f'says "{word}"' for word in own)
    yield from (f'says "{first} {second}"' for first, second in pairwise(own))
    yield from (f'{category}: says "{word}"' for word in own)
    yield f'{category}: says "{" ".join(own)}" alone'
    yield from (f'begins "{" ".join(option[:length])}"' for length in range(1, _OPENING + 1))
    for word in own:
        yield f"{category}: a word {'of' if word in question else 'not of'} the question"
        yield from (f'asked "{asked}", says "{word}"' for asked in sorted(question))
    yield f"{category}: {len(own)} words of its own"


def _extremes(asked: Asked, options: Sequence[Sequence[str]], question: set[str]) -> Iterator[tuple[str, int]]:
    """Options that stand out from the others of their question by a measure, where exactly one does."""
    measures: dict[str, Callable[[int], float | None]] = {
        "characters": lambda place: float(len(asked.options[place])),
        "words": lambda place: float(len(options[place])),
        "words shared with the question": lambda place: float(len(question & set(options[place]))),
        "number": lambda place: number_in(options[place]),
    }
    for name, measure in measures.items():
        values = [measure(place) for place in range(len(options))]
        known = sorted((value, place) for place, value in enumerate(values) if value is not None)
        if len(known) < len(options):
            continue
        for rank, (value, place) in enumerate(known):
            if values.count(value) == 1:
                stands = f"{rank + 1} of {len(known)} in {name}, fewest first"
                yield stands, place
                yield f"{asked.category}: {stands}", place


def number_in(option: Sequence[str]) -> float | None:
    """The first number that an option's words name, in digits or letters; None where there is none."""
    for word in option:
        if word.isdecimal() and len(word) < 16:
            return float(word)
        if word in _NUMBERS:
            return float(_NUMBERS[word])
    return None
