"""``leadproof status``."""

from typing import TYPE_CHECKING

from app.options import JsonOption, RunOption

if TYPE_CHECKING:
    from mllm.journal import Spending


def status(run: RunOption, json: JsonOption = False) -> None:
    """What the run holds, stage by stage, and what was dropped along the way."""
    from app.console import say, say_json, show_table
    from app.freshness import unfiltered
    from mllm.journal import JOURNAL_FILE, read_spending
    from schemas.run import RunFolder
    from schemas.text import plain

    folder = RunFolder.open(run)
    stages = folder.all_current()
    if json:
        say_json({name: stage.manifest.model_dump(mode="json") for name, stage in stages.items()})
        return
    if not stages:
        say(f"Nothing yet. Next: leadproof ingest CAPTIONS --images DIR --run {plain(str(run))}")
        return
    hint = unfiltered(folder)
    spent = read_spending(folder.path / JOURNAL_FILE)
    rows = [
        (f"{name}/{stage.path.name}", _listed(stage.manifest.counts), f"{stage.manifest.seconds:.1f}")
        for name, stage in stages.items()
    ]
    show_table("Stages", ("stage", "holds", "seconds"), rows)
    if hint:
        say(hint)
    if spent and spent.attempts:
        say()
        show_table("Asked of models", ("", ""), _asked(spent))
    lost = [(name, reason, number) for name, stage in stages.items() for reason, number in stage.manifest.drops.items()]
    if lost:
        say()
        show_table("Dropped or declined", ("stage", "reason", "number"), lost)


def _asked(spent: "Spending") -> list[tuple[str, object]]:
    from app.asking_view import usd

    rows: list[tuple[str, object]] = [
        ("requests sent", spent.attempts),
        ("tokens in", spent.prompt_tokens),
        ("tokens out", spent.completion_tokens),
        ("USD", usd(spent.usd)),
    ]
    return [*rows, ("  of it held for lost replies", usd(spent.held))] if spent.held else rows


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if "/" not in name)
