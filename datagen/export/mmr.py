"""The MMR benchmark's shape: rows of multiple-choice questions, two adjacent ones a pair.

Source: BAAI-DCAI/Multimodal-Robustness-Benchmark, README and MMR-benchmark.json. False-premise pairs
alone make the benchmark; leading questions whose premise is true stand in a file of their own, which
``score --true-premise`` reads.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from datagen.export.contract import ExportOptions, ExportPair, Images, left_open
from datagen.export.rows import write_json
from schemas.config import SPLITS
from schemas.errors import InvalidPair
from schemas.mmr import MmrRow, pairs_to_rows

TRUE_PREMISE = "true_premise"


def export_mmr(pairs: Iterable[ExportPair], folder: Path, images: Images, _options: ExportOptions) -> Mapping[str, int]:
    """Write ``<split>.json`` and, for true premises, ``true_premise.json`` beside the benchmark's.

    The other splits' true premises stand in ``train_true_premise.json`` and
    ``validation_true_premise.json``. Which half of a pair comes first is seeded by its id. A pair whose
    texts could not be read back from one row is left out and counted; so are ``contrast`` pairs and open
    questions, which the format cannot hold.
    """
    rows: dict[str, list[MmrRow]] = {}
    left_out = open_questions = 0
    for one in pairs:
        if one.pair.open:
            open_questions += 1
            continue
        if one.pair.kind == "contrast":
            left_out += 1
            continue
        try:
            written = pairs_to_rows([one.pair], image_name=images, seed=0)
        except InvalidPair:
            left_out += 1
            continue
        rows.setdefault(_file(one), []).extend(written)
    for name, found in rows.items():
        write_json(folder / f"{name}.json", [row.record() for row in found])
    counts = {f"{name} pairs": len(rows[name]) // 2 for name in _files() if name in rows}
    return {**counts, "left out": left_out, **left_open(open_questions)}


def _file(one: ExportPair) -> str:
    if one.pair.kind == "false-premise":
        return one.split
    return TRUE_PREMISE if one.split == "benchmark" else f"{one.split}_{TRUE_PREMISE}"


def _files() -> list[str]:
    return [*SPLITS, TRUE_PREMISE, f"train_{TRUE_PREMISE}", f"validation_{TRUE_PREMISE}"]
