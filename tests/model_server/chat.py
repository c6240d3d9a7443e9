"""``POST /v1/chat/completions``: from a request's bytes to what goes out on its connection."""

import asyncio
import hashlib
import json
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from tests.model_server.asked import Asked, read_asked, read_body
from tests.model_server.canned import canned, task_in
from tests.model_server.chance import Chance
from tests.model_server.config import HTTP_FAULTS, Config, Fault
from tests.model_server.faults import GATEWAY_PAGE, Message, fault_of, refusal_of, retry_headers
from tests.model_server.limiter import Limiter
from tests.model_server.log import Entry, Log
from tests.model_server.model import Completion, Model, completion
from tests.model_server.refused import Refused, bug

CANNED_PROMPT = 1_000  # tokens
_MODEL = re.compile(rb'"model": ?"([^"]{1,200})"')


class Chat:
    """Answers requests for completions, live ones and those of batches."""

    def __init__(self, model: Model, log: Log) -> None:
        self.model, self.log = model, log
        self.limiter = Limiter(model.config.limits)
        self.stopping = asyncio.Event()
        self._number = self._line_number = 0

    def forget(self) -> None:
        """Number requests from 1 again."""
        self._number = self._line_number = 0

    async def live(self, request: web.Request) -> web.StreamResponse:
        """One request on a connection of its own."""
        began = time.time()
        config = self.model.config
        self._number += 1
        with self.log.under_way() as under_way:
            raw = await request.read()
            entry = Entry(
                time=began, seconds=0.0, method=request.method, path=request.path, via="live", number=self._number,
                body_sha256="" if config.canned else hashlib.sha256(raw).hexdigest(), attempt=0,
                idempotency_key=request.headers.get("Idempotency-Key"),
            )  # fmt: skip
            headers = {"x-request-id": f"req_{entry.number:012d}{int(began * 1000):x}"}
            turn = _Turn(self, request, entry, headers)
            try:
                return await turn.take(raw, under_way)
            except asyncio.CancelledError:
                turn.left()
                raise

    async def line(self, body: dict[str, Any], sha: str, place: int) -> tuple[int, dict[str, Any]]:
        """One line of a batch: status and body. Nothing goes wrong but what the batches' own settings say."""
        config = self.model.config
        self._line_number += 1
        entry = Entry(
            time=time.time(), seconds=0.0, method="POST", path="/v1/chat/completions", via="batch",
            number=self._line_number, body_sha256=sha, attempt=0,
        )  # fmt: skip
        try:
            asked = read_asked(body, config)
            chance = self.model.chance(sha)
            image = await self.model.image_of(asked)
            entry = replace(entry, attempt=chance.attempt, model=asked.model, task=asked.task, image=image)
            if chance.happens(config.batching.line_error_rate, "line error"):
                entry = replace(entry, fault="line-error")
                raise Refused(500, "The server had an error while processing your request.", kind="server_error")
            fault = fault_of(config.batching.faults, task=asked.task, number=place, chance=chance)
            if fault:
                entry = replace(entry, fault=fault.kind)
                if fault.kind in HTTP_FAULTS:
                    raise refusal_of(fault)
            done = await self.model.complete(asked, image, chance, fault, batch=True)
        except Refused as refused:
            self.log.add(replace(entry, status=refused.status))
            return refused.status, refused.body
        except Exception:  # noqa: BLE001 - the client is told
            self.log.add(replace(entry, status=500, fault="bug"))
            return 500, bug().body
        self.log.add(_entered(entry, done))
        return 200, done.body


class _Turn:
    """One live request on its way; ``entry`` grows as more of it is known."""

    def __init__(self, chat: Chat, request: web.Request, entry: Entry, headers: dict[str, str]) -> None:
        self._chat, self._request, self._entry, self._headers = chat, request, entry, headers
        self._config: Config = chat.model.config
        self._logged = False

    async def take(self, raw: bytes, under_way: int) -> web.StreamResponse:
        """Answer, or fail as told."""
        fault: Fault | None = None
        try:
            authorise(self._request.headers, self._config)
            asked, chance, image = await self._read(raw)
            self._limit(asked, under_way)
            fault = fault_of(self._config.faults, task=asked.task, number=self._entry.number, chance=chance)
            if fault:
                self._entry = replace(self._entry, fault=fault.kind)
            if fault and fault.retry_after is not None:
                self._headers |= retry_headers(fault.retry_after, fault.retry_after_form)
            if fault and fault.kind in HTTP_FAULTS:
                raise refusal_of(fault)
            if fault and fault.kind == "hang":
                return await self._hang()
            done = await self._complete(asked, image, chance, fault)
        except Refused as refused:
            page = GATEWAY_PAGE.encode() if fault and fault.kind == "bad-gateway" and not fault.message else None
            self._entry = replace(self._entry, status=refused.status)
            return await self._send(page or json.dumps(refused.body).encode(), "text/html" if page else _JSON)
        except Exception:  # noqa: BLE001 - the client is told
            self._entry = replace(self._entry, status=500, fault="bug")
            return await self._send(json.dumps(bug().body).encode(), _JSON)
        self._entry = _entered(self._entry, done)
        await asyncio.sleep(self._config.latency + self._config.jitter * chance.share("jitter"))
        content = json.dumps(done.body, ensure_ascii=False).encode()
        if fault and fault.kind.startswith("cut-") and fault.kind != "cut-json":
            return await self._cut(content, headers_first=fault.kind == "cut-inside-body")
        return await self._send(content, _JSON)

    def left(self) -> None:
        """The client went before it had its answer."""
        if not self._logged:
            self._log(replace(self._entry, fault=self._entry.fault or "client-left", status=0, whole=False))

    async def _read(self, raw: bytes) -> tuple[Asked, Chance, str | None]:
        if self._config.canned:
            named = _MODEL.search(raw)
            model = named.group(1).decode("utf-8", "replace") if named else self._config.models[0]
            asked = Asked(model, task_in(raw), {}, (), CANNED_PROMPT, None)
            chance, image = Chance(self._config.seed, str(self._entry.number), 1), None
        else:
            asked = read_asked(read_body(raw), self._config)
            chance = self._chat.model.chance(self._entry.body_sha256)
            image = await self._chat.model.image_of(asked)
        self._entry = replace(
            self._entry, attempt=chance.attempt, model=asked.model, task=asked.task, image=image
        )  # fmt: skip
        return asked, chance, image

    def _limit(self, asked: Asked, under_way: int) -> None:
        verdict = self._chat.limiter.admit(asked.prompt_tokens, under_way)
        self._headers |= verdict.headers
        if verdict.what:
            self._entry = replace(self._entry, fault="limit")
            raise Refused(
                429, f"Rate limit reached for {asked.model} on {verdict.what}. "
                f"Please try again in {verdict.wait:.3f}s.", kind="requests", code="rate_limit_exceeded",
            )  # fmt: skip

    async def _complete(self, asked: Asked, image: str | None, chance: Chance, fault: Fault | None) -> Completion:
        if not self._config.canned:
            return await self._chat.model.complete(asked, image, chance, fault)
        return completion(asked.model, asked.prompt_tokens, Message(canned(asked.task)), chance, self._config)

    async def _send(self, content: bytes, kind: str) -> web.StreamResponse:
        response = web.Response(
            body=content, status=self._entry.status, headers=self._headers | {"Content-Type": kind}
        )  # fmt: skip
        self._logged = True
        try:
            with self._chat.log.sending(self._timed(self._entry)):
                await response.prepare(self._request)
                await response.write_eof()
        except ConnectionError:  # the client has gone; the log says so
            pass
        return response

    async def _cut(self, content: bytes, *, headers_first: bool) -> web.StreamResponse:
        self._log(replace(self._entry, status=200 if headers_first else 0, whole=False))
        response = web.StreamResponse(status=200, headers=self._headers | {"Content-Type": _JSON})
        response.content_length = len(content)
        try:
            if headers_first:
                await response.prepare(self._request)
                await response.write(content[: len(content) // 2])
        except ConnectionError:
            pass
        if self._request.transport is not None:
            self._request.transport.close()
        return response

    async def _hang(self) -> web.StreamResponse:
        self._log(replace(self._entry, whole=False))
        await self._chat.stopping.wait()
        return web.Response(status=503)

    def _log(self, entry: Entry) -> None:
        self._logged = True
        self._chat.log.add(self._timed(entry))

    def _timed(self, entry: Entry) -> Entry:
        return replace(entry, seconds=time.time() - entry.time)


_JSON = "application/json"


def authorise(headers: Mapping[str, str], config: Config) -> None:
    """Check the key, where the server has one.

    Raises:
        Refused: It is another; status 401.
    """
    given = headers.get("Authorization", "").removeprefix("Bearer ")
    if config.api_key is not None and given != config.api_key:
        message = f"Incorrect API key provided: {given[:4]}****." if given else "You didn't provide an API key."
        raise Refused(401, message, code="invalid_api_key")


def _entered(entry: Entry, done: Completion) -> Entry:
    return replace(
        entry, status=200, prompt_tokens=done.prompt_tokens, completion_tokens=done.completion_tokens, usd=done.usd,
        finish_reason=done.finish_reason,
    )  # fmt: skip
