"""Ranking and selecting at size: CPU-seconds, memory, and what splitting large pools loses.

Run: ``.venv/bin/python -m benchmarks.selecting``. Limits: 20,000 pairs scored in 3 CPU-seconds; 5,000 of 100,000
chosen in 60 CPU-seconds and 1 GiB, in 24 categories and kinds and in a single one; a pool of 8,000 that is split in
16 reaches at least 98 % of the objective of the whole. One BLAS thread; every figure comes from a process of its own.
"""

import os
import resource
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datagen.select import pool_of, quality, select
from datagen.select.facility import choose, on_grid
from schemas.tables import TABLES

DIM = 384
LIMITS = {"score": 3.0, "cells": 60.0, "single": 60.0, "split": 0.98}
MEMORY_LIMIT = 1_024.0
CATEGORIES = [f"made/category-{number}" for number in range(12)]
THINGS = ("car", "dog", "cup", "sign", "tree", "kite", "boat")
VALUES = ("red", "gray", "round", "wooden", "open", "wet", "old", "tall", "striped", "empty", "broken")


def texts(count: int) -> pa.Table:
    """Pairs of four options each, all questions different."""
    rows = []
    for number in range(count):
        thing, values = THINGS[number % 7], [VALUES[(number // 7 + step) % 11] for step in range(4)]
        half = {
            "text": f"What is {thing} number {number} like?",
            "image": f"path:{number // 10}.jpg",
            "options": [{"text": f"The {thing} is {value}.", "role": "plain"} for value in values],
            "answer": number % 4,
            "order": [0, 1, 2, 3],
            "language": "en",
        }
        rows.append({
            "pair_id": f"{number * 2_654_435_761 % 2**32:020x}",
            "kind": "true-premise" if number % 4 == 0 else "false-premise",
            "category": CATEGORIES[number % 13 % 12],
            "positive": half,
            "negative": half | {"text": f"Why is {thing} number {number} {values[1]}?"},
            "fact": f"The {thing} is {values[0]}.",
            "premise": f"The {thing} is {values[1]}.",
        })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=TABLES["pairs"])


def vectors(count: int) -> NDArray[np.float32]:
    """Clusters whose directions fade as those of sentence embeddings do: the k-th as 1 / sqrt(k)."""
    rng = np.random.default_rng(0)
    scale = (1 / np.sqrt(np.arange(1, DIM + 1))).astype(np.float32)
    centres = rng.normal(size=(max(count // 20, 1), DIM)).astype(np.float32)
    found: NDArray[np.float32] = (
        centres[rng.integers(0, len(centres), count)] + 0.5 * rng.standard_normal((count, DIM), np.float32)
    ) * scale
    found[:, 0] += 1
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def measured(what: str) -> tuple[float, float]:
    """CPU-seconds of one thing, or for ``split`` the share reached; and this process's peak MiB."""
    if what == "split":
        return share_kept(), _peak()
    count = 20_000 if what == "score" else 100_000
    pairs, known = texts(count), np.random.default_rng(1).random(count)
    if what == "single":
        pairs = pairs.set_column(1, "kind", pa.array(["false-premise"] * count))
        pairs = pairs.set_column(2, "category", pa.array(["unsorted/unsorted"] * count))
    points = vectors(count) if what != "score" else None
    began = time.process_time()
    if what == "score":
        quality(pairs)
    else:
        select(pool_of(pairs, known, points), 5_000)
    return time.process_time() - began, _peak()


def share_kept() -> float:
    """The objective that splitting in 16 reaches, as a share of what choosing from the whole reaches; the least."""
    count, points = 8_000, vectors(8_000)
    known = np.clip(np.random.default_rng(1).normal(0.75, 0.1, count), 0, 1)
    grid = on_grid(points)
    shares = []
    for wanted in (200, 800, 3_000):
        reached = []
        for largest in (count, count // 16):
            places = choose(points, known, wanted, largest=largest).places
            covered = np.maximum(0, (grid @ grid[places].T).max(axis=1)).mean()
            reached.append(float(covered + known[places].mean()))
        shares.append(reached[1] / reached[0])
    return min(shares)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print each figure beside its limit; exit 1 if one is not met."""
    one_thread = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    missed = False
    for what, limit in LIMITS.items():
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.selecting", what],
            env=one_thread, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        figure, peak = map(float, told.split())
        fine = figure >= limit if what == "split" else figure <= limit and peak <= MEMORY_LIMIT
        missed |= not fine
        print(f"{what:8}{figure:10.3f} of {limit:<6g}{peak:8.0f} MiB  {'fine' if fine else 'MISSED'}")
    raise SystemExit(missed)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(*measured(sys.argv[1]))
    else:
        main()
