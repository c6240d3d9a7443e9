"""Servers that mean no good: each costs a line, not memory, time, the key or an image."""

import asyncio
import gzip
import json
import resource
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiohttp import web

from mllm import Asker, Outcome, Ways, open_asker, run_chains
from mllm.patience import Tries
from schemas.errors import WorkFailed
from schemas.run import RunFolder
from tests.mllm.test_asking import request

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ONCE = Tries(throttled=0, failed=0, repairs=0)


@contextmanager
def serving(handler: Handler) -> Iterator[str]:
    """A server that answers everything by this function."""
    ready, loop = threading.Event(), asyncio.new_event_loop()
    address: list[str] = []

    async def start() -> web.AppRunner:
        app = web.Application(client_max_size=2**28)
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address.append(f"http://127.0.0.1:{runner.addresses[0][1]}/v1")
        return runner

    def work() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield address[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def asked(run: RunFolder, url: str, **flags: Any) -> tuple[Outcome, Asker]:
    outcomes: list[Outcome] = []

    def chain() -> Any:
        return (yield [request()])[0]

    with open_asker(run, Ways("openai", "gpt-4o", url, **{"tries": ONCE, "timeout": 1.0, **flags})) as asker:
        run_chains([chain()], asker, outcomes.append)
        return outcomes[0], asker


def completion(**said: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": '{"letter": "A"}'}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    return {"id": "x", "object": "chat.completion", "choices": [choice], "usage": usage, **said}


def replying(found: object) -> Handler:
    async def reply(_: web.Request) -> web.Response:
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        return web.Response(body=body, content_type="application/json")

    return reply


async def endless(sent: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(sent)
    while True:
        await response.write(b" " * 2**20)


async def bomb(_: web.Request) -> web.Response:
    packed = gzip.compress(b" " * 2**28, compresslevel=1)
    return web.Response(body=packed, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})


async def drop_by_drop(sent: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(sent)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("handler", [endless, bomb, drop_by_drop])
def test_an_answer_without_end_is_lost_and_fills_neither_memory_nor_time(
    run: RunFolder,
    handler: Handler,
) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with serving(handler) as url:
        outcome, asker = asked(run, url)
    assert outcome.status == "failed"
    assert asker.till.tally.failures == {"lost": 1}
    assert time.monotonic() - began < 8
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000 or handler is bomb, "kilobytes"  # the bomb is made in this process


@pytest.mark.parametrize(
    "found",
    [
        b"", b"\xff\xfe\x00", b"not json", b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{}]}',
        b'{"choices": [{"message": null}]}', b'{"choices": [{"message": []}]}', b'{"choices": {"0": 1}}',
        b'{"choices":' + b"[" * 100_000, b"<html>a proxy's page</html>",
    ],
)  # fmt: skip
def test_what_is_no_completion_is_lost(run: RunFolder, found: bytes) -> None:
    with serving(replying(found)) as url:
        outcome, _ = asked(run, url)
    assert (outcome.status, outcome.detail[:34]) == ("failed", "the answer is no chat completion (")


@pytest.mark.parametrize(
    "usage",
    [
        None, {}, [], "many", {"prompt_tokens": -1, "completion_tokens": 5},
        {"prompt_tokens": "10", "completion_tokens": "5"}, {"prompt_tokens": 10.5, "completion_tokens": 5},
        {"prompt_tokens": 10**40, "completion_tokens": 5}, {"prompt_tokens": True, "completion_tokens": True},
        {"prompt_tokens": float("nan"), "completion_tokens": float("inf")},
    ],
)  # fmt: skip
def test_a_count_of_tokens_that_cannot_be_is_none(run: RunFolder, usage: object) -> None:
    with serving(replying(completion(usage=usage))) as url:
        outcome, asker = asked(run, url, budget=1.0)
    assert outcome.status == "ok"
    assert asker.till.tally.unmeasured == 1
    assert 0 < (asker.till.tally.usd or 0) < 0.1, "its bound is charged"


@pytest.mark.parametrize(
    "content",
    [
        '{"letter": "A"}\x00',
        '\ud800{"letter": "A"}',
        "\x1b[2J\x1b]0;owned\x07",
        '{"letter": "A"}' * 50_000,
        "x" * 3_000_000,
    ],
)
def test_any_text_is_kept_or_named(run: RunFolder, content: str) -> None:
    choice = {"message": {"content": content}, "finish_reason": content[:5_000]}
    with serving(replying(completion(choices=[choice]))) as url:
        outcome, _ = asked(run, url)
        again, _ = asked(run, url)
    assert outcome.status in ("ok", "malformed")
    assert (again.status, again.from_journal) == (outcome.status, True)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_a_server_points_to_gets_the_key_or_the_request(
    run: RunFolder,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    met: list[str] = []

    async def stranger(sent: web.Request) -> web.Response:
        met.append(sent.path)
        return web.json_response(completion())

    with serving(stranger) as elsewhere:

        async def point(_: web.Request) -> web.Response:
            return web.Response(status=status, headers={"Location": f"{elsewhere}/chat/completions"})

        with serving(point) as url, pytest.raises(WorkFailed, match=str(status)):
            asked(run, url)
    assert not met


@pytest.mark.parametrize("value", ["1e9", "-5", "soon", "nan", "inf", "", "Thu, 01 Jan 2099 00:00:00 GMT", "9" * 400])
def test_an_absurd_retry_after_holds_nobody_for_ever(run: RunFolder, value: str) -> None:
    async def later(_: web.Request) -> web.Response:
        return web.json_response({"error": {"message": "later"}}, status=429, headers={"Retry-After": value})

    with serving(later) as url:
        began = time.monotonic()
        outcome, asker = asked(run, url)
    assert outcome.status == "failed"
    assert time.monotonic() - began < 5
    assert asker._pace._not_before - time.monotonic() <= 300


@pytest.mark.parametrize(
    "body", [b"sk-very-secret", b'{"error": "sk-very-secret"}', b'{"error": {"message": ["sk-very-secret"]}}']
)
def test_a_key_that_is_echoed_is_blotted_out(
    run: RunFolder,
    monkeypatch: pytest.MonkeyPatch,
    body: bytes,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")

    async def echo(_: web.Request) -> web.Response:
        return web.Response(status=400, body=body, content_type="application/json")

    with serving(echo) as url, pytest.raises(WorkFailed) as stopped:
        asked(run, url)
    assert "sk-very-secret" not in str(stopped.value)
    assert all(b"sk-very-secret" not in path.read_bytes() for path in run.path.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "usage", [{"prompt_tokens": 300_000, "completion_tokens": 5}, {"prompt_tokens": 10, "completion_tokens": 60_000}]
)
@pytest.mark.parametrize("at_once", [1, 16])
def test_a_server_that_counts_more_than_can_be_goes_over_the_budget_by_one_reply_at_most(
    run: RunFolder, usage: dict[str, int], at_once: int
) -> None:
    served = 0

    async def greedy(_: web.Request) -> web.Response:
        nonlocal served
        served += 1
        return web.json_response(completion(usage=usage))

    each = (usage["prompt_tokens"] * 2.5 + usage["completion_tokens"] * 10) / 1e6
    with serving(greedy) as url:
        ways = Ways("openai", "gpt-4o", url, budget=1.0, concurrency=at_once)
        outcomes: list[Outcome] = []

        def chain(number: int) -> Any:
            return (yield [request(number)])[0]

        with open_asker(run, ways) as asker:
            run_chains(map(chain, range(30)), asker, outcomes.append)
    assert served >= 1
    assert served * each <= 1.0 + each / 1e6
    assert {one.status for one in outcomes} == {"ok", "unasked"}


def test_a_server_that_turns_down_every_parameter_stops_the_run(run: RunFolder) -> None:
    met = 0

    async def never(_: web.Request) -> web.Response:
        nonlocal met
        met += 1
        words = "max_tokens or max_completion_tokens is too large, and so are temperature, seed and response_format"
        return web.json_response({"error": {"message": words}}, status=400)

    with serving(never) as url, pytest.raises(WorkFailed, match="too large"):
        asked(run, url)
    assert met <= 12


@pytest.mark.parametrize("value", ["1.2.3s1s", "²s1", ".s1", "1e5s", "-1s", "99999999h"])
def test_rate_limit_headers_of_any_kind_break_nothing(run: RunFolder, value: str) -> None:
    async def reply(_: web.Request) -> web.Response:
        headers = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": value}
        return web.json_response(completion(), headers=headers)

    with serving(reply) as url:
        outcome, _ = asked(run, url)
    assert outcome.status == "ok"


@pytest.mark.parametrize("charset", ["hex", "zlib", "idna", "rot13", "no-such"])
@pytest.mark.parametrize("status", [200, 500])
def test_a_charset_of_any_kind_breaks_nothing(run: RunFolder, charset: str, status: int) -> None:
    async def reply(_: web.Request) -> web.Response:
        body = json.dumps(completion()).encode()
        return web.Response(status=status, body=body, headers={"Content-Type": f"application/json; charset={charset}"})

    with serving(reply) as url:
        outcome, _ = asked(run, url)
    assert outcome.status == ("ok" if status == 200 else "failed")


@pytest.mark.parametrize("status", [413, 415, 422])
def test_one_request_that_is_turned_down_for_its_content_is_refused_alone(run: RunFolder, status: int) -> None:
    async def choosy(sent: web.Request) -> web.Response:
        if b"data>>>\\n3" in await sent.read():
            return web.json_response({"error": {"message": "this one is too much"}}, status=status)
        return web.json_response(completion())

    def chain(number: int) -> Any:
        return (yield [request(number)])[0]

    outcomes: list[Outcome] = []
    with serving(choosy) as url, open_asker(run, Ways("openai", "gpt-4o", url, concurrency=1)) as asker:
        run_chains(map(chain, range(6)), asker, outcomes.append)
    assert [one.status for one in outcomes] == ["ok", "ok", "ok", "refused", "ok", "ok"]


@pytest.mark.parametrize(
    "reply", [b"<html>sk-very-secret</html>", json.dumps(completion(id="sk-very-secret")).encode()]
)
def test_a_key_in_an_answer_is_kept_nowhere(run: RunFolder, monkeypatch: pytest.MonkeyPatch, reply: bytes) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    with serving(replying(reply)) as url:
        outcome, _ = asked(run, url)
    assert "sk-very-secret" not in outcome.detail + outcome.text
    assert all(b"sk-very-secret" not in path.read_bytes() for path in run.path.rglob("*") if path.is_file())


def test_no_proxy_stands_between_this_machine_and_itself(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[str] = []

    async def proxy(sent: web.Request) -> web.Response:
        met.append(sent.path)
        return web.json_response(completion())

    with serving(proxy) as elsewhere, serving(replying(completion())) as url:
        monkeypatch.setenv("HTTP_PROXY", elsewhere.removesuffix("/v1"))
        monkeypatch.setenv("http_proxy", elsewhere.removesuffix("/v1"))
        outcome, _ = asked(run, url)
    assert outcome.status == "ok"
    assert not met


def test_a_server_that_only_throttles_is_left_alone_in_the_end(run: RunFolder) -> None:
    async def later(_: web.Request) -> web.Response:
        return web.json_response({"error": {"message": "later"}}, status=429)

    def chain(number: int) -> Any:
        return (yield [request(number)])[0]

    quick = Tries(throttled=1_000, first_wait=0.001, longest_wait=0.002)
    with (
        serving(later) as url,
        open_asker(run, Ways("openai", "gpt-4o", url, tries=quick)) as asker,
        pytest.raises(WorkFailed, match="throttled 500 times in a row"),
    ):
        run_chains(map(chain, range(40)), asker, lambda _: None)
