"""``leadproof status``."""

from app.options import JsonOption, RunOption


def status(run: RunOption, json: JsonOption = False) -> None:
    """What the run holds, stage by stage, and what was dropped along the way."""
    from app.console import say, say_json, show_table
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
    rows = [
        (f"{name}/{stage.path.name}", _listed(stage.manifest.counts), f"{stage.manifest.seconds:.1f}")
        for name, stage in stages.items()
    ]
    show_table("Stages", ("stage", "holds", "seconds"), rows)
    lost = [(name, reason, number) for name, stage in stages.items() for reason, number in stage.manifest.drops.items()]
    if lost:
        say()
        show_table("Dropped or declined", ("stage", "reason", "number"), lost)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if "/" not in name)
