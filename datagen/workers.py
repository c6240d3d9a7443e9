"""Worker processes, as many as there are cores."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worker_pool() -> ProcessPoolExecutor:
    """A pool of as many processes as cores.

    They are spawned, not forked: the caller has threads (Arrow's), whose locks a forked child would
    inherit. A script that comes here needs ``if __name__ == "__main__":``.
    """
    return ProcessPoolExecutor(cores(), mp_context=get_context("spawn"))
