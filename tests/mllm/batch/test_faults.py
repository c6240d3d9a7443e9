"""Lines that fail, replies that cannot be used, batches that expire, fail or are cancelled."""

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import pytest

from datagen.generators.mllm import Asked
from mllm.batch import Out
from mllm.batch.server import Answer
from mllm.failure import Lost
from mllm.openai.batches import OpenAIBatches
from schemas.errors import WorkFailed
from schemas.run import RunFolder
from tests.mllm.batch.conftest import (
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
from tests.model_server import Batching, Fault, ModelServer

Pairs = list[dict[str, Any]]


def reasons(run: RunFolder) -> Counter[str]:
    return Counter(run.require("generate").table("drops")["reason"].to_pylist())


def images_of(run: RunFolder) -> set[str]:
    return set(run.require("ingest").table("images", ["image"])["image"].to_pylist())


def ended(run: RunFolder) -> Counter[str]:
    return Counter(dict(rows_of(run, "SELECT ended, count(*) FROM attempts GROUP BY ended")))


def test_lines_that_the_server_failed_are_asked_again(run: RunFolder) -> None:
    at_first = Fault(kind="rate-limited", attempts=(1,), tasks=("extraction",))
    with ModelServer(run=run.path, batching=Batching(faults=(at_first,))) as server:
        done = to_the_end(run, server)
        assert server.counts.tasks == {"extraction": 2 * SCENES - 1, "pairs": SCENES}
        assert done.spent == pytest.approx(server.counts.batch.usd + server.counts.sent.usd)
    assert ended(run) == {"received": 2 * SCENES, "unanswered": SCENES - 1}
    assert done.open == 0
    assert {pair["positive"]["image"] for pair in pairs_of(run)} == images_of(run)


def test_a_line_that_fails_three_times_is_left_for_the_next_command(run: RunFolder) -> None:
    broken = Fault(kind="unavailable", rate=1.0, tasks=("pairs",))
    with ModelServer(run=run.path, batching=Batching(faults=(broken,))) as server:
        done = to_the_end(run, server)
        assert done.open == SCENES
        assert server.counts.tasks["pairs"] == 3 * SCENES
        server.configure(batching=Batching())
        rest = to_the_end(run, server)
        assert rest.open == 0
        assert server.counts.tasks == {"extraction": SCENES, "pairs": 4 * SCENES}
    assert {pair["positive"]["image"] for pair in pairs_of(run)} == images_of(run)


def test_what_an_expired_batch_did_not_do_goes_into_the_next(run: RunFolder, live_pairs: Pairs) -> None:
    with ModelServer(run=run.path, batching=Batching(expires_after=0.5)) as server:
        first = once(run, server)
        assert isinstance(first, Out)
        until_ended(server)
        assert batches_of(server)[-1].status == "expired"
        server.configure(batching=Batching())
        to_the_end(run, server)
        assert len(lines_of(server)) == 2 * SCENES, "nothing that was done is done again"
    assert ended(run) == {"received": 2 * SCENES, "unanswered": 6}
    assert said_by(pairs_of(run)) == said_by(live_pairs)


def test_a_reply_out_of_form_is_paid_for_and_asked_afresh_once(run: RunFolder) -> None:
    once_only = Fault(kind="prose", attempts=(1,), tasks=("pairs",))
    with ModelServer(run=run.path, batching=Batching(faults=(once_only,))) as server:
        done = to_the_end(run, server)
        usd = server.counts.batch.usd + server.counts.sent.usd
        assert server.counts.tasks == {"extraction": SCENES, "pairs": 2 * SCENES}
    assert done.tally.usd == pytest.approx(usd)
    assert not done.tally.ended["malformed"]
    assert {pair["positive"]["image"] for pair in pairs_of(run)} == images_of(run)


def test_a_second_one_is_kept_as_malformed_and_never_asked_again(run: RunFolder) -> None:
    always = Fault(kind="prose", rate=1.0, tasks=("pairs",))
    with ModelServer(run=run.path, batching=Batching(faults=(always,))) as server:
        done = to_the_end(run, server)
        assert server.counts.tasks["pairs"] == 2 * SCENES
    assert done.tally.ended["malformed"] == SCENES
    assert reasons(run)["malformed"] == SCENES
    assert done.open == 0


def test_refusals_are_kept_and_a_line_that_is_turned_down_has_its_name(run: RunFolder) -> None:
    faults = (
        Fault(kind="content-policy", at=(1,), tasks=("pairs",)),
        Fault(kind="refusal", at=(2,), tasks=("pairs",)),
        Fault(kind="forbidden", at=(3,), tasks=("pairs",)),
    )
    with ModelServer(run=run.path) as server:
        once(run, server)
        until_ended(server)
        server.configure(batching=Batching(faults=faults))
        done = to_the_end(run, server)
        named = [row for row in run.require("generate").table("drops").to_pylist() if row["reason"] == "no-reply"]
        assert [row["detail"] for row in named] == ["403: You are not allowed to sample from this model."]
        assert reasons(run)["refused"] == 2
        assert done.open == 1
        server.configure(batching=Batching())
        assert to_the_end(run, server).open == 0
    assert reasons(run)["refused"] == 2


def test_a_batch_that_fails_as_a_whole_stops_with_the_servers_words_and_frees_its_budget(run: RunFolder) -> None:
    with ModelServer(run=run.path, batching=Batching(fails_with="Enqueued token limit reached.")) as server:
        with pytest.raises(WorkFailed, match="Enqueued token limit reached"):
            to_the_end(run, server, budget=50.0)
        assert rows_of(run, "SELECT sum(reserved) FROM attempts WHERE ended IS NULL") == [(None,)]
        server.configure(batching=Batching())
        done = to_the_end(run, server, budget=50.0)
        assert done.spent == pytest.approx(server.counts.batch.usd + server.counts.sent.usd)
    assert done.open == 0


def test_a_batch_all_of_whose_lines_are_turned_down_stops_the_command(run: RunFolder) -> None:
    batching = Batching(faults=(Fault(kind="unauthorized", rate=1.0),))
    said = "turned down line by line: 401"
    with ModelServer(run=run.path, batching=batching) as server, pytest.raises(WorkFailed, match=said):
        to_the_end(run, server)
    assert run.current("generate") is None


def test_what_a_cancelled_batch_did_is_kept_and_the_rest_is_sent_when_asked_for(
    run: RunFolder, live_pairs: Pairs
) -> None:
    with ModelServer(run=run.path, batching=Batching(seconds_per_line=0.05)) as server:
        once(run, server)
        [batch] = batches_of(server)
        while not batch.outputs:
            pass
        server._server.batches.cancel(batch.id)
        until_ended(server)
        with pytest.raises(WorkFailed, match="was cancelled at the server"):
            once(run, server)
        assert len(batches_of(server)) == 1, "nothing is sent in the same breath"
        server.configure(batching=Batching())
        done = to_the_end(run, server)
        assert len(lines_of(server)) == 2 * SCENES
    assert isinstance(done, Asked)
    assert said_by(pairs_of(run)) == said_by(live_pairs)


def test_answers_whose_file_is_gone_count_as_spent_and_are_asked_again(run: RunFolder) -> None:
    with ModelServer(run=run.path) as server:
        once(run, server)
        until_ended(server)
        [batch] = batches_of(server)
        server._server.files.remove(batch.output_file_id)
        done = to_the_end(run, server)
        assert len(lines_of(server)) == 2 * SCENES + SCENES
        assert done.spent > server.counts.batch.usd + server.counts.sent.usd, "they count at their worst case"
    assert ended(run) == {"received": 2 * SCENES, "lost": SCENES}


def test_a_rejected_key_stops_before_anything_is_sent(run: RunFolder) -> None:
    with ModelServer(run=run.path, api_key="sk-right") as server, pytest.raises(WorkFailed, match="401"):
        to_the_end(run, server)
    assert rows_of(run, "SELECT count(*) FROM batches") == [(0,)]


@pytest.mark.parametrize("breaks", ["connection", "short"])
def test_a_download_that_breaks_off_is_taken_up_where_it_broke(
    run: RunFolder, live_pairs: Pairs, breaks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, times = OpenAIBatches.answers, [0]

    async def answers(batches: OpenAIBatches, file: str) -> AsyncGenerator[Answer, None]:
        times[0] += 1
        left = 5 if times[0] == 1 else 100
        async with aclosing(whole(batches, file)) as all_of_them:
            async for one in all_of_them:
                left -= 1
                if left < 0 and breaks == "connection":
                    raise Lost("broken off")
                if left >= 0:
                    yield one

    monkeypatch.setattr(OpenAIBatches, "answers", answers)
    with ModelServer(run=run.path) as server:
        done = to_the_end(run, server)
        assert times[0] == 3
        assert len(lines_of(server)) == 2 * SCENES
        assert done.tally.usd == pytest.approx(server.counts.batch.usd + server.counts.sent.usd)
    assert said_by(pairs_of(run)) == said_by(live_pairs)
