"""``leadproof select``."""

from typing import Annotated, Any, Literal

import typer

from app.options import RunOption

BAND = "As shares of the ranks from the highest, such as 0.4 0.6."


def select(
    run: RunOption,
    coreset: Annotated[
        Literal["dataset-pruning", "semdedup", "random"],
        typer.Option(help="How the pairs that are kept are thinned out."),
    ],
    fraction: Annotated[float | None, typer.Option(metavar="F", help="Of the kept pairs, for random.")] = None,
    strategy: Annotated[
        Literal["middle", "inner-middle", "far", "score-max", "best"] | None,
        typer.Option(help="Which pair of a component stays.", show_default="middle"),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Cosine above which two pairs are joined.", show_default="0.86")
    ] = None,
    score_band: Annotated[
        tuple[float, float] | None, typer.Option(help=f"By score. {BAND}", show_default="0.4 0.6")
    ] = None,
    centroid_band: Annotated[
        tuple[float, float] | None, typer.Option(help=f"By closeness to the centre. {BAND}", show_default="0.15 0.35")
    ] = None,
) -> None:
    """Thin out the kept pairs to a coreset; `filter --rethreshold` brings them all back."""
    from app.console import progress
    from app.filter_view import show_filtered
    from datagen.filters import Thinning, select_pairs
    from schemas.errors import BadConfig
    from schemas.run import RunFolder

    folder = RunFolder.open(run)
    given: dict[str, Any] = {
        "strategy": strategy, "threshold": threshold, "score_band": score_band, "centroid_band": centroid_band,
    }  # fmt: skip
    said = {name: value for name, value in given.items() if value is not None}
    if coreset == "random":
        if fraction is None:
            raise BadConfig(
                "random needs to know how many", where="--fraction", fix="Give one, such as --fraction 0.1."
            )
        if said:
            flag = f"--{next(iter(said)).replace('_', '-')}"
            raise BadConfig(f"random knows no {flag}", where=flag, fix="Leave it out, or take dataset-pruning.")
    elif fraction is not None:
        fix = "Leave it out and set --threshold or, of dataset-pruning, --score-band; or take --coreset random."
        raise BadConfig(f"how much {coreset} keeps is no fraction", where="--fraction", fix=fix)
    elif coreset == "semdedup" and set(said) - {"threshold"}:
        flag = f"--{next(name for name in said if name != 'threshold').replace('_', '-')}"
        raise BadConfig(f"semdedup knows no {flag}", where=flag, fix="Leave it out, or take dataset-pruning.")
    with folder.writing():
        done = select_pairs(folder, Thinning(coreset, fraction=fraction, **said), watching=progress)
    show_filtered(done)
