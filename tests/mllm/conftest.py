from pathlib import Path

import pytest

from schemas.run import RunFolder


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """A run folder that holds nothing yet."""
    return RunFolder.create(tmp_path / "run")
