"""``leadproof filter --verify`` as a user types it."""

from pathlib import Path

import pytest

from tests.app.said import Leadproof
from tests.datagen.filters.verification.injected import ruled
from tests.model_server import ModelServer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ruled(tmp_path_factory.mktemp("made") / "run", 6)


def test_verifying_says_what_was_found_and_what_it_took(made: Path, leadproof: Leadproof) -> None:
    with ModelServer(run=made, noise=0.3) as server:
        line = ("filter", "--run", made, "--verify", "gpt-4o-mini", "--base-url", server.base_url)
        short = leadproof(*line, "--budget", "0.002")
        assert short.code == 0, short.err
        assert "The budget of $0.0020 is used up" in short.out
        assert "not verified: budget" in short.out
        done = leadproof(*line, "--budget", "1")
        assert done.code == 0, done.err
        assert "Verified by gpt-4o-mini" in done.out
        assert all(word in done.out for word in ("model-verified", "votes", "tokens in", "USD", "dropped: "))
        assert "declined" not in done.out
        assert "is used up" not in done.out
        assert "Nothing to do" in leadproof(*line).out
    assert "model-verified" in leadproof("export", "--run", made, "--format", "mmr").out
    assert "unverified" not in leadproof("export", "--run", made, "--format", "llava").out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--base-url", "http://localhost:1/v1"), "without --verify no model is asked"),
        (("--budget", "1"), "--verify MODEL"),
        (
            ("--verify", "a", "--verify", "b", "--verify", "c", "--base-url", "u", "--base-url", "v"),
            "2 addresses for 3",
        ),
        (("--verify", "a", "--backend", "nonsense"), "nonsense"),
        (("--verify", "a", "--base-url", "not-an-address"), "not the address of a server"),
        (("--verify", "a", "--without", "verify"), "contradict"),
    ],
)
def test_flags_that_do_not_go_together_are_named(
    made: Path, leadproof: Leadproof, flags: tuple[str, ...], said: str
) -> None:
    found = leadproof("filter", "--run", made, *flags)
    assert found.code == 2
    assert said in found.err


def test_an_unknown_key_of_its_table_is_named(made: Path, leadproof: Leadproof, tmp_path: Path) -> None:
    config = made / "leadproof.toml"
    before = config.read_text()
    try:
        config.write_text("[filter.verify]\nkeep_hrad = true\n")
        found = leadproof("filter", "--run", made)
    finally:
        config.write_text(before)
    assert found.code == 2
    assert "keep_hard" in found.err
