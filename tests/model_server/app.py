"""The server's routes: the protocol under ``/v1``, and what tests and benchmarks ask of it beside."""

import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from aiohttp import hdrs, web
from pydantic import ValidationError

from tests.model_server.asked import read_body
from tests.model_server.batches import Batches
from tests.model_server.chat import Chat, authorise
from tests.model_server.config import Config
from tests.model_server.files import Files, read_form
from tests.model_server.limiter import Limiter
from tests.model_server.log import Entry, Log
from tests.model_server.model import Model
from tests.model_server.refused import Refused, bug

MOST_BYTES = 512 * 2**20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Served:
    """All that the server holds, and its routes."""

    def __init__(self, config: Config) -> None:
        self.log = Log()
        self.model = Model(config)
        self.chat = Chat(self.model, self.log)
        self.files = Files()
        self.batches = Batches(self.files, self.chat.line, lambda: self.model.config)

    def configure(self, config: Config) -> None:
        """Take another configuration; limits that did not change keep their buckets as they stand."""
        if config.limits != self.model.config.limits:
            self.chat.limiter = Limiter(config.limits)
        self.model.configure(config)

    def forget(self) -> None:
        """Empty the log and count anew; files and batches stay."""
        self.log.clear()
        self.model.forget()
        self.chat.forget()

    def application(self) -> web.Application:
        """The routes."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_post("/v1/chat/completions", self.chat.live)
        app.router.add_get("/v1/models", self._plain(self._models))
        app.router.add_get("/v1/models/{id:.+}", self._plain(self._one_model))
        app.router.add_post("/v1/files", self._plain(self._upload))
        app.router.add_get("/v1/files", self._plain(self._all_files))
        app.router.add_get("/v1/files/{id}", self._plain(self._file))
        app.router.add_delete("/v1/files/{id}", self._plain(self._remove_file))
        app.router.add_get("/v1/files/{id}/content", self._plain(self._content))
        app.router.add_post("/v1/batches", self._plain(self._create_batch))
        app.router.add_get("/v1/batches", self._plain(self._all_batches))
        app.router.add_get("/v1/batches/{id}", self._plain(self._batch))
        app.router.add_post("/v1/batches/{id}/cancel", self._plain(self._cancel_batch))
        app.router.add_get("/_log", self._show_log)
        app.router.add_get("/_counts", self._show_counts)
        app.router.add_get("/_wrong_keys", self._show_wrong_keys)
        app.router.add_get("/_config", self._show_config)
        app.router.add_post("/_config", self._configure)
        app.router.add_post("/_reset", self._reset)
        app.router.add_route(hdrs.METH_ANY, "/{rest:.*}", self._plain(_nowhere))
        return app

    def _plain(self, answer: Handler) -> Handler:
        """A route without faults: its refusals in the protocol's shape, an entry in the log for each."""

        async def handle(request: web.Request) -> web.StreamResponse:
            began = time.time()
            try:
                authorise(request.headers, self.model.config)
                if request.path.startswith(("/v1/files", "/v1/batches")) and not self.model.config.batching.supported:
                    await _nowhere(request)
                response = await answer(request)
            except Refused as refused:
                response = web.json_response(refused.body, status=refused.status)
            except Exception:  # noqa: BLE001 - the client is told
                response = web.json_response(bug().body, status=500)
            self.log.add(
                Entry(
                    time=began, seconds=time.time() - began, method=request.method, path=request.path, via="live",
                    number=0, body_sha256="", attempt=0, status=response.status,
                    idempotency_key=request.headers.get("Idempotency-Key"),
                )
            )  # fmt: skip
            response.headers["x-request-id"] = f"req_{int(began * 1_000_000):x}"
            return response

        return handle

    async def _models(self, _: web.Request) -> web.StreamResponse:
        return _listed([_model(name) for name in self.model.config.models])

    async def _one_model(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["id"]
        if name not in self.model.config.models:
            raise Refused(404, f"The model '{name}' does not exist", param="model", code="model_not_found")
        return web.json_response(_model(name))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        fields = read_form(request.headers.get("Content-Type", ""), await request.read())
        name, content = fields.get("file", ("", None))
        purpose = (fields.get("purpose", ("", b""))[1] or b"").decode("utf-8", "replace").strip()
        if content is None:
            raise Refused(400, "'file' is a required property", param="file")
        if purpose != "batch":
            raise Refused(400, f"'{purpose}' is not one of ['batch'] - 'purpose'", param="purpose")
        return web.json_response(self.files.add(name or "upload.jsonl", purpose, content).shown())

    async def _all_files(self, request: web.Request) -> web.StreamResponse:
        return _page([held.shown() for held in self.files.all()], request.query)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.files.get(request.match_info["id"]).shown())

    async def _remove_file(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.files.remove(request.match_info["id"]))

    async def _content(self, request: web.Request) -> web.StreamResponse:
        held = self.files.get(request.match_info["id"])
        return web.Response(body=held.content, content_type="application/octet-stream")

    async def _create_batch(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.batches.create(read_body(await request.read())).shown())

    async def _all_batches(self, request: web.Request) -> web.StreamResponse:
        return _page([batch.shown() for batch in self.batches.all()], request.query)

    async def _batch(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.batches.get(request.match_info["id"]).shown())

    async def _cancel_batch(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.batches.cancel(request.match_info["id"]).shown())

    async def _show_log(self, _: web.Request) -> web.StreamResponse:
        return web.json_response([asdict(entry) for entry in self.log.entries])

    async def _show_counts(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(asdict(self.log.counts()))

    async def _show_wrong_keys(self, _: web.Request) -> web.StreamResponse:
        return web.json_response([asdict(one) for one in self.model.wrong_keys])

    async def _show_config(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(self.model.config.model_dump(mode="json"))

    async def _configure(self, request: web.Request) -> web.StreamResponse:
        try:
            self.configure(changed(self.model.config, json.loads(await request.read())))
        except ValidationError as error:
            return web.Response(status=400, text=str(error))
        return await self._show_config(request)

    async def _reset(self, _: web.Request) -> web.StreamResponse:
        self.forget()
        return web.json_response({})


def changed(config: Config, changes: Mapping[str, Any]) -> Config:
    """A configuration with some fields set anew.

    Raises:
        ValidationError: A field is not one, or its value is out of range.
    """
    return Config.model_validate({**{name: getattr(config, name) for name in Config.model_fields}, **changes})


async def _nowhere(request: web.Request) -> web.StreamResponse:
    raise Refused(404, f"Invalid URL ({request.method} {request.path})")


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1_700_000_000, "owned_by": "leadproof-tests"}


def _listed(rows: list[dict[str, Any]], *, more: bool = False) -> web.Response:
    ends = {"first_id": rows[0]["id"], "last_id": rows[-1]["id"]} if rows else {"first_id": None, "last_id": None}
    return web.json_response({"object": "list", "data": rows, **ends, "has_more": more})


def _page(rows: list[dict[str, Any]], query: Mapping[str, str]) -> web.Response:
    ids = [row["id"] for row in rows]
    start = ids.index(query["after"]) + 1 if query.get("after") in ids else 0
    end = start + (int(query["limit"]) if query.get("limit", "").isdigit() else 20)
    return _listed(rows[start:end], more=end < len(rows))
