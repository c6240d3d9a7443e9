"""5,000 scenes with 5 captions each through ingest, generate, filter and export: seconds and memory.

Run: ``.venv/bin/python -m benchmarks.spine [SCENES]``. Limits: 60 s and 1 GiB on two cores. Drawing the
scenes is done before and not counted. Memory is the peak of the command's process and of its workers
together, sampled from /proc ten times a second.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

LIMIT_SECONDS = 60.0
LIMIT_MIB = 1024.0


def resident_mib(pid: int) -> float:
    """Resident memory of a process and its descendants, without counting shared pages twice (PSS)."""
    total = 0.0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, StopIteration):
            continue
    return total


def measured(arguments: list[str]) -> tuple[float, float]:
    """Seconds and peak MiB of one command."""
    peak = 0.0
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "leadproof", *arguments], stdout=subprocess.DEVNULL)

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, resident_mib(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    if process.wait() != 0:
        raise SystemExit(f"leadproof {' '.join(arguments)} failed")
    watcher.join()
    return time.monotonic() - start, peak


def main(scenes: int = 5_000) -> None:
    """Print seconds and memory of each stage, and how they stand to the limits."""
    folder = Path(tempfile.mkdtemp())
    try:
        data, run = folder / "scenes", str(folder / "run")
        drawn, _ = measured(["scenes", str(scenes), "--out", str(data)])
        print(f"{'drawing (not counted)':24}{drawn:8.1f} s")
        chain = [
            ["ingest", str(data / "captions.jsonl"), "--facts", str(data / "facts.jsonl"), "--run", run],
            ["generate", "--run", run],
            ["filter", "--run", run],
            ["export", "--format", "mmr", "--format", "llava", "--run", run],
        ]
        seconds, most = 0.0, 0.0
        for arguments in chain:
            taken, peak = measured(arguments)
            seconds, most = seconds + taken, max(most, peak)
            print(f"{arguments[0]:24}{taken:8.1f} s{peak:8.0f} MiB")
        print(f"{'all':24}{seconds:8.1f} s{most:8.0f} MiB")
        print(f"{'of the limit':24}{seconds / LIMIT_SECONDS:8.2f}  {most / LIMIT_MIB:8.2f}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
