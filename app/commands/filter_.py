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
    from datagen.filters import Choices, Filtered
    from mllm import Ways
    from schemas.run import RunFolder

BACKEND = "Of --verify. openai: any server that speaks its protocol. transformers: local weights. FILE.py: your own."
WITHOUT = "Leave a filter out, such as hedging or near_duplicates; once a filter."
AGAIN = "Decide again from stored scores and edges, in seconds; nothing is measured or asked."
IMAGE_MODEL = "A CLIP or SigLIP folder or id that scores images against texts."


def filter(
    run: RunOption,
    target: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Keep N pairs: good ones, unlike each other, under quotas.")
    ] = None,
    debias: Annotated[
        bool, typer.Option("--debias", help="Drop and re-letter what is answered without the image.")
    ] = False,
    without: Annotated[list[str] | None, typer.Option(metavar="NAME", help=WITHOUT)] = None,
    rethreshold: Annotated[bool, typer.Option("--rethreshold", help=AGAIN)] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Drop imported pairs for their content too; else only report them.")
    ] = False,
    text_model: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Embeds what pairs say: a folder or id.", show_default="all-MiniLM-L6-v2"),
    ] = None,
    image_model: Annotated[str | None, typer.Option(metavar="MODEL", help=IMAGE_MODEL)] = None,
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
    from app.filter_view import show_filtered
    from datagen.filters import Choices
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
    measuring = {"--verify": models, "--text-model": text_model, "--image-model": image_model}
    refused = [flag for flag, value in measuring.items() if value]
    if rethreshold and refused:
        fix = "Leave one of them out."
        raise BadConfig(f"--rethreshold measures nothing, and {refused[0]} does", where=refused[0], fix=fix)
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
    choices = Choices(
        without=tuple(without or ()), apply=apply, debias=debias, target=target,
        text_model=text_model, image_model=image_model,
    )  # fmt: skip
    done = _filtered(folder, verifiers, choices, again=rethreshold)
    show_filtered(done, budget=budget)


def _filtered(folder: "RunFolder", verifiers: "Sequence[Ways]", choices: "Choices", *, again: bool) -> "Filtered":
    """Filter under bars, one for each kind of work."""
    from contextlib import ExitStack

    from app.asking_view import asking_progress
    from app.console import progress
    from datagen.filters import Verifying, filter_pairs
    from datagen.filters.verification.stage import Progress

    with folder.writing(), ExitStack() as bars:
        if not verifiers:
            return filter_pairs(folder, choices=choices, again=again, watching=progress)
        pairs, update = bars.enter_context(asking_progress("Verifying"))

        def on_progress(now: Progress) -> None:
            update(now.pairs, now.pairs, now.usd)

        return filter_pairs(folder, Verifying(verifiers, pairs, on_progress), choices, watching=progress)
