"""Asking by batches: requests in files that a server works off within a day, for half the price.

In: chains, followed over the journal. Out: their results, or what is still out and is collected by running the
same again, days later if need be.
"""

from mllm.batch.limits import Limits
from mllm.batch.out import Out, check_nothing_out
from mllm.batch.rounds import run_batches

__all__ = ["Limits", "Out", "check_nothing_out", "run_batches"]
