"""A stage's manifest: what it was made from, how, and what came of it. Writing it is the commit."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.errors import BadRunFolder
from schemas.tables import SCHEMA_VERSION, unknown_version

MANIFEST = "manifest.json"
STAYING = "images that may not leave"  # a note of exports: their names, so that copies of an export keep the marks


class StageRef(BaseModel):
    """A committed stage, as another stage names it as its input."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: str
    number: int
    hash: str


class FileEntry(BaseModel):
    """A table or other file of a stage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int
    sha256: str
    rows: int | None = None


class Manifest(BaseModel):
    """What a stage's ``manifest.json`` says.

    Between equal runs only ``started``, ``seconds``, ``versions`` and the marks in ``sources`` (which hold the
    times of image files) vary.
    """

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    schema_version: int = SCHEMA_VERSION
    stage: str
    number: int
    hash: str = Field(default="", description="over the hashes of the stage's files")
    inputs: dict[str, StageRef] = {}
    sources: dict[str, str] = Field(default={}, description="outside files by name: hash of their content")
    config: dict[str, Any] = {}
    seed: int = 0
    generator: str | None = None
    model: str | None = Field(default=None, description="null: no model was used")
    counts: dict[str, int] = {}
    drops: dict[str, int] = Field(default={}, description="dropped or skipped, by reason")
    notes: dict[str, Any] = {}
    files: dict[str, FileEntry] = {}
    tokens: int = 0
    usd: float = 0.0
    started: str = ""
    seconds: float = 0.0
    versions: dict[str, str] = {}

    @property
    def ref(self) -> StageRef:
        """This stage as another's input."""
        return StageRef(stage=self.stage, number=self.number, hash=self.hash)

    def made_from(self, *, inputs: dict[str, StageRef], sources: dict[str, str], config: dict[str, Any]) -> bool:
        """Whether this stage was made from just these inputs with this config."""
        return self.inputs == inputs and self.sources == sources and self.config == json.loads(json.dumps(config))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a committed stage folder.

    Raises:
        BadRunFolder: It was edited by hand into something else, or is of another schema version.
    """
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        version = raw["schema_version"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadRunFolder(f"not a manifest ({error})", where=str(path), fix=_EDITED) from error
    if version != SCHEMA_VERSION:
        raise unknown_version(str(path), found=str(version), expected=str(SCHEMA_VERSION))
    try:
        return Manifest.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadRunFolder(f"not a manifest: {place}: {first['msg']}", where=str(path), fix=_EDITED) from error


_EDITED = "It may have been edited by hand: delete that numbered folder and run the stage again."
