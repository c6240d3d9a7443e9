"""The server in a thread of its own, for tests."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.model_server.app import Served, changed
from tests.model_server.config import Config
from tests.model_server.log import Counts, Entry
from tests.model_server.pair_replies import WrongKey
from tests.model_server.questions import Answer

HOST = "127.0.0.1"
START_WITHIN = 30.0  # seconds


@contextlib.asynccontextmanager
async def listening(served: Served, port: int) -> AsyncIterator[str]:
    """Serve on loopback for as long as the context lasts; gives the root URL."""
    runner = web.AppRunner(
        served.application(), access_log=None, handler_cancellation=True, shutdown_timeout=0.5
    )  # fmt: skip
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port, backlog=1_024).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        served.chat.stopping.set()
        await served.batches.stop()
        await runner.cleanup()


class ModelServer:
    """A running server: ``with ModelServer(Config(run=path)) as server: client(server.base_url)``.

    Single settings may stand by their names: ``ModelServer(run=path, noise=0.1)``.
    """

    def __init__(self, config: Config | None = None, *, port: int = 0, **settings: Any) -> None:
        self._served: Served | None = None
        self._config = changed(config or Config(), settings)
        self._port = port
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="model-server", daemon=True)
        self.root = ""

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(START_WITHIN):
            raise TimeoutError(f"the model server did not start within {START_WITHIN} s")
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    @property
    def base_url(self) -> str:
        """What a client of the protocol is given: it ends in ``/v1``."""
        return f"{self.root}/v1"

    @property
    def config(self) -> Config:
        """The settings now."""
        return self._server.model.config

    @property
    def log(self) -> tuple[Entry, ...]:
        """An entry for each request, in order of sending."""
        return self._server.log.entries

    @property
    def counts(self) -> Counts:
        """Totals of the log."""
        return self._server.log.counts()

    @property
    def wrong_keys(self) -> tuple[WrongKey, ...]:
        """The pairs given out with a wrong key."""
        return self._server.model.wrong_keys

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was said to a benchmark's questions and challenges, and which letter was meant."""
        return self._server.model.answers

    def configure(self, **settings: Any) -> None:
        """Set some settings anew, for requests from now on."""
        self._server.configure(changed(self.config, settings))

    def reset(self) -> None:
        """Empty the log and count attempts from 1 again."""
        self._server.forget()

    @property
    def _server(self) -> Served:
        if self._served is None:
            raise RuntimeError("the model server is not running: use it in a with statement")
        return self._served

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that started this one
            self._failure = error
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        served = Served(self._config)
        async with listening(served, self._port) as root:
            self._served, self.root = served, root
            self._ready.set()
            await self._stop.wait()
