"""A paired permutation test by image: would two models differ so, were it chance which is which on each image?

Whole images change sides, with all their pairs, since pairs of one image are not independent (E. Pitman,
"Significance tests which may be applied to samples from any populations", Journal of the Royal Statistical
Society Supplement 4, 1937; R. A. Fisher, The Design of Experiments, 1935, section 21). Two-sided, on the
difference of the rates.

Images that change the totals alike when they change sides are counted, not listed: how many of each kind do
is binomial. That makes the exact test reach far (for RA with one pair an image there are but two kinds)
and the drawn one quick.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, lgamma, log, prod

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import Outcome
from schemas.identity import seeded

DRAWS = 10_000
MOST_ENUMERATED = 2**16  # 14 images that all differ in their own way are 2**14; hundreds that do not are fewer
_SAME = 1e-9  # of the rates: differences nearer than this are one, rounding errors are smaller by far
_AT_ONCE = 2**20

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Permuted:
    """What the test found.

    ``difference`` is the first model's rate less the second's; ``p`` is two-sided, in [0, 1]; both are None
    where a model has no such rate. ``images`` are those whose change of sides changes anything; ``exact``
    says that all their 2**images arrangements were counted, else that ``DRAWS`` were drawn.
    """

    difference: float | None
    p: float | None
    images: int
    exact: bool


def permute_ra(
    images: Sequence[str], first: Sequence[Outcome], second: Sequence[Outcome], *, seed: int = 0, draws: int = DRAWS
) -> Permuted:
    """Test the difference in RA between two models on the same pairs; see :func:`permute_mean`."""
    right = [[float(one is Outcome.RIGHT_RIGHT) for one in outcomes] for outcomes in (first, second)]
    return permute_mean(images, right[0], right[1], seed=seed, draws=draws)


def permute_mr(
    images: Sequence[str], first: Sequence[Outcome], second: Sequence[Outcome], *, seed: int = 0, draws: int = DRAWS
) -> Permuted:
    """Test the difference in MR, a ratio of which both parts change sides.

    Arrangements that leave a model without a right positive have no MR; they count as being at least as
    far apart, so that p is never too small for them.
    """
    columns = [
        [float(one in of) for one in outcomes]
        for outcomes in (first, second)
        for of in ((Outcome.RIGHT_WRONG,), (Outcome.RIGHT_RIGHT, Outcome.RIGHT_WRONG))
    ]
    return _permute(images, columns, seed=seed, draws=draws)


def permute_mean(
    images: Sequence[str], first: Sequence[float], second: Sequence[float], *, seed: int = 0, draws: int = DRAWS
) -> Permuted:
    """Test the difference between two models in the mean of a figure that every pair has.

    Args:
        images: The image of each pair.
        first: The first model's figure of each pair, in the same order; without pairs there is no test.
        second: The second model's.
        seed: The same seed and data give the same p, in whatever order the pairs stand.
        draws: Arrangements to draw where there are too many to count them all. With b of m drawn at
            least as far apart as the models are, p is (b + 1) / (m + 1) (B. Phipson and G. Smyth,
            "Permutation p-values should never be zero", 2010).
    """
    ones = [1.0] * len(images)
    return _permute(images, [first, ones, second, ones], seed=seed, draws=draws)


def _permute(images: Sequence[str], columns: Sequence[Sequence[float]], *, seed: int, draws: int) -> Permuted:
    """``columns``: over and under the line of the first model's rate, then of the second's; one figure a pair."""
    of_image: dict[str, list[tuple[float, ...]]] = {}
    for image, *figures in zip(images, *columns, strict=True):
        of_image.setdefault(image, []).append(tuple(figures))
    sums = [[fsum(column) for column in zip(*pairs, strict=True)] for pairs in of_image.values()]
    totals = np.array([fsum(column) for column in zip(*sums, strict=True)] or [0.0] * 4)
    changes = Counter((row[2] - row[0], row[3] - row[1]) for row in sums)
    changes.pop((0.0, 0.0), None)
    moved = changes.total()
    if not (totals[1] and totals[3]):
        return Permuted(None, None, moved, exact=True)
    observed = float(totals[0] / totals[1] - totals[2] / totals[3])
    if not moved:  # the two are one and the same on every image
        return Permuted(observed, 1.0, 0, exact=True)
    kinds = sorted(changes)
    steps, times = np.array(kinds), [changes[kind] for kind in kinds]
    if prod(count + 1 for count in times) <= MOST_ENUMERATED:
        return Permuted(observed, _counted(totals, steps, times, observed), moved, exact=True)
    return Permuted(observed, _drawn(totals, steps, times, observed, seed, draws), moved, exact=False)


def _counted(totals: Floats, steps: Floats, times: Sequence[int], observed: float) -> float:
    """The share of all arrangements that are as far apart, each number of images of a kind by its chance."""
    places = np.indices([count + 1 for count in times]).reshape(len(times), -1)  # (kinds, arrangements)
    chance = np.ones(places.shape[1])
    for kind, count in enumerate(times):
        chance *= _binomial(count)[places[kind]]
    far = _as_far(totals, places.T.astype(np.float64) @ steps, observed)
    return min(1.0, fsum(chance[far]))


def _binomial(count: int) -> Floats:
    """The chance of each number of heads in ``count`` throws, ``(count + 1,)``."""
    # By logarithms: within 1e-9 of the chance for as many throws as are enumerated, and quick.
    ways = [lgamma(count + 1) - lgamma(heads + 1) - lgamma(count - heads + 1) for heads in range(count + 1)]
    return np.exp(np.array(ways) - count * log(2))


def _drawn(totals: Floats, steps: Floats, times: Sequence[int], observed: float, seed: int, draws: int) -> float:
    random = np.random.default_rng(seeded(seed, "permutation"))
    block, far = max(1, _AT_ONCE // len(times)), 0
    for start in range(0, draws, block):
        swapped = random.binomial(times, 0.5, size=(min(block, draws - start), len(times)))
        far += int(_as_far(totals, swapped @ steps, observed).sum())
    return (far + 1) / (draws + 1)


def _as_far(totals: Floats, moved: Floats, observed: float) -> NDArray[np.bool_]:
    """Which arrangements are at least as far apart; ``moved``: what the first model gains, ``(arrangements, 2)``."""
    first, second = totals[:2] + moved, totals[2:] - moved
    undefined = (first[:, 1] < _SAME) | (second[:, 1] < _SAME)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = first[:, 0] / first[:, 1] - second[:, 0] / second[:, 1]
    size = max(abs(totals[0] / totals[1]), abs(totals[2] / totals[3]))
    far: NDArray[np.bool_] = undefined | (np.abs(apart) >= abs(observed) - _SAME * size)
    return far
