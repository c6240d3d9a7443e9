"""Benchmarks read: MMR's rows, our exports, POPE and NaturalBench.

In: a file or folder. Out: items, questions as they are asked, in pairs, and the folder of their images. Further
formats register under ``leadproof.benchmarks``.
"""

from evaluation.benchmarks.contract import Benchmark, BenchmarkReader
from evaluation.benchmarks.opening import BENCHMARKS, open_benchmark
from evaluation.item import Item, items_of

__all__ = ["BENCHMARKS", "Benchmark", "BenchmarkReader", "Item", "items_of", "open_benchmark"]
