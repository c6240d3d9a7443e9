"""One score per pair: the weighted mean of its named parts."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from datagen.select.parts import PARTS
from datagen.select.settings import QualitySettings
from datagen.select.stored import Floats, Stored

DEFAULTS = QualitySettings()


@dataclass(frozen=True)
class QualityScores:
    """Pairs' scores and what they are made of.

    Attributes:
        score: (n_pairs,) float64 in [0, 1]; NaN where no part was measured.
        parts: ``pair_id``, and a float64 column in [0, 1] for every part with a weight; null where not measured.
        measured: For every part with a weight, how many pairs it was measured on.
    """

    score: Floats
    parts: pa.Table
    measured: dict[str, int]


def quality(pairs: pa.Table, settings: QualitySettings = DEFAULTS) -> QualityScores:
    """Score pairs from their texts and from what filters stored of them.

    A part that was not measured on a pair is left out of that pair's mean, and the other parts' weights make up for
    it: what nobody measured is neither held against a pair nor counted in its favour. So scores of pairs on which
    different parts were measured are means over different things; ``measured`` says how often.

    Args:
        pairs: Columns ``pair_id``, ``kind``, ``positive`` and ``negative`` of the ``pairs`` table and, where filters
            measured them, their columns as ``filter.column``. No rows give no scores.
        settings: The parts' weights.
    """
    stored = Stored(pairs)
    weights = {name: weight for name, weight in settings.weights.items() if weight > 0}
    parts = {name: np.clip(PARTS[name](stored), 0, 1) for name in weights}
    values = np.column_stack(list(parts.values()))  # (n_pairs, n_parts)
    there = ~np.isnan(values)
    shares = np.where(there, np.array(list(weights.values())), 0)
    total = shares.sum(axis=1)
    score = (shares * np.where(there, values, 0)).sum(axis=1) / np.where(total > 0, total, np.nan)
    columns = {name: pa.array(part, pa.float64(), from_pandas=True) for name, part in parts.items()}
    measured = {name: int(count) for name, count in zip(parts, there.sum(axis=0), strict=True)}
    return QualityScores(score, pa.table({"pair_id": pairs["pair_id"], **columns}), measured)
