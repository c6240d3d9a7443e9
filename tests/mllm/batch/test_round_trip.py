"""Two rounds of batches, collected by repeating the command, bring the pairs that live requests bring."""

import subprocess
from typing import Any

import pytest

from datagen.generators.mllm import Asked, generate_by_batches, generate_with_model
from mllm import Ways
from mllm.batch import Limits, Out
from schemas.errors import BadConfig, WorkFailed
from schemas.run import RunFolder
from tests.e2e.chain import command, environment
from tests.mllm.batch.conftest import (
    QUICK,
    SCENES,
    batches_of,
    lines_of,
    once,
    pairs_of,
    rows_of,
    said_by,
    to_the_end,
    until_ended,
)
from tests.model_server import Batching, ModelServer

KEY = "sk-batch-0123456789abcdef"


def test_pairs_are_those_of_live_requests_at_half_the_price(run: RunFolder, live_pairs: list[dict[str, Any]]) -> None:
    with ModelServer(run=run.path) as server:
        first = once(run, server)
        assert isinstance(first, Out)
        assert (first.batches, first.requests) == (1, SCENES)
        until_ended(server)
        second = once(run, server)
        assert isinstance(second, Out)
        assert run.current("generate") is None, "nothing is committed while batches are out"
        until_ended(server)
        third = once(run, server)
        counts = server.counts
    assert isinstance(third, Asked)
    assert said_by(pairs_of(run)) == said_by(live_pairs)
    assert (counts.requests, counts.lines) == (1, 2 * SCENES - 1), "one live request found out what the server takes"
    assert rows_of(run, "SELECT sum(usd) FROM attempts")[0][0] == pytest.approx(counts.batch.usd + counts.sent.usd)
    assert third.spent == pytest.approx(counts.batch.usd + counts.sent.usd)
    assert not list(run.path.glob("*draft*"))


def test_waiting_brings_the_same_in_one_command(run: RunFolder, live_pairs: list[dict[str, Any]]) -> None:
    with ModelServer(run=run.path, batching=Batching(seconds_per_line=0.005)) as server:
        done = to_the_end(run, server)
        again = once(run, server)
        assert len(lines_of(server)) == 2 * SCENES
    assert said_by(pairs_of(run)) == said_by(live_pairs)
    assert done.tally.requests == done.tally.asked == done.tally.received == 2 * SCENES
    assert done.tally.from_journal == 0
    assert isinstance(again, Asked)
    assert not again.changed


@pytest.mark.parametrize("limits", [Limits(lines=5), Limits(size=40_000)])
def test_more_than_a_file_may_hold_goes_out_in_several(
    run: RunFolder, live_pairs: list[dict[str, Any]], limits: Limits
) -> None:
    with ModelServer(run=run.path) as server:
        to_the_end(run, server, limits=limits)
        files = [len(held.content) for held in server._server.files.all() if held.purpose == "batch"]
        assert max(batch.total for batch in batches_of(server)) <= limits.lines
        assert len(files) >= 4
        assert max(files) <= limits.size
        assert server.counts.lines == 2 * SCENES - 1
    assert said_by(pairs_of(run)) == said_by(live_pairs)


def test_days_later_another_process_collects_and_the_key_is_in_no_file(
    run: RunFolder, live_pairs: list[dict[str, Any]]
) -> None:
    said = []
    with ModelServer(run=run.path, api_key=KEY) as server:
        arguments = ("--backend", "openai", "--model", "gpt-4o", "--base-url", server.base_url, "--batch")
        for further in ((), ("--wait",)):
            done = subprocess.run(
                command("generate", "--run", run.path, *arguments, *further), capture_output=True, text=True,
                env={**environment(), "OPENAI_API_KEY": KEY}, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            said.append(done.stdout)
    assert "1 batch out with 12 requests" in said[0]
    assert "repeat the command to collect" in said[0]
    assert "1 batch out: " in said[1]
    assert "new pairs by gpt-4o" in said[1]
    assert said_by(pairs_of(run)) == said_by(live_pairs)
    held = [path for path in run.path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert not held


def test_live_requests_are_not_paid_for_beside_batches_that_are_out(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server:
        once(run, server)
        with run.writing(), pytest.raises(WorkFailed, match="1 batch with 12 requests to this model out"):
            generate_with_model(run, Ways("openai", "gpt-4o", server.base_url, tries=QUICK))


def test_other_backends_take_no_batches(run: RunFolder) -> None:
    with run.writing(), pytest.raises(BadConfig, match="the backend transformers takes no batches"):
        generate_by_batches(run, Ways("transformers", "no-such-model", batch=True))


def test_a_server_without_batches_is_named_as_such(run: RunFolder) -> None:
    said = r"upload of a batch failed: 404.* may not know the Batch API"
    unable = Batching(supported=False)
    with ModelServer(run=run.path, batching=unable) as server, pytest.raises(WorkFailed, match=said):
        once(run, server)
    assert not list(run.path.glob("*draft*"))
    assert rows_of(run, "SELECT count(*) FROM batches") == [(0,)]
