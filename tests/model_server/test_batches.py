import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import openai
import pytest
from openai.types import Batch

from tests.model_server import Batching, Fault, ModelServer
from tests.model_server.asking import ask, body, client, said

ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"

STATUSES = ["validating", "in_progress", "finalizing", "completed"]


@pytest.fixture(scope="module")
def server(run: Path) -> Iterator[ModelServer]:
    with ModelServer(run=run, faults=(Fault(kind="internal-error", rate=1.0),)) as server:
        yield server


@pytest.fixture(scope="module")
def api(server: ModelServer) -> Iterator[openai.OpenAI]:
    with client(server) as one:
        yield one


def lines(pictures: dict[str, bytes]) -> list[dict[str, Any]]:
    return [
        {"custom_id": ref, "method": "POST", "url": ENDPOINT, "body": body("extraction", {"captions": []}, picture)}
        for ref, picture in pictures.items()
    ]


def start(api: openai.OpenAI, rows: list[dict[str, Any]]) -> Batch:
    content = "\n".join(json.dumps(row) for row in rows).encode()
    held = api.files.create(file=("asked.jsonl", io.BytesIO(content)), purpose="batch")
    assert (held.bytes, held.filename, api.files.retrieve(held.id)) == (len(content), "asked.jsonl", held)
    return api.batches.create(input_file_id=held.id, endpoint=ENDPOINT, completion_window="24h")


def ended(api: openai.OpenAI, batch: Batch) -> tuple[Batch, list[str]]:
    statuses = [batch.status]
    until = time.monotonic() + 10
    while batch.status not in ("completed", "failed", "expired", "cancelled") and time.monotonic() < until:
        time.sleep(0.005)
        batch = api.batches.retrieve(batch.id)
        statuses += [batch.status] if batch.status != statuses[-1] else []
    return batch, [str(status) for status in statuses]


def rows_of(api: openai.OpenAI, file_id: str | None) -> dict[str, dict[str, Any]]:
    if file_id is None:
        return {}
    rows = [json.loads(line) for line in api.files.content(file_id).text.splitlines()]
    return {row["custom_id"]: row for row in rows}


def test_a_batch_goes_round_without_the_faults_of_live_requests(
    server: ModelServer, api: openai.OpenAI, pictures: dict[str, bytes]
) -> None:
    server.configure(batching=Batching())
    server.reset()
    batch, statuses = ended(api, start(api, lines(pictures)))
    assert [status for status in STATUSES if status in statuses] == statuses  # a poll may miss some
    assert batch.status == "completed"
    assert batch.in_progress_at
    assert batch.finalizing_at
    assert batch.completed_at
    assert batch.request_counts is not None
    assert (batch.request_counts.total, batch.request_counts.completed) == (len(pictures), len(pictures))
    assert batch.error_file_id is None
    outputs = rows_of(api, batch.output_file_id)
    assert set(outputs) == set(pictures)
    assert list(outputs) != list(pictures)  # in no order that one could rely on
    with ModelServer(server.config, faults=()) as live:
        for ref, picture in pictures.items():
            replied = outputs[ref]["response"]["body"]["choices"][0]["message"]["content"]
            assert json.loads(replied) == said(ask(live, body("extraction", {"captions": []}, picture)))
        assert server.counts.batch.usd == pytest.approx(live.counts.sent.usd / 2)
    assert batch.usage is not None
    assert batch.usage.total_tokens == server.counts.batch.prompt_tokens + server.counts.batch.completion_tokens
    assert api.batches.list().data[0].id == batch.id


def test_lines_may_fail_one_by_one(server: ModelServer, api: openai.OpenAI, pictures: dict[str, bytes]) -> None:
    server.configure(batching=Batching(line_error_rate=0.5, faults=(Fault(kind="empty", at=(1,)),)))
    rows = lines(pictures)
    rows[0]["body"]["max_tokens"] = -1
    batch, _ = ended(api, start(api, rows))
    outputs, errors = rows_of(api, batch.output_file_id), rows_of(api, batch.error_file_id)
    assert batch.status == "completed"
    assert batch.request_counts is not None
    assert batch.request_counts.failed == len(errors) > 1
    assert not set(outputs) & set(errors)
    assert {row["response"]["status_code"] for row in errors.values()} == {400, 500}
    assert "max_tokens" in errors[rows[0]["custom_id"]]["response"]["body"]["error"]["message"]


def test_a_batch_may_expire_with_part_done(server: ModelServer, api: openai.OpenAI, pictures: dict[str, bytes]) -> None:
    server.configure(batching=Batching(expires_after=0.5))
    batch, _ = ended(api, start(api, lines(pictures)))
    outputs, errors = rows_of(api, batch.output_file_id), rows_of(api, batch.error_file_id)
    assert (batch.status, len(outputs), len(errors)) == ("expired", 4, 4)
    assert {row["error"]["code"] for row in errors.values()} == {"batch_expired"}


def test_a_batch_may_be_cancelled_with_part_done(
    server: ModelServer, api: openai.OpenAI, pictures: dict[str, bytes]
) -> None:
    server.configure(batching=Batching(seconds_per_line=0.1))
    batch = start(api, lines(pictures))
    while not (batch.request_counts and batch.request_counts.completed):
        batch = api.batches.retrieve(batch.id)
    batch, _ = ended(api, api.batches.cancel(batch.id))
    assert batch.status == "cancelled"
    assert 0 < len(rows_of(api, batch.output_file_id)) < len(pictures)
    with pytest.raises(openai.ConflictError):
        api.batches.cancel(batch.id)


def test_a_bad_input_file_fails_the_batch_line_by_line(
    server: ModelServer, api: openai.OpenAI, pictures: dict[str, bytes]
) -> None:
    server.configure(batching=Batching())
    rows = lines(pictures)[:3]
    rows[1]["custom_id"], rows[2]["url"] = rows[0]["custom_id"], "/v1/embeddings"
    batch, statuses = ended(api, start(api, rows))
    assert statuses == ["validating", "failed"]
    assert batch.errors is not None
    assert [(one.line, one.code) for one in batch.errors.data or []] == [
        (2, "duplicate_custom_id"), (3, "mismatched_endpoint"),
    ]  # fmt: skip
    server.configure(batching=Batching(fails_with="Enqueued token limit reached."))
    batch, _ = ended(api, start(api, lines(pictures)))
    assert batch.errors is not None
    assert [one.message for one in batch.errors.data or []] == ["Enqueued token limit reached."]


def test_a_server_may_know_no_batches(server: ModelServer, api: openai.OpenAI) -> None:
    server.configure(batching=Batching(supported=False))
    with pytest.raises(openai.NotFoundError):
        api.batches.list()
    server.configure(batching=Batching())
    with pytest.raises(openai.NotFoundError):
        api.batches.retrieve("batch_no")
    with pytest.raises(openai.NotFoundError):
        api.files.content("file-no")
