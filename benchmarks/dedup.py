"""Exact deduplication beside a plain matrix product, faiss, semhash and vicinity: CPU-seconds, memory, recall.

Run: ``.venv/bin/python -m benchmarks.dedup [--folder DIR] [--count N] [--repeats N] [--no-peers] [--million]``.
Limits, of the CPU-seconds that the plain product takes of the same vectors: 1/8 on synthetic clusters, 1/3 on
sentences; under 1 GiB; a million vectors in 3 minutes and 4 GiB. Exit 1 if one is not met.

Each measurement is a process of its own with one thread, vectors loaded and libraries imported before the clock
starts; memory is the most it ever had resident, vectors and libraries included. Ours and the plain product take
turns, and the median counts. Embedding the sentences takes minutes and is done once for a given folder. The peers
are not part of any extra: ``pip install faiss-cpu semhash vicinity``.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.dedup_clusters import clustered
from benchmarks.dedup_peers import WAYS
from benchmarks.dedup_sentences import embedded

THRESHOLD = 0.95
LIMITS = {"clusters": 1 / 8, "sentences": 1 / 3}
_GIB = 2**30


class Measured(NamedTuple):
    """One way through one set of vectors."""

    cpu: float
    wall: float
    peak: float
    pairs: int


def child(way: str, vectors: Path, pairs: Path) -> None:
    """Measure one way in this process, and print what it took."""
    given = np.load(vectors)
    WAYS[way](given[:2_000].copy(), THRESHOLD)  # imports
    cpu, wall = time.process_time(), time.monotonic()
    found = WAYS[way](given, THRESHOLD)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    np.save(pairs, found)
    print(json.dumps(Measured(cpu, wall, int(peak.split()[1]) * 1024, len(found))._asdict()))


def measured(way: str, vectors: Path) -> Measured:
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "benchmarks.dedup", "--child", way, str(vectors), str(found_by(way, vectors))]
    done = subprocess.run(command, env=os.environ | one_thread, stdout=subprocess.PIPE, text=True, check=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def found_by(way: str, vectors: Path) -> Path:
    return vectors.with_name(f"{vectors.stem}-{way}.npy")


def recall(way: str, vectors: Path) -> float:
    """Share of our pairs that another way found; ours must have all that the plain product has, up to rounding."""
    rows = np.int64(2**32)
    ours, theirs = (np.load(found_by(one, vectors)) for one in ("ours", way))
    return float(np.isin(ours[:, 0] * rows + ours[:, 1], theirs[:, 0] * rows + theirs[:, 1]).mean())


def shown(way: str, one: Measured, ratio: float, share: float) -> None:
    numbers = f"{one.cpu:>9.2f}{one.wall:>9.2f}{one.peak / _GIB:>8.2f} GiB{one.pairs:>10,}"
    print(f"  {way:<12}{numbers}{f'1/{1 / ratio:.1f}':>10}{share:>9.4f}", flush=True)


def compare(name: str, vectors: Path, repeats: int, peers: list[str]) -> bool:
    """A table of all ways through one set of vectors; whether ours kept its limits and lost nothing."""
    print(f"{name}\n  {'way':<12}{'CPU-s':>9}{'wall':>9}{'peak':>12}{'pairs':>10}{'of plain':>10}{'recall':>9}")
    turns = [(measured("ours", vectors), measured("plain", vectors)) for _ in range(repeats)]
    ours, plain = (sorted(side, key=lambda one: one.cpu)[repeats // 2] for side in zip(*turns, strict=True))
    ratio = statistics.median(one.cpu / other.cpu for one, other in turns)
    shown("plain", plain, 1.0, recall("plain", vectors))
    shown("ours", ours, ratio, 1.0)
    for way in peers:
        try:
            one = measured(way, vectors)
        except subprocess.CalledProcessError:
            print(f"  {way:<12} did not run; pip install faiss-cpu semhash vicinity")
            continue
        shown(way, one, one.cpu / plain.cpu, recall(way, vectors))
    limit, complete = LIMITS[name], missing(vectors) == 0
    kept = ratio <= limit and max(one.peak for one, _ in turns) < _GIB and complete
    print(f"  at most 1/{1 / limit:.0f} of plain, under 1 GiB, no pair missing: {'kept' if kept else 'NOT KEPT'}")
    return kept


def missing(vectors: Path) -> int:
    """Pairs of the plain product that ours lacks, where rounding cannot explain it, and the other way round."""
    given = np.load(vectors, mmap_mode="r")
    ours, plain = (set(map(tuple, np.load(found_by(way, vectors)).tolist())) for way in ("ours", "plain"))
    apart = np.array(sorted(ours ^ plain), np.int64).reshape(-1, 2)
    exact = np.einsum("ij,ij->i", given[apart[:, 0]].astype(np.float64), given[apart[:, 1]].astype(np.float64))
    return int((np.abs(exact - THRESHOLD) > 1e-5).sum())


def million(folder: Path) -> bool:
    """A million synthetic vectors, ours alone."""
    vectors = folder / "million.npy"
    np.save(vectors, clustered(1_000_000))
    one = measured("ours", vectors)
    kept = one.wall <= 180 and one.peak < 4 * _GIB
    print(f"a million: {one.cpu:.1f} CPU-s, {one.wall:.1f} s, {one.peak / _GIB:.2f} GiB, {one.pairs:,} pairs")
    print(f"  at most 180 s, under 4 GiB: {'kept' if kept else 'NOT KEPT'}")
    return kept


def main() -> int:
    """Print the tables; 1 if a limit was not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where vectors are kept for next time; else nowhere")
    parser.add_argument("--count", type=int, default=100_000, help="vectors")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", choices=LIMITS, help="one set of vectors")
    parser.add_argument("--no-peers", action="store_true", help="ours and the plain product only")
    parser.add_argument("--million", action="store_true", help="a million synthetic vectors instead")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child[0], *map(Path, given.child[1:]))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        if given.million:
            return 0 if million(work) else 1
        peers = [] if given.no_peers else [way for way in WAYS if way not in ("ours", "plain")]
        kept = True
        for name in [given.only] if given.only else LIMITS:
            vectors = work / f"{name}.npy"
            made = clustered(given.count) if name == "clusters" else embedded(given.count, given.folder or work)
            np.save(vectors, made)
            kept &= compare(name, vectors, given.repeats, peers)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
