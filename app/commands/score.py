"""``leadproof score``."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.options import JsonOption


def score(
    benchmark: Annotated[Path, typer.Argument(help="A benchmark file: rows of MMR's shape, JSON or JSONL.")],
    replies: Annotated[
        Path, typer.Argument(help="Replies: the released results, or JSONL with id, question_type and text.")
    ],
    scorer: Annotated[
        Literal["official", "strict"],
        typer.Option(help="strict abstains where a reply commits to no option; official is the released rule."),
    ] = "strict",
    json: JsonOption = False,
    rows: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what both readers read, a JSON line a row.")
    ] = None,
    true_premise: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Pairs whose leading question is true; replies in the same file."),
    ] = None,
    baselines: Annotated[bool, typer.Option("--baselines", help="Score blind baselines beside it.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals and the baselines.")] = 0,
) -> None:
    """RA, MR and the 2x2 table of a model's replies, with intervals, by category."""
    from app.console import say_json
    from app.score_view import show_baselines, show_score
    from evaluation.baselines import score_baselines
    from evaluation.item import items_of
    from evaluation.score import score as score_files
    from schemas.mmr import read_rows

    result = score_files(benchmark, replies, scorer=scorer, true_premise=true_premise, seed=seed)
    blind = []
    if baselines:
        premises = read_rows(true_premise) if true_premise is not None else []
        items = [*items_of(read_rows(benchmark)), *items_of(premises, kind="true-premise")]
        blind = score_baselines(items, seed=seed)
    if rows is not None:
        _write_rows(rows, result.rows(), inputs=[benchmark, replies, *([true_premise] if true_premise else [])])
    if json:
        told = {one.name: one.result.overall.to_json() for one in blind}
        say_json({**result.to_json(), **({"baselines": told} if baselines else {})})
        return
    show_score(result)
    if blind:
        show_baselines(blind)


def _write_rows(path: Path, rows: Iterable[Mapping[str, str | None]], *, inputs: Sequence[Path]) -> None:
    import json as json_lines

    from schemas.durable import write_whole
    from schemas.errors import UnreadableFile

    path = path.resolve()
    if path in [one.resolve() for one in inputs] or (path.exists() and not path.is_file()):
        what = "is an input or no ordinary file: its rows are not written over it"
        raise UnreadableFile(what, where=str(path), fix="Name another file with --rows.")
    try:
        write_whole(path, "".join(json_lines.dumps(row) + "\n" for row in rows))
    except OSError as error:
        raise UnreadableFile(
            f"cannot be written ({error.strerror or error})", where=str(path), fix="Check the path and its rights."
        ) from error
