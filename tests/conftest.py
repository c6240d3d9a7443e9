"""What holds for all tests, and the run that people judge in tests of several rooms."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.annotation.verifying.judged import Judged

# How long an example takes says how busy the machine is: no test fails by the clock.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def drawn_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of drawn scenes, filtered; to be copied, not to be judged."""
    from tests.annotation.verifying.judged import drawn

    return drawn(tmp_path_factory.mktemp("drawn") / "run")


@pytest.fixture
def judged(drawn_run: Path, tmp_path: Path) -> "Judged":
    """A copy of it, and people's say on its pairs."""
    from tests.annotation.verifying.judged import copied

    return copied(drawn_run, tmp_path / "run")
