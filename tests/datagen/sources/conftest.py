from pathlib import Path
from typing import Any

import pytest

from datagen.ingest import IngestOptions, ingest
from schemas.run import RunFolder
from tests.datagen.sources.made import Ingest


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run")


@pytest.fixture
def taken(run: RunFolder) -> Ingest:
    """Ingests a path; the captions of its images, by the images' names."""

    def ingested(path: Path, **options: Any) -> dict[str, list[str]]:
        ingest(run, [path], IngestOptions(**options))
        assert not (run.path / "images/.incoming").exists()
        stage = run.require("ingest")
        said: dict[str, list[str]] = {}
        for row in stage.table("captions").to_pylist():
            said.setdefault(row["image"], []).append(row["text"])
        return {row["name"]: said.get(row["image"], []) for row in stage.table("images").to_pylist()}

    return ingested
