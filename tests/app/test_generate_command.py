import json
from pathlib import Path

import pytest

from tests.app.said import Leadproof
from tests.model_server import Fault, ModelServer


@pytest.fixture
def drawn(leadproof: Leadproof, tmp_path: Path) -> Path:
    leadproof("init", tmp_path / "run")
    assert leadproof("scenes", 12, "--run", tmp_path / "run").code == 0
    return tmp_path / "run"


def test_the_story_of_a_run_by_a_model(leadproof: Leadproof, drawn: Path) -> None:
    with ModelServer(run=drawn) as server:
        ask = ("generate", "--run", drawn, "--backend", "openai", "--model", "gpt-4o", "--base-url", server.base_url)
        guess = json.loads(leadproof(*ask, "--estimate", "--json").out)
        assert (guess["images"], guess["measured"]) == (12, False)
        pilot = leadproof(*ask, "--limit", 6, "--stratified")
        assert "new pairs by gpt-4o." in pilot.out
        assert leadproof("filter", "--run", drawn).code == 0
        whole = json.loads(leadproof(*ask, "--json").out)
        assert whole["changed"]
        assert whole["asked"]["from_journal"] == 12
        assert whole["spent"] == pytest.approx(server.counts.sent.usd)
        assert "Nothing to do" in leadproof(*ask).out
    assert "generated after the last filter: run `leadproof filter`" in leadproof("status", "--run", drawn).out
    exported = leadproof("export", "--run", drawn, "--format", "llava")
    assert "generated after the last filter" in exported.out
    leadproof("filter", "--run", drawn)
    assert "after the last filter" not in leadproof("status", "--run", drawn).out


def test_what_was_spoilt_is_told_with_the_way_to_mend_it(leadproof: Leadproof, drawn: Path) -> None:
    with ModelServer(run=drawn, faults=(Fault(kind="refusal", rate=1.0),)) as server:
        ask = ("generate", "--run", drawn, "--backend", "openai", "--model", "gpt-4o", "--base-url", server.base_url)
        spoilt = leadproof(*ask)
        assert "12 requests were answered malformed or refused; --ask-again asks them once more." in spoilt.out
        server.configure(faults=())
        assert "Nothing to do" in leadproof(*ask).out
        assert "0 new pairs" not in leadproof(*ask, "--ask-again").out


def test_nothing_untrusted_reaches_the_terminal_raw(leadproof: Leadproof, drawn: Path) -> None:
    words = "no\x1b[2J\x1b]0;owned\x07 such\u202e model"
    with ModelServer(run=drawn, faults=(Fault(kind="not-found", rate=1.0, message=words),)) as server:
        said = leadproof(
            "generate", "--run", drawn, "--backend", "openai", "--model", "a\x1b[31mb", "--base-url", server.base_url
        )
    assert said.code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(said.out + said.err)
    assert len(said.err.strip().splitlines()) == 1
