"""A server that throttles, fails, garbles and breaks off: every image comes to an end, every token is counted."""

from collections.abc import Callable

import pytest

from datagen.generators.mllm import Pilot, generate_with_model
from mllm import Ways
from schemas.errors import WorkFailed
from schemas.run import RunFolder
from tests.e2e.by_model.conftest import FAULTS, QUICK, images_without_end, rows_of
from tests.model_server import Fault, ModelServer

Scenes = Callable[[int], RunFolder]


@pytest.mark.parametrize("count", [100, pytest.param(1_000, marks=pytest.mark.slow)])
def test_every_image_ends_with_pairs_or_a_reason_and_every_token_is_counted(scenes: Scenes, count: int) -> None:
    run = scenes(count)
    with ModelServer(run=run.path, faults=FAULTS) as server, run.writing():
        ways = Ways("openai", "gpt-4o", server.base_url, concurrency=32, tries=QUICK)
        done = generate_with_model(run, ways)
        sent = server.counts.sent
        kept = [entry.fault for entry in server.log if entry.fault]
    assert len(kept) > count * 2 * 0.1, "the faults were met"
    assert not images_without_end(run)
    assert (done.tally.prompt_tokens, done.tally.completion_tokens) == (sent.prompt_tokens, sent.completion_tokens)
    assert done.tally.usd == pytest.approx(sent.usd)
    [(journalled,)] = rows_of(run, "SELECT sum(prompt_tokens + completion_tokens) FROM attempts")
    assert journalled == sent.prompt_tokens + sent.completion_tokens == done.manifest.tokens
    assert done.manifest.counts["pairs"] > 4 * count
    assert done.tally.ended["malformed"] <= count * 2 * 0.01


def test_repeating_a_command_sends_nothing(scenes: Scenes) -> None:
    run = scenes(30)
    with ModelServer(run=run.path) as server, run.writing():
        ways = Ways("openai", "gpt-4o", server.base_url, tries=QUICK)
        first = generate_with_model(run, ways, Pilot(limit=10))
        same = generate_with_model(run, ways, Pilot(limit=10))
        whole = generate_with_model(run, ways)
        assert len(server.log) == 60
    assert first.changed
    assert not same.changed
    assert whole.tally.from_journal == 20
    assert whole.manifest.counts["pairs"] > first.manifest.counts["pairs"]


def test_a_rejected_key_stops_at_once_with_the_servers_own_words(scenes: Scenes) -> None:
    run = scenes(30)
    with ModelServer(run=run.path, api_key="sk-right") as server, run.writing():
        with pytest.raises(WorkFailed, match="401"):
            generate_with_model(run, Ways("openai", "gpt-4o", server.base_url, tries=QUICK))
        assert len(server.log) <= 16
    assert run.current("generate") is None


def test_a_server_that_only_fails_is_left_alone_after_a_while(scenes: Scenes) -> None:
    run = scenes(100)
    with ModelServer(run=run.path, faults=(Fault(kind="unavailable", rate=1.0),)) as server, run.writing():
        with pytest.raises(WorkFailed, match="times in a row"):
            generate_with_model(run, Ways("openai", "gpt-4o", server.base_url, tries=QUICK))
        assert len(server.log) < 150
