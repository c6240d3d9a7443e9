"""``--budget`` is a hard cap by the server's own count, and no end: it can be raised."""

from collections.abc import Callable

import pytest

from datagen.generators.mllm import generate_with_model
from mllm import Ways
from schemas.errors import BadConfig
from schemas.run import RunFolder
from tests.e2e.by_model.conftest import FAULTS, QUICK, drops, images_without_end
from tests.model_server import ModelServer, Prices

Scenes = Callable[[int], RunFolder]


def server_says(server: ModelServer) -> float:
    """USD of all replies that it worked out, those that were lost on the way included."""
    return server.counts.sent.usd + server.counts.lost.usd


def test_a_run_that_would_cost_three_dollars_stops_within_one_and_goes_on_when_it_is_raised(scenes: Scenes) -> None:
    run = scenes(100)
    with ModelServer(run=run.path, faults=FAULTS, prices=Prices(prompt=2.5, completion=10)) as server, run.writing():
        ways = Ways("openai", "gpt-4o", server.base_url, budget=1.0, concurrency=32, tries=QUICK)
        first = generate_with_model(run, ways)
        assert 0.6 < server_says(server) <= 1.0  # what was lost is held at its worst case
        assert first.spent <= 1.0
        assert first.open > 0
        assert sum(row["reason"] == "budget" for row in drops(run)) == first.open
        assert not images_without_end(run)
        raised = Ways("openai", "gpt-4o", server.base_url, budget=50.0, concurrency=32, tries=QUICK)
        rest = generate_with_model(run, raised)
        assert rest.open == 0
        assert server_says(server) > 2.0, "the whole run costs more than twice the first budget"
        assert rest.manifest.counts["pairs"] > 2 * first.manifest.counts["pairs"]
        asked = [entry.idempotency_key for entry in server.log if entry.status == 200 and entry.whole]
        assert len(set(asked)) >= 199
    assert rest.tally.from_journal >= first.tally.received - first.tally.retried


def test_a_budget_for_a_model_of_unknown_price_is_refused(scenes: Scenes) -> None:
    run = scenes(30)
    with ModelServer(run=run.path) as server, run.writing():
        with pytest.raises(BadConfig, match="price of 'no-such-model' is unknown"):
            generate_with_model(run, Ways("openai", "no-such-model", server.base_url, budget=1.0))
        assert not server.log
