"""Scenes drawn once for all tests of this folder; a test that changes the run takes a copy."""

import pytest

from schemas.run import RunFolder
from tests.datagen.filters.planted.spoilt_run import scenes


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return scenes(tmp_path_factory.mktemp("drawn") / "run", 135)
