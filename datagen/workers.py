"""Worker processes, as many as there are cores, and tables on their way to them."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pyarrow as pa


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worker_pool() -> ProcessPoolExecutor:
    """A pool of as many processes as cores.

    They are spawned, not forked: the caller has threads (Arrow's), whose locks a forked child would
    inherit. A script that comes here needs ``if __name__ == "__main__":``.
    """
    return ProcessPoolExecutor(cores(), mp_context=get_context("spawn"))


def packed(table: pa.Table) -> bytes:
    """A table as bytes: pickling a slice would send along the whole table it was cut from."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def unpacked(content: bytes) -> pa.Table:
    """The table that :func:`packed` made bytes of."""
    return pa.ipc.open_stream(content).read_all()
