"""``leadproof audit``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.options import JsonOption

if TYPE_CHECKING:
    from schemas.pair import Pair

_GROUPS = 3  # positive, leading, false premise alone


def audit(
    file: Annotated[
        Path | None, typer.Argument(help="A benchmark file: rows of MMR's shape, JSON or JSONL.", show_default=False)
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", metavar="DIR", help="Instead of a file: a run's kept pairs, or all.")
    ] = None,
    true_premise: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Pairs whose leading question is true, pooled with the file's."),
    ] = None,
    json: JsonOption = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the folds and the intervals.")] = 0,
) -> None:
    """What can be picked without the image: blind strategies against chance, by polarity and category."""
    from app.audit_view import show_audit
    from app.console import progress, say_json
    from evaluation.leaks import audit as audit_pairs
    from schemas.errors import BadConfig

    if (file is None) == (run is None):
        raise BadConfig("give either a file or --run DIR", where="audit", fix="Name one of them.")
    if run is not None and true_premise is not None:
        fix = "A run holds both kinds: leave it out."
        raise BadConfig("goes with a file, not with --run", where="--true-premise", fix=fix)
    pairs, left_out, what = _pairs_of_run(run) if run is not None else _pairs_of_files(file, true_premise)
    with progress("Auditing") as (total, more):
        total(_GROUPS)
        found = audit_pairs(pairs, seed=seed, on_progress=lambda _: more(1))
    if json:
        say_json({"of": what, "pairs": len(pairs), "rows_left_out": left_out, **found.to_json()})
    else:
        show_audit(found, what=what, pairs=len(pairs), left_out=left_out)


def _pairs_of_files(file: Path | None, true_premise: Path | None) -> "tuple[list[Pair], int, str]":
    """Pairs of a benchmark file and of one of true premises, how many rows make no pair, and what it is."""
    from dataclasses import replace

    from schemas.errors import UnreadableFile
    from schemas.identity import path_ref
    from schemas.mmr import read_rows, rows_to_pairs

    pairs: list[Pair] = []
    left_out = 0
    for path in (file, true_premise):
        if path is None:
            continue
        rows = read_rows(path)
        if path is true_premise:
            rows = [replace(row, premise="true") for row in rows]
        read = rows_to_pairs(rows, image_ref=path_ref)
        if not read.pairs:
            raise UnreadableFile("holds no whole pair", where=str(path), fix="`leadproof lint` says what is wrong.")
        pairs += read.pairs
        left_out += len({fault.row for fault in read.faults})
    return pairs, left_out, str(file)


def _pairs_of_run(run: Path) -> "tuple[list[Pair], int, str]":
    """The pairs that the current filter stage keeps, lettered as it left them; all pairs where there is none."""
    from schemas.errors import WorkFailed
    from schemas.kept import kept_pairs
    from schemas.run import RunFolder
    from schemas.tables import pairs_of

    folder = RunFolder.open(run)
    generated, filtered = folder.require("generate"), folder.current("filter")
    table = generated.table("pairs") if filtered is None else kept_pairs(generated, filtered)
    if not len(table):
        raise WorkFailed("there is no pair to audit", where=str(folder.path), fix="See `leadproof status`.")
    what = "all pairs, not filtered yet" if filtered is None else f"pairs kept in filter/{filtered.path.name}"
    return list(pairs_of(table)), 0, what
