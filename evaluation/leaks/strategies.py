"""Blind strategies: each gives every option a score, and picks the highest.

``longest option`` and ``word overlap`` are those of :mod:`evaluation.baselines`; ``answer opening`` learns on
other images with which words right options begin ("No, …").
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from evaluation.leaks.asked import Asked
from evaluation.leaks.folds import folds_by_image
from evaluation.leaks.options import Floats, flat
from evaluation.leaks.signs import words
from schemas.pair import LETTERS
from schemas.text import folded

_DOUBT = 4.0  # offers' worth of belief that an opening tells no more than the shorter one it begins with
_OPENINGS = (1, 2, 3)  # words


def longest(asked: Sequence[Asked]) -> Floats:
    """Characters of each option, flat."""
    return np.array([float(len(option)) for one in asked for option in one.options])


def overlap(asked: Sequence[Asked]) -> Floats:
    """Words shared with the question over the words of both, flat, in [0, 1]."""
    return np.array([_jaccard(one.text, option) for one in asked for option in one.options])


def letter(asked: Sequence[Asked], which: str) -> Floats:
    """1 for the option of that letter, flat; a question without the letter is left to lots."""
    place = LETTERS.index(which)
    return np.array([float(at == place) for one in asked for at in range(len(one.options))])


def opening(asked: Sequence[Asked], *, seed: int) -> Floats:
    """How often options that begin with the same words are right on other images, flat, in [0, 1]."""
    options = flat(asked)
    begins = [_opening(option) for one in asked for option in one.options]
    chance = options.chance
    scores = chance.copy()
    for held in folds_by_image([one.image for one in asked], seed=seed):
        read = held[options.owner]
        offered, right = Counter[str](), Counter[str]()
        for place in np.flatnonzero(~read):
            for words_in in begins[place]:
                offered[words_in] += 1
                right[words_in] += int(options.right[place])
        for place in np.flatnonzero(read):
            rate = float(chance[place])
            for words_in in begins[place]:
                rate = (right[words_in] + _DOUBT * rate) / (offered[words_in] + _DOUBT)
            scores[place] = rate
    return scores


def _opening(option: str) -> list[str]:
    said = words(option)
    return list(dict.fromkeys(" ".join(said[:length]) for length in _OPENINGS))


def _jaccard(question: str, option: str) -> float:
    asked, said = set(folded(question).split()), set(folded(option).split())
    return len(asked & said) / len(asked | said) if asked | said else 0.0
