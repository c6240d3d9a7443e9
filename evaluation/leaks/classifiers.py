"""Blind readers: text classifiers that learn on other images which option is right, and never see one.

Each option is a sample, with its n-grams and those of its question crossed with them; the options of a
question are then compared by their scores. Source of the idea: SugarCrepe (arXiv 2306.14610), section 4,
and AFLite (arXiv 2002.04108), which measure what a benchmark gives away by what simple models learn of it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from evaluation.leaks.asked import Asked
from evaluation.leaks.folds import FOLDS, folds_by_image
from evaluation.leaks.measures import measures
from evaluation.leaks.options import Floats, flat
from evaluation.leaks.signs import words
from schemas.errors import MissingExtra

_BUCKETS = 2**18
_TOLERANCE = 0.01  # of liblinear's stopping rule: a tighter one takes three times as long for the same picks
_LONGEST = 400  # characters of an option that are read
_MOST_WORDS = 40  # of a question and of an option that are crossed


def blind_scores(asked: Sequence[Asked], *, reader: str = "all", seed: int = 0, folds: int = FOLDS) -> Floats:
    """Score options by a classifier trained on other images.

    Args:
        asked: Questions of one polarity.
        reader: One of :data:`BLIND_READERS`.
        seed: Deals images out to folds.
        folds: How many.

    Returns:
        A score an option, flat; all equal where there is no other image to learn from, nothing without questions.

    Raises:
        MissingExtra: scikit-learn is not installed.
    """
    if not asked:
        return np.zeros(0)
    features, model = BLIND_READERS[reader]
    options = flat(asked)
    try:
        matrix = _occurring(features(asked))
    except ImportError as error:
        raise MissingExtra("scikit-learn", "embed", what="a blind classifier") from error
    scores = np.zeros(len(options.owner))
    if len({one.image for one in asked}) < 2:
        return scores
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    with threadpool_limits(1):  # more threads than free cores wait for each other, busily
        for held in folds_by_image([one.image for one in asked], seed=seed, folds=folds):
            read = held[options.owner]
            fitted = model().fit(matrix[~read], options.right[~read])
            scores[read] = fitted.predict_proba(matrix[read])[:, 1]
    return scores


def _occurring(matrix: Any) -> Any:
    """The columns with at least two entries: the others teach nothing of other images, and empty ones take time."""
    if isinstance(matrix, np.ndarray):
        return matrix
    return matrix[:, np.flatnonzero(matrix.getnnz(axis=0) > 1)]


def _texts(asked: Sequence[Asked]) -> list[str]:
    return [option[:_LONGEST] for one in asked for option in one.options]


def _words(asked: Sequence[Asked]) -> Any:
    """Which words, and which two and three in a row, each option says, as a unit vector: ``(options, buckets)``."""
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer=_in_a_row, n_features=_BUCKETS, alternate_sign=False, norm="l2", binary=True
    ).transform(_texts(asked))


def _in_a_row(text: str) -> list[str]:
    said = words(text)
    return [" ".join(said[at : at + length]) for length in (1, 2, 3) for at in range(len(said) - length + 1)]


def _characters(asked: Sequence[Asked]) -> Any:
    """Two to five characters in a row within words, as a unit vector: ``(options, buckets)``."""
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), n_features=_BUCKETS, alternate_sign=False, norm="l2"
    ).transform(_texts(asked))


def _crossed(asked: Sequence[Asked]) -> Any:
    """Words of an option, whether the question says them, and each with each word of the question, as a unit vector."""
    from sklearn.feature_extraction.text import HashingVectorizer

    hashed = HashingVectorizer(analyzer=list, n_features=_BUCKETS, alternate_sign=False, norm="l2", binary=True)
    return hashed.transform(crossed for one in asked for crossed in _crosses(one))


def _crosses(one: Asked) -> list[list[str]]:
    question = list(dict.fromkeys(words(one.text)))[:_MOST_WORDS]
    options = [list(dict.fromkeys(words(option)))[:_MOST_WORDS] for option in one.options]
    everywhere = set.intersection(*(set(option) for option in options))
    return [
        [
            *option,
            *(f"{'asked' if word in question else 'not asked'} {word}" for word in option),
            *(f"{asked}|{word}" for asked in question for word in option if word not in everywhere),
        ]
        for option in options
    ]


def _all(asked: Sequence[Asked]) -> Any:
    from scipy import sparse

    return sparse.hstack([_words(asked), _characters(asked), _crossed(asked)], format="csr")


def _logistic() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(solver="liblinear", tol=_TOLERANCE)


def _bayes() -> Any:
    from sklearn.naive_bayes import BernoulliNB

    return BernoulliNB()


def _trees() -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=60, early_stopping=False, random_state=0)


BLIND_READERS: dict[str, tuple[Callable[[Sequence[Asked]], Any], Callable[[], Any]]] = {
    "words": (_words, _logistic),
    "characters": (_characters, _logistic),
    "question and option": (_crossed, _logistic),
    "naive Bayes": (_words, _bayes),
    "trees": (measures, _trees),
    "all": (_all, _logistic),
}
"""Features and model by name; ``all`` has the n-grams of words and characters and the crossed words together."""
