"""Captions by the million through ``ingest``: seconds and memory, and what each further one takes.

Run: ``.venv/bin/python -m benchmarks.ingest [CAPTIONS …] [--each N] [--root DIR]``. Without numbers, 100,000,
300,000 and 1,000,000 captions, ten an image (``--each``), and at last as many captions as there are images then.
The images are small PNGs of noise, in folders of a
thousand; making them is not counted. Memory is the peak of what the command itself has resident, and of what its
workers have, by themselves and sampled ten times a second.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from PIL import Image

SIZES = (100_000, 300_000, 1_000_000)
_MIB = 2**20


class Peak(NamedTuple):
    """One size: what it took."""

    captions: int
    images: int
    seconds: float
    command: float
    workers: float


def own_peak(pid: int) -> float:
    """The most bytes a process has had resident so far."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmHWM:")) * 1024.0
    except (OSError, StopIteration):
        return 0.0


def below(pid: int) -> float:
    """Bytes of the processes that a process has started, shared pages counted in part (PSS)."""
    total, waiting = 0.0, _children(pid)
    while waiting:
        one = waiting.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) * 1024.0
        waiting += _children(one)
    return total


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def make_images(folder: Path, first: int, last: int) -> None:
    """Draw images of 32 by 32 pixels, each unlike all others."""
    for number in range(first, last):
        path = folder / image_name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = random.Random(number).randbytes(4 * 4 * 3)
        Image.frombytes("RGB", (4, 4), noise).resize((32, 32), Image.Resampling.BICUBIC).save(path)


def image_name(number: int) -> str:
    return f"{number // 1000:04d}/{number:07d}.png"


def write_captions(path: Path, captions: int, images: int) -> None:
    """A line for every caption, those of an image at some distance from each other."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(captions):
            said = f"Picture {number % images} has {number // images} things beside one another on a wooden table."
            file.write(json.dumps({"image": image_name(number % images), "caption": said}) + "\n")


def measured(folder: Path, captions: int, images: int) -> Peak:
    """Ingest in a process of its own, into a new run."""
    start, command, workers = time.monotonic(), 0.0, 0.0
    run = folder / f"run-{captions}-{images}"
    arguments = ["ingest", str(folder / "captions.jsonl"), "--images", str(folder / "images"), "--run", str(run)]
    process = subprocess.Popen([sys.executable, "-m", "leadproof", *arguments], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        command, workers = max(command, own_peak(process.pid)), max(workers, below(process.pid))
        time.sleep(0.1)
    if process.returncode != 0:
        raise SystemExit("leadproof ingest failed")
    return Peak(captions, images, time.monotonic() - start, command, workers)


def shown(one: Peak) -> str:
    numbers = f"{one.captions:>10,}{one.images:>10,}{one.seconds:>9.1f}{one.captions / one.seconds:>10,.0f}"
    return f"{numbers}{one.command / _MIB:>8.0f} MiB{one.workers / _MIB:>8.0f} MiB"


def main() -> None:
    """Print a line a size, and what each further caption and image took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("captions", nargs="*", type=int, default=SIZES)
    parser.add_argument("--each", type=int, default=10, help="captions an image")
    parser.add_argument("--root", type=Path, help="where to make what is ingested; else the folder for such things")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=given.root))
    sizes = [(captions, captions // given.each) for captions in sorted(given.captions)]
    found, drawn = list[Peak](), 0
    try:
        print(f"{'captions':>10}{'images':>10}{'seconds':>9}{'a second':>10}{'command':>12}{'workers':>12}")
        for captions, images in [*sizes, (sizes[-1][1], sizes[-1][1])]:
            make_images(folder / "images", drawn, images)
            drawn = images
            write_captions(folder / "captions.jsonl", captions, images)
            found.append(measured(folder, captions, images))
            print(shown(found[-1]), flush=True)
        first, last, few = found[0], found[-2], found[-1]
        print(f"a further caption takes {(last.command - few.command) / (last.captions - few.captions):.0f} bytes")
        if len(sizes) > 1:
            print(f"a further image takes {(few.command - first.command) / (few.images - first.images):.0f} bytes")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
