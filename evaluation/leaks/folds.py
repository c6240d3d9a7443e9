"""Folds for cross-fitting: what is read was never learnt from, and an image is in one fold with all its questions."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from schemas.identity import seeded

FOLDS = 5


def folds_by_image(images: Sequence[str], *, seed: int, folds: int = FOLDS) -> Iterator[NDArray[np.bool_]]:
    """Which questions each fold holds, as masks ``(questions,)``; fewer folds than asked for where images are few.

    Args:
        images: The image of each question; one image alone makes one fold, so that nothing is left to learn from.
        seed: Deals images out, in whatever order the questions stand.
        folds: How many.
    """
    dealt = sorted(set(images), key=lambda image: (seeded(seed, "fold", image), image))
    fold_of = {image: place % folds for place, image in enumerate(dealt)}
    held = np.array([fold_of[image] for image in images])
    for fold in range(min(folds, len(dealt))):
        yield held == fold
