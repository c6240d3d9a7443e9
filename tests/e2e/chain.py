"""Running the command line as a user does, in processes of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]


def leadproof(*arguments: object, cwd: Path | None = None, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command(*arguments), cwd=cwd, env=environment(), capture_output=True, text=True, timeout=timeout, check=False
    )


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "leadproof", *map(str, arguments)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}


def tables(run: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of the newest committed folder of each stage, by stage and table."""
    found = {}
    for manifest in sorted(run.glob("*/[0-9]*/manifest.json")):
        for path in sorted(manifest.parent.glob("*.parquet")):
            found[f"{manifest.parent.parent.name}/{path.name}"] = pq.read_table(path).to_pylist()
    return found


def exported(run: Path) -> dict[str, bytes]:
    """The files of the newest committed export of each format, by format and name."""
    found = {}
    for manifest in sorted(run.glob("export/*/[0-9]*/manifest.json")):
        for path in sorted(manifest.parent.rglob("*")):
            if path.is_file() and path.name not in ("manifest.json", ".draft"):
                name = f"{manifest.parent.parent.name}/{path.relative_to(manifest.parent)}"
                found[name] = path.read_bytes()
    return found
