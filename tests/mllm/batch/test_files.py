"""Files of answers over real HTTP, whole and broken, and what their lines come to."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from mllm.batch.server import Answer, Gone
from mllm.failure import Down, Lost, Rejected, Throttled, Unwilling
from mllm.openai.backend import OpenAIModel
from mllm.reply import Reply

CHOICE = {"message": {"content": "yes", "refusal": None}, "finish_reason": "stop"}
REPLY = {"choices": [CHOICE], "usage": {"prompt_tokens": 7, "completion_tokens": 2}}
KEY = "sk-secret-0123456789"


def line(name: str, status: int, body: Any) -> bytes:
    return json.dumps({"custom_id": name, "response": {"status_code": status, "body": body}, "error": None}).encode()


@asynccontextmanager
async def served(content: bytes, *, cut: bool = False, absent: bool = False) -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.StreamResponse:
        if absent:
            return web.json_response({"error": {"message": "No such File object"}}, status=404)
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(content)
        if cut and request.transport:
            request.transport.close()
        return response

    app = web.Application()
    app.router.add_get("/v1/files/{id}/content", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()


def read(content: bytes, **how: bool) -> list[Answer]:
    async def main() -> list[Answer]:
        async with served(content, **how) as url:
            model = OpenAIModel("m", base_url=url, key=KEY)
            try:
                return [one async for one in model.batches().answers("file-1")]
            finally:
                await model.close()

    return asyncio.run(main())


def test_each_line_comes_to_a_reply_or_to_the_failure_that_a_live_request_would_have() -> None:
    expired = {"custom_id": "f", "response": None, "error": {"code": "batch_expired", "message": "too late"}}
    rows = [
        line("a", 200, REPLY),
        line("b", 500, {"error": {"message": f"sorry, {KEY}"}}),
        line("c", 429, {"error": {"message": "slow down"}}),
        line("d", 400, {"error": {"message": "no", "code": "content_policy_violation"}}),
        line("e", 400, {"error": {"message": "bad image"}}),
        json.dumps(expired).encode(),
        line("g", 200, {"odd": True}),
        b"",
        b"[not json",
        b"3",
        line("h", 200, REPLY),
    ]
    found = read(b"\n".join(rows))
    kinds = [(one.name, type(one.came)) for one in found]
    assert kinds == [
        ("a", Reply), ("b", Down), ("c", Throttled), ("d", Unwilling), ("e", Rejected), ("f", Down), ("g", Lost),
        ("", Lost), ("", Lost), ("h", Reply),
    ]  # fmt: skip
    assert [one.came.usage.total for one in found if isinstance(one.came, Reply)] == [9, 9]
    assert KEY not in repr(found)
    assert "(key)" in str(found[1].came)


def test_a_line_longer_than_any_piece_is_put_together() -> None:
    long = {**REPLY, "choices": [{**CHOICE, "message": {"content": "x" * 300_000}}]}
    [one] = read(line("a", 200, long))
    assert isinstance(one.came, Reply)
    assert len(one.came.text) == 300_000


@pytest.mark.parametrize("cut", [True, False])
def test_a_file_that_ends_within_a_line_is_lost(cut: bool) -> None:
    with pytest.raises(Lost):
        read(line("a", 200, REPLY) + b"\n" + line("b", 200, REPLY)[:40], cut=cut)


def test_a_file_that_is_no_longer_there_says_so() -> None:
    with pytest.raises(Gone, match="No such File object"):
        read(b"", absent=True)


def test_an_empty_file_has_no_answers() -> None:
    assert read(b"") == []
