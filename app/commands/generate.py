"""``leadproof generate``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.options import (
    BudgetOption,
    ConcurrencyOption,
    DetailOption,
    JsonOption,
    MaxSideOption,
    RunOption,
    TimeoutOption,
    TrustOption,
)

if TYPE_CHECKING:
    from datagen.generators.mllm import Pilot
    from mllm import Ways
    from schemas.run import RunFolder

BACKEND = "rules: from captions and facts, without a model. openai: any server that speaks its protocol. \
transformers: local weights. FILE.py: your own answer(images, messages)."


def generate(
    run: RunOption,
    backend: Annotated[str, typer.Option(help=BACKEND)] = "rules",
    per_image: Annotated[int | None, typer.Option(min=1, max=1000, help="Pairs per image at most.")] = None,
    categories: Annotated[str | None, typer.Option(help="Only these, with commas: number,position.")] = None,
    model: Annotated[str | None, typer.Option(help="The model, as its server calls it, or a path.")] = None,
    base_url: Annotated[str | None, typer.Option(help="The server: http://localhost:8000/v1.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="So many images at most: a pilot.")] = None,
    stratified: Annotated[bool, typer.Option("--stratified", help="A pilot of all sources and splits.")] = False,
    budget: BudgetOption = None,
    estimate: Annotated[bool, typer.Option("--estimate", help="Say what it would cost; send nothing.")] = False,
    concurrency: ConcurrencyOption = None,
    batch: Annotated[
        bool, typer.Option("--batch", help="By the Batch API: half the price, in a day; repeat to collect.")
    ] = False,
    wait: Annotated[bool, typer.Option("--wait", help="With --batch: stay until all is answered.")] = False,
    max_side: MaxSideOption = None,
    detail: DetailOption = None,
    timeout: TimeoutOption = None,
    ask_again: Annotated[
        bool, typer.Option("--ask-again", help="Also what was answered malformed or refused.")
    ] = False,
    trust_remote_code: TrustOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make pairs from the images of a run; earlier pairs stay."""
    from app.asking_view import waiting_for
    from datagen.generators.mllm import Pilot
    from datagen.generators.registry import asks_a_model
    from mllm import Ways
    from schemas.errors import BadConfig
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    wanted = [name.strip() for name in (categories or "").split(",") if name.strip()]
    ways = Ways(
        backend, model, base_url, budget=budget, concurrency=concurrency, max_side=max_side, detail=detail,
        timeout=timeout, batch=batch, trust_remote_code=trust_remote_code, ask_again=ask_again,
        on_interrupt=waiting_for,
    )  # fmt: skip
    pilot = Pilot(limit, stratified)
    if wait and not batch:
        raise BadConfig("--wait is for batches", where="--wait", fix="Add --batch, or leave --wait out.")
    if not asks_a_model(backend):
        given = {
            "--model": model, "--base-url": base_url, "--limit": limit, "--stratified": stratified, "--budget": budget,
            "--estimate": estimate, "--concurrency": concurrency, "--batch": batch, "--max-side": max_side,
            "--detail": detail, "--timeout": timeout, "--trust-remote-code": trust_remote_code,
            "--ask-again": ask_again,
        }  # fmt: skip
        idle = [flag for flag, value in given.items() if value]
        if idle:
            fix = "Name a model's backend as well: --backend openai."
            raise BadConfig(f"the backend {backend} asks no model and takes no {idle[0]}", where=idle[0], fix=fix)
        _by_rules(folder, backend, per_image, wanted, as_json=as_json)
    elif estimate:
        _estimate(folder, ways, pilot, per_image, wanted, as_json=as_json)
    else:
        _by_model(folder, ways, pilot, per_image, wanted, wait=wait, as_json=as_json)


def _by_rules(
    folder: "RunFolder", backend: str, per_image: int | None, categories: list[str], *, as_json: bool
) -> None:
    from app.console import progress, say, say_json, show_counts
    from datagen.generators import generate as make

    with folder.writing(), progress("Generating") as (total, more):
        done = make(
            folder, backend=backend, per_image=per_image, categories=categories, on_images=total, on_progress=more
        )
    if as_json:
        say_json({"changed": done.changed, **done.manifest.model_dump(mode="json")})
    elif not done.changed:
        say(_NOTHING)
    else:
        say(f"{done.manifest.counts['new pairs']:,} new pairs, made without a model.")
        show_counts("The run holds", done.manifest.counts)


def _by_model(
    folder: "RunFolder", ways: "Ways", pilot: "Pilot", per_image: int | None, categories: list[str],
    *, wait: bool, as_json: bool,
) -> None:  # fmt: skip
    from app.asking_view import asking_progress, show_tally, usd
    from app.batch_view import batch_progress, show_out
    from app.console import say, say_json, show_counts
    from datagen.generators.mllm import Asked, Progress, generate_by_batches, generate_with_model
    from schemas.text import plain

    if ways.batch:
        with folder.writing(), batch_progress() as on_out:
            done = generate_by_batches(
                folder, ways, pilot, wait=wait, per_image=per_image, categories=categories, on_out=on_out
            )
        if not isinstance(done, Asked):
            show_out(done)
            return
    else:
        with folder.writing(), asking_progress("Generating") as (total, update):

            def on_progress(now: Progress) -> None:
                update(now.images, now.pairs, now.usd)

            done = generate_with_model(
                folder, ways, pilot, per_image=per_image, categories=categories, on_images=total,
                on_progress=on_progress,
            )  # fmt: skip
    if as_json:
        asked = {"asked": vars(done.tally), "spent": done.spent, "held": done.held, "open": done.open}
        say_json({"changed": done.changed, **done.manifest.model_dump(mode="json"), **asked})
        return
    if not done.changed:
        say(_NOTHING)
        return
    say(f"{done.manifest.counts['new pairs']:,} new pairs by {plain(done.manifest.model or '')}.")
    show_counts("The run holds", done.manifest.counts)
    drops = done.manifest.drops
    show_tally(done.tally, declined=drops.get("declined", 0), spent=done.spent, held=done.held)
    kept_here = drops.get("may-not-leave", 0)  # asking again changes nothing
    if spoilt := done.tally.ended["malformed"] + done.tally.ended["refused"] - kept_here:
        say(f"{spoilt:,} requests were answered malformed or refused; --ask-again asks them once more.")
    if drops.get("budget"):
        say(f"The budget of {usd(ways.budget)} is used up: {done.open:,} images are still to be asked about.")
        say("Raise --budget and repeat the command to go on; nothing is asked twice.")
    elif done.open:
        say(f"{done.open:,} images had no reply: repeat the command to ask about them again.")


def _estimate(
    folder: "RunFolder", ways: "Ways", pilot: "Pilot", per_image: int | None, categories: list[str], *, as_json: bool
) -> None:
    from dataclasses import asdict

    from app.asking_view import usd
    from app.console import say, say_json, show_table
    from datagen.generators.mllm import estimate_generation

    with folder.writing():
        found = estimate_generation(folder, ways, pilot, per_image=per_image, categories=categories)
    if as_json:
        say_json(asdict(found))
        return
    rows: list[tuple[str, object]] = [
        ("images", found.images),
        *((f"requests: {step}", times) for step, times in found.requests.items()),
        ("in the journal already", found.kept),
        ("tokens in", found.prompt_tokens),
        ("tokens out", found.completion_tokens),
        ("USD", usd(found.usd)),
        ("USD of replies so far", usd(sum(found.spent.values()))),
        *((f"  {step}", usd(amount)) for step, amount in found.spent.items() if amount),
    ]
    if found.usd_per_kept_pair is not None:
        rows.append(("USD per kept pair so far", usd(found.usd_per_kept_pair)))
    show_table("Still to be asked", ("", ""), rows)
    if not found.measured:
        say("By rules of thumb: a pilot (--limit 20 --stratified) makes it a measurement.")


_NOTHING = "Nothing to do: these pairs were made before, from the same images with the same settings."
