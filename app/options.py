"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

RunOption = Annotated[Path, typer.Option("--run", metavar="DIR", help="The run folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

# How a model is asked.
BudgetOption = Annotated[float | None, typer.Option(min=0, help="USD that the run may spend in all.")]
ConcurrencyOption = Annotated[int | None, typer.Option(min=1, max=1024, help="Requests out at once.")]
MaxSideOption = Annotated[int | None, typer.Option(min=64, max=8192, help="Pixels of an image's side.")]
DetailOption = Annotated[Literal["auto", "low", "high"] | None, typer.Option(help="How closely to look.")]
TimeoutOption = Annotated[float | None, typer.Option(min=0.1, max=86400, help="Seconds for one reply.")]
TrustOption = Annotated[bool, typer.Option("--trust-remote-code", help="Run the code that comes with weights.")]
