"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

RunOption = Annotated[Path, typer.Option("--run", metavar="DIR", help="The run folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
