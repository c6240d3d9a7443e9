"""Memory of an ingest does not grow with the number of captions."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.datagen.sources.made import picture
from tests.e2e.chain import environment

FEW, MANY, A_LINE = 40_000, 120_000, 20  # captions; few fill what is bounded: a cache, a part of a table
# A child's peak counts from the size of what it was forked from: so it is started by a small process.
MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "leadproof", *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_mib(folder: Path, captions: int) -> float:
    """Peak memory of ``ingest`` of so many captions over five images."""
    path = folder / f"{captions}.jsonl"
    with path.open("w") as file:
        for n in range(captions // A_LINE):
            said = [f"Picture {n} shows {n} things, and beside them {more} others." for more in range(A_LINE)]
            file.write(json.dumps({"image": f"{n % 5}.png", "captions": said}) + "\n")
    command = [sys.executable, "-c", MEASURED, "ingest", str(path), "--run", str(folder / f"run-{captions}")]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    return int(done.stdout) / (2**10 if sys.platform != "darwin" else 2**20)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="resource is for Unix")
def test_three_times_as_many_captions_take_no_more_memory(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.png").write_bytes(picture(number))
    few, many = peak_mib(tmp_path, FEW), peak_mib(tmp_path, MANY)
    assert many - few < 30
