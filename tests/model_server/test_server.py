import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openai
import pytest
from pydantic import BaseModel

from datagen.filters.verification.forms import Choice, Judgement
from datagen.generators.mllm.forms import Extraction, PairsReply
from tests.e2e.chain import ROOT, environment
from tests.model_server import Limits, ModelServer
from tests.model_server.asking import ask, body, client, format_of, said

FORMS: dict[str, type[BaseModel]] = {
    "extraction": Extraction,
    "pairs": PairsReply,
    "choice": Choice,
    "judgement": Judgement,
}


def test_models_are_listed_and_told_one_by_one() -> None:
    with ModelServer(models=("one", "two/parts")) as server, client(server) as api:
        assert [model.id for model in api.models.list()] == ["one", "two/parts"]
        assert api.models.retrieve("two/parts").object == "model"
        with pytest.raises(openai.NotFoundError):
            api.models.retrieve("three")


def test_the_log_says_what_was_asked_and_sent(picture: bytes, run: Path) -> None:
    with ModelServer(run=run) as server:
        for _ in range(2):
            asked = body("extraction", {"captions": []}, picture)
            ask(server, asked, default_headers={"Idempotency-Key": "once"})
        first, second = server.log
        assert (first.task, first.status, first.whole, first.idempotency_key) == ("extraction", 200, True, "once")
        assert (first.number, first.attempt, second.number, second.attempt) == (1, 1, 2, 2)
        assert len(first.body_sha256) == 64
        assert first.body_sha256 == second.body_sha256
        assert server.counts.statuses == {200: 2}
        server.reset()
        assert (server.log, server.counts.requests) == ((), 0)


def test_it_counts_how_many_were_under_way_and_limits_them() -> None:
    with ModelServer(latency=1.0) as server, client(server) as api:

        def status(place: int) -> int:
            try:
                api.chat.completions.create(**body("", {"place": place}))
            except openai.RateLimitError:
                return 429
            return 200

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(status, range(4))) == [200] * 4
            assert server.counts.at_once == 4
            server.configure(limits=Limits(max_concurrent=2))
            assert sorted(pool.map(status, range(4))) == [200, 200, 429, 429]
        assert server.counts.statuses == {200: 6, 429: 2}


@pytest.mark.parametrize("task", sorted(FORMS))
def test_canned_replies_fit_the_forms(task: str) -> None:
    with ModelServer(canned=True) as server:
        asked = body("", {}, response_format=format_of(task, FORMS[task]))
        for one in (asked, body(task, {})):
            FORMS[task].model_validate(said(ask(server, one)))
        assert [entry.task for entry in server.log] == [task, task]


def test_a_server_that_hangs_still_stops_at_once() -> None:
    with ModelServer(faults=[{"kind": "hang", "rate": 1}]) as server:
        waiting = threading.Thread(target=_ask_in_vain, args=(server,))
        waiting.start()
        while not server.log:
            time.sleep(0.01)
        began = time.monotonic()
    waiting.join()
    assert time.monotonic() - began < 10


def _ask_in_vain(server: ModelServer) -> None:
    with pytest.raises(openai.APIError):
        ask(server, body("", {}))


@pytest.fixture(scope="module")
def root(run: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.model_server", "--port", "0", "--run", str(run), "--config", '{"seed": 3}']
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        base_url = process.stdout.readline().strip()
        assert base_url.endswith("/v1"), base_url
        yield base_url.removesuffix("/v1")
        process.terminate()
        assert process.wait(10) == 0


def _get(url: str, data: object = None) -> Any:
    content = None if data is None else json.dumps(data).encode()
    with urllib.request.urlopen(urllib.request.Request(url, content), timeout=10) as reply:
        return json.load(reply)


def test_as_a_process_it_tells_its_log_and_takes_settings(root: str, picture: bytes) -> None:
    assert _get(f"{root}/_config")["seed"] == 3
    with openai.OpenAI(base_url=f"{root}/v1", api_key="key", max_retries=0) as api:
        api.chat.completions.create(**body("extraction", {"captions": []}, picture))
        assert _get(f"{root}/_log")[0]["task"] == "extraction"
        assert _get(f"{root}/_counts")["sent"]["completions"] == 1
        _get(f"{root}/_config", {"wrong_key_rate": 1.0, "faults": [{"kind": "empty", "at": [2]}]})
        asked = body("pairs", {"categories": {"attribute/existence": 1}}, picture)
        assert api.chat.completions.create(**asked).choices[0].message.content == ""
        assert api.chat.completions.create(**asked).choices[0].message.content
        assert _get(f"{root}/_wrong_keys")
    _get(f"{root}/_reset", {})
    assert _get(f"{root}/_log") == []
