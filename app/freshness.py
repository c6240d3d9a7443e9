"""Whether a stage is behind the one before it."""

from schemas.run import RunFolder


def unfiltered(run: RunFolder) -> str | None:
    """A line about pairs that came after the last ``filter``; None where there are none."""
    generated, filtered = run.current("generate"), run.current("filter")
    if generated is None or filtered is None:
        return None
    seen = filtered.manifest.inputs.get("generate")
    if seen is None or seen == generated.manifest.ref:
        return None
    more = generated.manifest.counts.get("pairs", 0) - filtered.manifest.counts.get("pairs", 0)
    what = f"{more:,} pairs were" if more > 0 else "Pairs were"
    return f"{what} generated after the last filter: run `leadproof filter` to have them too."
