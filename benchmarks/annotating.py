"""Pushing pairs to a real Label Studio and pulling verdicts back: ``python -m benchmarks.annotating``.

Seconds by the clock, beside the limit of two minutes for 2,000 pairs and beside a plain import of the same tasks by
the SDK, in the same run.
"""

import argparse
import tempfile
import time
from pathlib import Path

from annotation.at_hand import at_hand
from annotation.pulling import pull
from annotation.roster import join
from annotation.server import Wanted, ensure_environment, running_server, secrets_for
from annotation.settings import annotate_settings
from annotation.studio import Studio, open_studio, read_projects
from app.annotate.dealing import Dealing, deal
from datagen.filters import filter_pairs
from datagen.generators import generate
from datagen.scenes.stage import draw_into
from schemas.run import RunFolder

LIMIT = 120.0  # seconds for 2,000 pairs


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pairs", type=int, default=2_000)
    asked.add_argument("--port", type=int, default=8099)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = prepared(Path(folder) / "run", given.pairs)
        wanted = Wanted(port=given.port)
        secrets = secrets_for(run.path, owner="owner@example.org", url=wanted.url)
        began = time.monotonic()
        with running_server(run.path, wanted, secrets, ensure_environment(print)), open_studio(run.path) as studio:
            print(f"start            {time.monotonic() - began:7.1f} s")
            measure(run, studio, given.pairs)


def prepared(path: Path, pairs: int) -> RunFolder:
    """A run that holds so many pairs and three annotators."""
    run = RunFolder.create(path)
    with (path / "leadproof.toml").open("a") as file:
        file.write('owner = "owner@example.org"\n')
    run = RunFolder.open(path)
    with run.writing():
        draw_into(run, pairs // 7)
        generate(run)
        filter_pairs(run)
        for name in ("ana", "ben", "cem"):
            join(run.path, f"{name}@example.org")
    return run


def measure(run: RunFolder, studio: Studio, pairs: int) -> None:
    """Push, push again, import plainly, judge and pull."""
    dealing = Dealing(annotate_settings(run), limit=pairs)
    for name in ("push", "push again"):
        began = time.monotonic()
        with run.writing():
            done = deal(
                run, studio, "local-files", dealing if name == "push" else Dealing(dealing.settings, limit=1),
                on_tasks=lambda _: None, on_progress=lambda _: None,
            )  # fmt: skip
        took, tasks = time.monotonic() - began, sum(done.pushed.added.values())
        limit = f"  limit {LIMIT * pairs / 2_000:.0f} s" if name == "push" else ""
        print(f"{name:<16} {took:7.1f} s  {tasks:,} tasks{limit}")
    print(f"plain import     {plain_import(studio, run):7.1f} s  of as many tasks, by the SDK alone")
    began = time.monotonic()
    pull(run, studio)
    print(f"pull             {time.monotonic() - began:7.1f} s  {len(at_hand(run).kept):,} pairs kept")


def plain_import(studio: Studio, run: RunFolder) -> float:
    """Seconds that the SDK takes to import what the projects hold, without looking at what is there."""
    data = [
        task.data
        for project in {one.project for one in read_projects(run)}
        for task in studio.client.tasks.list(project=project, fields="task_only", page_size=1_000)
    ]
    project = studio.client.projects.create(title="plain").id
    began = time.monotonic()
    for start in range(0, len(data), 100):
        studio.client.projects.import_tasks(id=project, request=[{"data": one} for one in data[start : start + 100]])
    return time.monotonic() - began


if __name__ == "__main__":
    main()
