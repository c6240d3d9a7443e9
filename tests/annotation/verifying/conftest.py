from pathlib import Path

import pytest

from tests.annotation.verifying.judged import Judged, copied, drawn


@pytest.fixture(scope="session")
def drawn_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawn(tmp_path_factory.mktemp("drawn") / "run")


@pytest.fixture
def judged(drawn_run: Path, tmp_path: Path) -> Judged:
    return copied(drawn_run, tmp_path / "run")
