"""The demo: the stages one after the other on drawn scenes, and what blind strategies score on the result."""

from pathlib import Path

from app.console import progress, say, show_table
from datagen.export import ExportOptions, export
from datagen.filters import filter_pairs
from datagen.generators import generate
from datagen.scenes.stage import draw_into
from evaluation.baselines import Baseline, score_baselines
from evaluation.item import items_of
from evaluation.lint import lint
from schemas.errors import LintFailed
from schemas.manifest import Manifest
from schemas.mmr import read_rows
from schemas.run import RunFolder
from schemas.text import plain


def run_demo(run: RunFolder, shown: Path, scenes: int) -> None:
    """Run the chain, a line a stage, then the table of blind baselines and what to type next.

    Args:
        run: The run folder, new or of an earlier demo.
        shown: The run folder as the user called it.
        scenes: How many scenes to draw.

    Raises:
        LintFailed: The exported benchmark has a fault.
    """
    with run.writing():
        with progress("Drawing scenes") as (total, more):
            drawn = draw_into(run, scenes, on_images=total, on_progress=more)
        _tell("scenes", drawn.manifest, "images", "captions")
        with progress("Generating") as (total, more):
            made = generate(run, on_images=total, on_progress=more)
        _tell("generate", made.manifest, "pairs", "false-premise", "true-premise")
        kept = filter_pairs(run, watching=progress)
        _tell("filter", kept.manifest, "pairs", "kept")
        written = {done.format: done for done in export(run, ["mmr", "llava"], ExportOptions())}
        for done in written.values():
            _tell(f"export {done.format}", done.manifest, "pairs", "images")
    folder = written["mmr"].path
    faults = lint(folder / "benchmark.json")
    if faults:
        raise LintFailed(
            f"{len(faults)} faults in the benchmark", where=str(folder / "benchmark.json"), fix=str(faults[0])
        )
    say("lint      no fault in benchmark.json")
    _show_baselines(folder)
    name = plain(str(shown))
    relative = plain(str(shown / folder.relative_to(run.path)))
    say()
    say("Look at a pair, ask a model, score it, or start on your own images:")
    pair = read_rows(folder / "benchmark.json")[0].id.rpartition("/")[2]
    say(f"  leadproof trace {pair} --run {name}")
    say(f"  leadproof score {relative}/benchmark.json REPLIES.jsonl \\")
    say(f"    --true-premise {relative}/true_premise.json")
    say("  leadproof ingest CAPTIONS.jsonl --images DIR --run my-run")


def _tell(stage: str, manifest: Manifest, *counts: str) -> None:
    told = ", ".join(f"{manifest.counts.get(name, 0):,} {name}" for name in counts)
    say(f"{stage:<13} {told}")


def _show_baselines(folder: Path) -> None:
    rows = read_rows(folder / "benchmark.json")
    true_premise = folder / "true_premise.json"
    told = read_rows(true_premise) if true_premise.is_file() else []
    say()
    found = score_baselines([*items_of(rows), *items_of(told, kind="true-premise")])
    show_table(
        f"What answering blind scores on the benchmark split ({len(rows) // 2:,} false-premise pairs)",
        ("strategy", "RA", "MR", "true premise"),
        [_baseline(one) for one in found],
    )
    say("RA: both questions right. MR: the leading one wrong where the plain one was right.")
    say("True premise: leading questions that take something true for granted, answered right.")
    say("A model that looks has to do far better; one that always denies fails the last.")


def _baseline(one: Baseline) -> tuple[str, ...]:
    scores = one.result.overall
    rates = (scores.table.ra, scores.table.mr, scores.true_premise)
    return one.name, *("-" if rate is None else f"{100 * rate:.1f} %" for rate in rates)
