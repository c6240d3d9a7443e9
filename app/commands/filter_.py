"""``leadproof filter``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from app.options import (
    BudgetOption,
    ConcurrencyOption,
    DetailOption,
    MaxSideOption,
    RunOption,
    TimeoutOption,
    TrustOption,
)

if TYPE_CHECKING:
    from datagen.filters.stage import Filtered
    from mllm import Ways
    from schemas.run import RunFolder

BACKEND = "Of --verify. openai: any server that speaks its protocol. transformers: local weights. FILE.py: your own."


def filter(
    run: RunOption,
    without: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Leave out structure, hedging or duplicates.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Drop imported pairs for their content too; else only report them.")
    ] = False,
    verify: Annotated[
        list[str] | None, typer.Option(metavar="MODEL", help="Have a model verify what is left; once a model.")
    ] = None,
    backend: Annotated[str | None, typer.Option(help=BACKEND, show_default="openai")] = None,
    base_url: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="The server of --verify: one for all, or one for each model."),
    ] = None,
    budget: BudgetOption = None,
    concurrency: ConcurrencyOption = None,
    max_side: MaxSideOption = None,
    detail: DetailOption = None,
    timeout: TimeoutOption = None,
    trust_remote_code: TrustOption = False,
) -> None:
    """Score all pairs and decide which are kept; every drop has a reason."""
    from app.asking_view import waiting_for
    from app.console import say, show_counts
    from mllm import Ways
    from schemas.errors import BadConfig
    from schemas.run import RunFolder

    folder, models, urls = RunFolder.open(run), verify or [], base_url or []
    given = {
        "--backend": backend, "--base-url": urls, "--budget": budget, "--concurrency": concurrency,
        "--max-side": max_side, "--detail": detail, "--timeout": timeout, "--trust-remote-code": trust_remote_code,
    }  # fmt: skip
    idle = [flag for flag, value in given.items() if value]
    if idle and not models:
        fix = "Name the model that verifies: --verify MODEL."
        raise BadConfig(f"without --verify no model is asked, and {idle[0]} says how", where=idle[0], fix=fix)
    if len(urls) not in (0, 1, len(models)):
        fix = "Give --base-url once, or once for each --verify, in the same order."
        raise BadConfig(f"{len(urls)} addresses for {len(models)} models", where="--base-url", fix=fix)
    places = urls if len(urls) == len(models) else [urls[0] if urls else None] * len(models)
    verifiers = [
        Ways(
            backend or "openai", model, place, budget=budget, concurrency=concurrency, max_side=max_side,
            detail=detail, timeout=timeout, trust_remote_code=trust_remote_code, on_interrupt=waiting_for,
        )
        for model, place in zip(models, places, strict=True)
    ]  # fmt: skip
    done = _filtered(folder, verifiers, without or (), apply=apply)
    if not done.changed:
        say("Nothing to do: these pairs were filtered before, with the same settings.")
        return
    show_counts("Filtered", done.manifest.counts)
    if done.manifest.drops:
        show_counts("Dropped", done.manifest.drops)
    for name, pairs in done.manifest.notes["reported on imported pairs"].items():
        say(f"{name} would drop {len(pairs):,} imported pairs ({', '.join(pairs[:3])}…); --apply does so.")
    if done.voted:
        from app.verification_view import show_verification

        show_verification(done.voted, done.manifest, budget)


def _filtered(folder: "RunFolder", verifiers: "Sequence[Ways]", without: Sequence[str], *, apply: bool) -> "Filtered":
    """Filter under bars: one for scoring, then one for verifying."""
    from contextlib import ExitStack

    from app.asking_view import asking_progress
    from app.console import progress
    from datagen.filters.stage import Verifying, filter_pairs
    from datagen.filters.verification.stage import Progress

    with folder.writing(), ExitStack() as bars:
        total, more = bars.enter_context(progress("Scoring"))
        if not verifiers:
            return filter_pairs(folder, without=without, apply=apply, on_pairs=total, on_progress=more)
        pairs, update = bars.enter_context(asking_progress("Verifying"))

        def on_progress(now: Progress) -> None:
            update(now.pairs, now.pairs, now.usd)

        verifying = Verifying(verifiers, pairs, on_progress)
        return filter_pairs(folder, verifying, without=without, apply=apply, on_pairs=total, on_progress=more)
