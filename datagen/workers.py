"""Worker processes, as many as there are cores, and tables on their way to them."""

import os
import signal
import threading
import time
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
    return ProcessPoolExecutor(cores(), mp_context=get_context("spawn"), initializer=_attend, initargs=(os.getpid(),))


def _attend(parent: int) -> None:
    """Leave Ctrl-C to the command, and end when it is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def packed(table: pa.Table) -> bytes:
    """A table as bytes: pickling a slice would send along the whole table it was cut from."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def unpacked(content: bytes) -> pa.Table:
    """The table that :func:`packed` made bytes of."""
    return pa.ipc.open_stream(content).read_all()
