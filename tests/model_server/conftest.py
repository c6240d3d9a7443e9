from pathlib import Path

import pytest

from tests.e2e.chain import leadproof
from tests.model_server.asking import images


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with a few drawn scenes."""
    folder = tmp_path_factory.mktemp("scenes") / "run"
    done = leadproof("scenes", "8", "--run", folder, "--size", "224")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def pictures(run: Path) -> dict[str, bytes]:
    """Its images by reference."""
    return images(run)


@pytest.fixture(scope="session")
def picture(pictures: dict[str, bytes]) -> bytes:
    """One of them."""
    return min(pictures.items())[1]
