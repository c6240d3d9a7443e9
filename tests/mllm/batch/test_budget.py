"""The budget is a hard cap for batches as well: what is out is reserved at its worst case."""

import pytest

from datagen.generators.mllm import Asked
from mllm.batch import Out
from schemas.run import RunFolder
from tests.mllm.batch.conftest import SCENES, once, rows_of, to_the_end, until_ended
from tests.model_server import ModelServer


def test_what_does_not_fit_is_left_out_until_the_budget_is_raised(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server:
        first = once(run, server, budget=0.1)
        assert isinstance(first, Out)
        assert first.over_budget
        assert 0 < first.requests < SCENES
        [(reserved,)] = rows_of(run, "SELECT sum(coalesce(usd, reserved)) FROM attempts")
        assert reserved <= 0.1
        stopped = to_the_end(run, server, budget=0.1)
        assert 0 < stopped.open < SCENES
        assert stopped.manifest.drops["budget"] == stopped.open
        assert server.counts.batch.usd + server.counts.sent.usd == pytest.approx(stopped.spent)
        assert stopped.spent <= 0.1
        done = to_the_end(run, server, budget=5.0)
        assert done.open == 0
        assert server.counts.requests + server.counts.lines == 2 * SCENES
    assert done.manifest.counts["pairs"] > stopped.manifest.counts["pairs"]


def test_nothing_goes_out_without_a_budget_for_it(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server:
        done = once(run, server, budget=0.0)
        assert isinstance(done, Asked)
        assert done.open == SCENES
        assert not server.log


def test_what_is_out_counts_as_spent_for_the_next_command(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server:
        once(run, server)
        [(held,)] = rows_of(run, "SELECT sum(reserved) FROM attempts WHERE ended IS NULL")
        assert held > 0
        until_ended(server)
        second = once(run, server, budget=0.01)
        assert isinstance(second, Asked), "the first batch cost more than that"
        assert second.open == SCENES - 1, "the pairs of the image that went before were out as well"
        assert second.spent == pytest.approx(server.counts.batch.usd + server.counts.sent.usd)
