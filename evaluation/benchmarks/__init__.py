"""Benchmarks read: MMR's rows, our exports, POPE and NaturalBench.

In: a file or folder. Out: items, questions as they are asked, in pairs, and the folder of their images.
"""
