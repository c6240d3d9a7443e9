"""The server as a process of its own: ``python -m tests.model_server --port 0 --run RUN``.

Its base URL is the first line on standard output; it serves until it is ended. ``GET /_log``, ``/_counts`` and
``/_wrong_keys`` show what happened, ``POST /_config`` takes settings as JSON, ``POST /_reset`` empties the log.
"""

import argparse
import asyncio
import contextlib
import json
import signal
from typing import Any

from tests.model_server.app import Served, changed
from tests.model_server.config import Config
from tests.model_server.server import listening


def main() -> None:
    """Read the flags and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.model_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--run", help="run folder whose drawn scenes it knows")
    parser.add_argument("--canned", action="store_true", help="fixed replies; images are not looked at")
    parser.add_argument("--latency", type=float, help="seconds")
    parser.add_argument("--jitter", type=float, help="seconds at most beside the latency")
    parser.add_argument("--noise", type=float, help="share of choices and judgements that are wrong")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--config", type=json.loads, default={}, help="any other settings, as JSON")
    flags = vars(parser.parse_args())
    port, told = flags.pop("port"), flags.pop("config")
    given: dict[str, Any] = {name: value for name, value in flags.items() if value not in (None, False)}
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(changed(Config(), {**told, **given}), port))


async def _serve(config: Config, port: int) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with listening(Served(config), port) as root:
        print(f"{root}/v1", flush=True)
        await ended.wait()


if __name__ == "__main__":
    main()
