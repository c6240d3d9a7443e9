import json
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, get_args

import openai
import pytest
from pydantic import BaseModel

from tests.model_server import Fault, FaultKind, Limits, ModelServer
from tests.model_server.asking import ask, body, client, format_of, said
from tests.model_server.chance import Chance
from tests.model_server.faults import fault_of
from tests.model_server.limiter import spoken

ASKED = body("pairs", {"categories": {"attribute/existence": 1, "attribute/position": 2}})
SCHEMA = {"type": "json_schema", "json_schema": {"name": "pairs"}}


@pytest.fixture(scope="module")
def server(run: Path) -> Iterator[ModelServer]:
    with ModelServer(run=run) as server:
        yield server


def pairs_body(picture: bytes) -> dict[str, Any]:
    return body("pairs", {"categories": {"attribute/existence": 1, "attribute/position": 2}}, picture)


def failing(server: ModelServer, kind: FaultKind, **more: Any) -> None:
    server.configure(faults=(Fault(kind=kind, rate=1.0, **more),))


def refused(server: ModelServer) -> openai.APIStatusError:
    with pytest.raises(openai.APIStatusError) as caught:
        ask(server, ASKED)
    assert server.log[-1].status == caught.value.status_code
    return caught.value


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("rate-limited", openai.RateLimitError),
        ("insufficient-quota", openai.RateLimitError),
        ("internal-error", openai.InternalServerError),
        ("bad-gateway", openai.InternalServerError),
        ("unavailable", openai.InternalServerError),
        ("unauthorized", openai.AuthenticationError),
        ("forbidden", openai.PermissionDeniedError),
        ("not-found", openai.NotFoundError),
        ("content-policy", openai.BadRequestError),
    ],
)
def test_an_error_status_is_what_the_client_takes_it_for(
    server: ModelServer, kind: FaultKind, error: type[Exception]
) -> None:
    failing(server, kind)
    assert isinstance(refused(server), error)
    assert (server.log[-1].fault, server.log[-1].completion) == (kind, False)


def test_a_quota_is_told_from_a_rate_and_words_can_be_the_servers_own(server: ModelServer) -> None:
    failing(server, "insufficient-quota")
    assert refused(server).code == "insufficient_quota"
    failing(server, "forbidden", message="Not on a Sunday.")
    assert "Not on a Sunday." in str(refused(server))


@pytest.mark.parametrize("form", ["seconds", "date", "ms"])
def test_retry_after_comes_in_three_forms(server: ModelServer, form: str) -> None:
    failing(server, "rate-limited", retry_after=2, retry_after_form=form)
    headers = refused(server).response.headers
    if form == "date":
        assert 1.5 < parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time() < 3.5
    else:
        assert headers["retry-after-ms" if form == "ms" else "retry-after"] == ("2000" if form == "ms" else "2")
    failing(server, "rate-limited")
    assert "retry-after" not in refused(server).response.headers


def test_a_hang_lasts_until_the_client_gives_up(server: ModelServer) -> None:
    failing(server, "hang")
    with pytest.raises(openai.APITimeoutError):
        ask(server, ASKED, timeout=0.6)
    assert (server.log[-1].fault, server.log[-1].status, server.log[-1].whole) == ("hang", 0, False)


@pytest.mark.parametrize(("kind", "status"), [("cut-before-headers", 0), ("cut-inside-body", 200)])
def test_a_cut_reply_is_served_but_lost(server: ModelServer, kind: FaultKind, status: int) -> None:
    failing(server, kind)
    before = server.counts
    with pytest.raises(openai.APIConnectionError):
        ask(server, ASKED)
    after, entry = server.counts, server.log[-1]
    assert (entry.status, entry.whole, entry.completion) == (status, False, True)
    assert after.lost.completions == before.lost.completions + 1
    assert after.lost.usd > before.lost.usd
    assert after.sent == before.sent


def test_a_client_that_leaves_before_its_answer_costs_all_the_same(server: ModelServer) -> None:
    server.configure(faults=(), latency=5.0)
    with pytest.raises(openai.APITimeoutError):
        ask(server, ASKED, timeout=0.6)
    server.configure(latency=0.0)
    until = time.monotonic() + 5
    while server.log[-1].fault != "client-left" and time.monotonic() < until:
        time.sleep(0.01)
    assert (server.log[-1].whole, server.log[-1].completion) == (False, True)


def test_content_is_spoilt_as_told(server: ModelServer, picture: bytes) -> None:
    asked = pairs_body(picture)

    def content(kind: FaultKind) -> str:
        failing(server, kind)
        return ask(server, asked).choices[0].message.content or ""

    for broken in ("cut-json", "prose", "fenced", "chatty", "empty", "apology", "length"):
        with pytest.raises(json.JSONDecodeError):
            json.loads(content(broken))
    for wrapped in ("fenced", "chatty"):
        inside = content(wrapped).split("```json\n")[1].split("\n```")[0]
        assert json.loads(inside)["pairs"]
    assert "pairs" not in json.loads(content("wrong-shape"))
    doubled = json.loads(content("duplicate-pairs"))["pairs"]
    assert len(doubled) == 4
    assert doubled[0] == doubled[-1]


def test_a_refusal_has_its_own_field_and_a_cut_off_its_finish_reason(server: ModelServer) -> None:
    failing(server, "refusal")
    message = ask(server, ASKED).choices[0].message
    assert (message.content, bool(message.refusal)) == (None, True)
    failing(server, "length")
    assert ask(server, ASKED).choices[0].finish_reason == "length"
    failing(server, "content-filter")
    assert ask(server, ASKED).choices[0].finish_reason == "content_filter"


def test_faults_come_on_schedule(server: ModelServer) -> None:
    server.configure(faults=(Fault(kind="unavailable", at=(2,)), Fault(kind="internal-error", attempts=(1, 3))))
    server.reset()
    statuses = []
    for asked in (ASKED, ASKED, ASKED, ASKED, body("choice", {"question": "?", "options": {"A": "a"}})):
        try:
            ask(server, asked)
            statuses.append(200)
        except openai.APIStatusError as error:
            statuses.append(error.status_code)
    assert statuses == [500, 503, 500, 200, 500]
    server.configure(faults=(Fault(kind="unavailable", rate=1, tasks=("choice",)),))
    assert ask(server, ASKED).choices


def test_rates_are_exact_and_share_one_draw() -> None:
    faults = (Fault(kind="hang", rate=0.25), Fault(kind="empty", rate=0.5))
    hit = [fault_of(faults, task="", number=1, chance=Chance(0, str(body), 1)) for body in range(2_000)]
    kinds = [fault.kind if fault else "" for fault in hit]
    assert 0.21 < kinds.count("hang") / 2_000 < 0.29
    assert 0.46 < kinds.count("empty") / 2_000 < 0.54


@pytest.mark.parametrize(
    ("unsupported", "asked", "named"),
    [
        ("json_schema", {"response_format": SCHEMA}, "response_format"),
        ("max_tokens", {"max_tokens": 5}, "max_completion_tokens"),
        ("temperature", {"temperature": 0}, "temperature"),
        ("seed", {"seed": 1}, "seed"),
    ],
)  # fmt: skip
def test_what_is_not_supported_gets_400_that_names_it(
    server: ModelServer, unsupported: str, asked: dict[str, Any], named: str
) -> None:
    server.configure(faults=(), unsupported={unsupported: ""})
    with pytest.raises(openai.BadRequestError, match=named):
        ask(server, ASKED | asked)
    server.configure(unsupported={unsupported: "we have no such thing here"})
    with pytest.raises(openai.BadRequestError, match="no such thing"):
        ask(server, ASKED | asked)
    server.configure(unsupported={})


def test_a_strict_schema_must_be_strict_and_json_must_be_spoken_of(server: ModelServer) -> None:
    class Loose(BaseModel):
        held: int | None = None

    form = format_of("pairs", Loose)
    assert said(ask(server, ASKED | {"response_format": form}))["pairs"] == []
    form["json_schema"]["schema"] = Loose.model_json_schema()
    with pytest.raises(openai.BadRequestError, match="additionalProperties"):
        ask(server, ASKED | {"response_format": form})
    silent = ASKED | {"messages": [{"role": "user", "content": "Hello"}], "response_format": {"type": "json_object"}}
    with pytest.raises(openai.BadRequestError, match="must contain the word 'json'"):
        ask(server, silent)


def test_key_and_model_are_checked_where_told(server: ModelServer) -> None:
    server.configure(api_key="secret", any_model=False)
    with pytest.raises(openai.AuthenticationError):
        ask(server, ASKED)
    with pytest.raises(openai.NotFoundError, match="no-such-model"):
        ask(server, ASKED | {"model": "no-such-model"}, api_key="secret")
    assert ask(server, ASKED, api_key="secret").model == "drawn-scenes"
    server.configure(api_key=None, any_model=True)


def test_the_limiter_refuses_what_comes_too_fast_and_says_when_to_come_back(server: ModelServer) -> None:
    server.configure(limits=Limits(requests_per_second=2, burst=2))
    with client(server) as one:
        assert [one.chat.completions.create(**ASKED).object for _ in range(2)] == ["chat.completion"] * 2
        with pytest.raises(openai.RateLimitError, match="requests per second") as caught:
            _ask_often(one)
        headers = caught.value.response.headers
        assert headers["x-ratelimit-limit-requests"] == "2"
        assert headers["x-ratelimit-remaining-requests"] == "0"
        assert headers["x-ratelimit-reset-requests"].endswith("ms")
        time.sleep(float(headers["retry-after-ms"]) / 1000)
        assert one.chat.completions.create(**ASKED).choices
    server.configure(limits=Limits(tokens_per_minute=60))
    assert ask(server, ASKED).choices
    with pytest.raises(openai.RateLimitError, match="tokens per min"):
        ask(server, ASKED)
    server.configure(limits=Limits())


def _ask_often(api: openai.OpenAI) -> None:
    for _ in range(5):
        api.chat.completions.create(**ASKED)


def test_durations_are_written_as_the_protocol_writes_them() -> None:
    assert [spoken(seconds) for seconds in (0.02, 1, 1.5, 360, 3_600)] == ["20ms", "1s", "1.5s", "6m0s", "1h0m0s"]


def test_each_fault_is_of_one_sort() -> None:
    from tests.model_server.config import CONTENT_FAULTS, HTTP_FAULTS, LINE_FAULTS

    kinds = [kind for group in get_args(FaultKind) for kind in (get_args(group) or (group,))]
    assert sorted(kinds) == sorted([*HTTP_FAULTS, *LINE_FAULTS, *CONTENT_FAULTS])
