import pytest

from app.cli import run
from tests.app.said import Leadproof, Said


@pytest.fixture
def leadproof(capfd: pytest.CaptureFixture[str]) -> Leadproof:
    """Runs a command line in this process."""

    def call(*arguments: object) -> Said:
        with pytest.raises(SystemExit) as stopped:
            run([str(one) for one in arguments])
        found = capfd.readouterr()
        return Said(int(stopped.value.code or 0), found.out, found.err)

    return call
