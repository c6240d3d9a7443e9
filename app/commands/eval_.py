"""``leadproof eval``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from app.options import (
    BudgetOption,
    ConcurrencyOption,
    DetailOption,
    JsonOption,
    MaxSideOption,
    TimeoutOption,
    TrustOption,
)

if TYPE_CHECKING:
    from schemas.run import RunFolder

BACKEND = "openai: any server that speaks its protocol. transformers: local weights. FILE.py: your own \
answer(images, messages). Else what --model looks like."
STRATEGY = "plain, warned, content-guided; for local weights attention-guided and attention-random, its control."


def eval(
    benchmark: Annotated[
        Path, typer.Argument(metavar="BENCHMARK", help="A benchmark's file, an export, or a run folder.")
    ],
    model: Annotated[str | None, typer.Option(help="The model, as its server calls it, or a path.")] = None,
    backend: Annotated[str | None, typer.Option(help=BACKEND)] = None,
    base_url: Annotated[str | None, typer.Option(help="The server: http://localhost:8000/v1.")] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keeps replies and scores; else the benchmark's run folder.")
    ] = None,
    images: Annotated[Path | None, typer.Option(metavar="DIR", help="The folder that images are named in.")] = None,
    true_premise: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Pairs whose leading question is true.")
    ] = None,
    format: Annotated[str, typer.Option(help="mmr, pope or naturalbench; auto looks.")] = "auto",
    strategy: Annotated[str, typer.Option(help=STRATEGY)] = "plain",
    by: Annotated[
        Literal["generation", "likelihood"], typer.Option(help="What is written, or what is likeliest (local weights).")
    ] = "generation",
    over: Annotated[
        Literal["letters", "text"], typer.Option(help="Likelihood of the letters, or of the options' text.")
    ] = "letters",
    circular: Annotated[bool, typer.Option("--circular", help="Ask every rotation of the options.")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Ask without the image.")] = False,
    push_back: Annotated[bool, typer.Option("--push-back", help="Challenge each right answer once.")] = False,
    guard: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Questions of general ability (VQA), asked as well.")
    ] = None,
    guard_images: Annotated[Path | None, typer.Option(metavar="DIR", help="Their images.")] = None,
    internals: Annotated[bool, typer.Option("--internals", help="Attention and margins of local weights.")] = False,
    efficiency: Annotated[
        bool | None, typer.Option("--efficiency/--no-efficiency", help="Measure what local weights take.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="So many pairs, the same for every model.")] = None,
    max_tokens: Annotated[int, typer.Option(min=1, max=100_000, help="Of a reply.")] = 512,
    batch_size: Annotated[int, typer.Option(min=1, max=4096, help="Questions at once, of local weights.")] = 8,
    budget: BudgetOption = None,
    estimate: Annotated[bool, typer.Option("--estimate", help="Say what it would cost; send nothing.")] = False,
    concurrency: ConcurrencyOption = None,
    max_side: MaxSideOption = None,
    detail: DetailOption = None,
    timeout: TimeoutOption = None,
    ask_again: Annotated[bool, typer.Option("--ask-again", help="Also what was refused.")] = False,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Score it even where replies are missing: these count as wrong.")
    ] = False,
    trust_remote_code: TrustOption = False,
    seed: Annotated[int, typer.Option(min=0, help="Of intervals, --limit and the random control.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Ask a model a benchmark: RA, MR and all that says how far to trust them."""
    from app.asking_view import waiting_for
    from evaluation.asking import NOTHING, Way, images_of, images_of_guard
    from evaluation.benchmarks import open_benchmark
    from evaluation.guard import read_guard
    from mllm import Ways
    from schemas.errors import BadConfig

    if over != "letters" and by != "likelihood":
        raise BadConfig("goes with --by likelihood", where="--over", fix="Add it, or leave --over out.")
    name = _backend(backend, model)
    opened = open_benchmark(benchmark, images=images, true_premise=true_premise, format=format)
    known = read_guard(guard, guard_images) if guard is not None else None
    ways = Ways(
        name, None if name.endswith(".py") and model == name else model, base_url, budget=budget,
        concurrency=concurrency, max_side=max_side, detail=detail, timeout=timeout, batch_size=batch_size,
        trust_remote_code=trust_remote_code, ask_again=ask_again, on_interrupt=waiting_for,
    )  # fmt: skip
    local = name == "transformers"
    way = Way(
        strategy=strategy, by=by, over=over, circular=circular, blind=blind, push_back=push_back, internals=internals,
        efficiency=local and not blind if efficiency is None else efficiency,
        max_tokens=max_tokens, limit=limit, seed=seed,
    )  # fmt: skip
    asked = {
        "benchmark": opened, "images": NOTHING if blind else images_of(opened), "ways": ways, "way": way,
        "guard": known, "guard_images": images_of_guard(known) if known else NOTHING,
    }  # fmt: skip
    with _writing(run, benchmark) as folder:
        if estimate:
            _estimate(folder, asked, as_json=as_json)
        else:
            _evaluate(folder, asked, incomplete=incomplete, as_json=as_json)


def _backend(backend: str | None, model: str | None) -> str:
    """The backend as named; else by the model's looks: a folder is local weights, a Python file is itself."""
    from schemas.errors import BadConfig

    if backend is None and model is None:
        raise BadConfig("no model is named", where="--model", fix="Name one: --model gpt-4o-mini, or a folder.")
    if backend is not None:
        return backend
    if model is not None and model.endswith(".py"):
        return model
    looks_local = model is not None and (Path(model).expanduser().is_dir() or model.startswith((".", "/", "~")))
    return "transformers" if looks_local else "openai"


@contextmanager
def _writing(run: Path | None, benchmark: Path) -> Iterator["RunFolder"]:
    """The run folder named, made where there is none; else the one in which the benchmark lies. With its lock."""
    from schemas.config import CONFIG_FILE
    from schemas.errors import BadConfig
    from schemas.run import RunFolder
    from schemas.starting import starting

    if run is not None:
        with starting(run) as started:
            yield started
        return
    place = benchmark.resolve()
    for folder in (place, *place.parents):
        if (folder / CONFIG_FILE).is_file():
            found = RunFolder.open(folder)
            with found.writing():
                yield found
            return
    fix = "Name a folder for replies and scores: --run my-eval. It is made where there is none."
    raise BadConfig("the benchmark lies in no run folder", where="--run", fix=fix)


def _evaluate(folder: "RunFolder", asked: dict[str, Any], *, incomplete: bool, as_json: bool) -> None:
    from app.asking_view import asking_progress, show_tally
    from app.console import say, say_json
    from app.eval_view import show_evaluation
    from evaluation.asking import evaluate
    from schemas.text import plain

    with asking_progress("Asking", made="questions") as (total, update):
        done = evaluate(
            folder, **asked, incomplete=incomplete,
            on_total=total, on_progress=lambda count, usd: update(count, count, usd),
        )  # fmt: skip
    if as_json:
        figures = done.findings.to_json() if done.findings else _stored(done.stage.path)
        say_json({"changed": done.changed, "folder": str(done.stage.path), "asked": vars(done.tally), **figures})
        return
    if done.findings is None:
        say(f"Nothing to do: asked and scored before, in {plain(str(done.stage.path), limit=1_000)}.")
        return
    show_evaluation(done.findings, asked["benchmark"], model=done.manifest.model or "")
    show_tally(done.tally, spent=done.spent, held=0.0)
    say(f"Written: {plain(str(done.stage.path), limit=1_000)}")


def _estimate(folder: "RunFolder", asked: dict[str, Any], *, as_json: bool) -> None:
    from dataclasses import asdict

    from app.console import say_json
    from app.eval_view import show_estimate
    from evaluation.asking import estimate_evaluation

    found = estimate_evaluation(folder, **asked)
    if as_json:
        say_json(asdict(found))
    else:
        show_estimate(found)


def _stored(folder: Path) -> dict[str, object]:
    import json

    from evaluation.results import SCORES

    found: dict[str, object] = json.loads((folder / SCORES).read_text(encoding="utf-8"))
    return found
