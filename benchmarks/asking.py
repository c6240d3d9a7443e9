"""2,000 requests with 50 KB images against 200 ms of latency: ours, journal durable, beside plain aiohttp.

Run: ``.venv/bin/python -m benchmarks.asking [REQUESTS]``. The server is a process of its own; each client is one,
too, so that its CPU-seconds and its peak memory (imports included) are its own. Limits: at 64 at once >= 0.9 of
aiohttp's requests a second, at 256 >= 0.45, <= 2.8 CPU-seconds a 1,000 requests, <= 250 MB.
"""

import asyncio
import base64
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

LATENCY = 0.2
IMAGE_BYTES = 50_000
LIMITS = {64: 0.9, 256: 0.45}
LIMIT_CPU, LIMIT_MB = 2.8, 250


def main(requests: int = 2_000) -> None:
    """Print both clients at both concurrencies, and how they stand to the limits."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.model_server", "--canned", "--latency", str(LATENCY)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    url = server.stdout.readline().strip()
    try:
        with tempfile.TemporaryDirectory() as folder:
            write_images(Path(folder), requests)
            for at_once, share in LIMITS.items():
                peer = _measured("aiohttp", url, folder, at_once)
                ours = _measured("ours", url, folder, at_once)
                print(f"{at_once:>4} at once   {'requests/s':>11} {'CPU-s/1,000':>12} {'MB':>5}")
                for name, one in (("aiohttp", peer), ("leadproof", ours)):
                    print(f"  {name:<12} {one['rate']:>11.0f} {one['cpu']:>12.2f} {one['mb']:>5.0f}")
                ratio = ours["rate"] / peer["rate"]
                met = ratio >= share and ours["cpu"] <= LIMIT_CPU and ours["mb"] <= LIMIT_MB
                print(f"  {ratio:.2f} of aiohttp (limit {share}): {'met' if met else 'NOT met'}\n")
    finally:
        server.terminate()
        server.wait()


def write_images(folder: Path, count: int) -> None:
    """So many different JPEG files of 50 KB: one picture, each with a tail of its own."""
    from PIL import Image

    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    noise.save(folder / "one.jpg", quality=88)
    content = (folder / "one.jpg").read_bytes()
    chance = random.Random(0)
    for number in range(count):
        tail = chance.randbytes(max(8, IMAGE_BYTES - len(content)))
        (folder / f"{number:05d}.jpg").write_bytes(content + tail)
    (folder / "one.jpg").unlink()


def _measured(client: str, url: str, folder: str, at_once: int) -> dict[str, float]:
    line = [sys.executable, "-m", "benchmarks.asking", "--client", client, url, folder, str(at_once)]
    found: dict[str, float] = json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)
    return found


def run_client(client: str, url: str, folder: str, at_once: int) -> None:
    """Ask about all images and print the measurement as JSON; start-up is not counted, but for its memory."""
    images = sorted(Path(folder).glob("*.jpg"))
    ask = {"ours": ask_by_leadproof, "aiohttp": ask_by_aiohttp}[client](url, images, at_once)
    before, began = _cpu(), time.monotonic()
    ask()
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 * 1.024
    cpu = (_cpu() - before) / len(images) * 1_000
    print(json.dumps({"rate": len(images) / seconds, "cpu": cpu, "mb": peak}))


def ask_by_leadproof(url: str, images: list[Path], at_once: int) -> Callable[[], None]:
    """Through journal, till and pace, as ``generate`` asks."""
    import aiohttp  # noqa: F401 - part of start-up
    import openai  # noqa: F401

    from datagen.generators.mllm.chain import Sight, extraction_request
    from mllm import Chain, ImagePart, Ways, open_asker, run_chains
    from schemas.identity import image_ref
    from schemas.run import RunFolder

    parts = [ImagePart(image_ref(path.read_bytes()), path) for path in images]

    def chain(part: ImagePart) -> Chain[str]:
        (outcome,) = yield [extraction_request(Sight(part, ("A picture of noise.",)))]
        return outcome.status

    opened = ExitStack()
    run = RunFolder.create(Path(opened.enter_context(tempfile.TemporaryDirectory())) / "run")
    asker = opened.enter_context(open_asker(run, Ways("openai", "gpt-4o", url, concurrency=at_once)))

    def ask() -> None:
        done: list[str] = []
        with opened:
            run_chains(map(chain, parts), asker, done.append)
        assert Counter(done) == {"ok": len(parts)}, Counter(done)

    return ask


def ask_by_aiohttp(url: str, images: list[Path], at_once: int) -> Callable[[], None]:
    """The same bodies, and nothing else."""
    import aiohttp

    from datagen.generators.mllm.forms import Extraction
    from datagen.generators.mllm.prompts import EXTRACTION, prompt
    from mllm.request import form_schema

    system = prompt(EXTRACTION)
    schema = {"name": "extraction", "schema": form_schema(Extraction), "strict": True}

    def body(path: Path) -> dict[str, Any]:
        data = base64.b64encode(path.read_bytes()).decode()
        content = [
            {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{data}"}},
            {"type": "text", "text": "A picture of noise."},
        ]
        messages = [{"role": "system", "content": system}, {"role": "user", "content": content}]
        form = {"type": "json_schema", "json_schema": schema}
        return {"model": "gpt-4o", "messages": messages, "max_tokens": 2_000, "response_format": form}

    async def ask() -> None:
        waiting = iter(images)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

            async def worker() -> None:
                for path in waiting:
                    async with session.post(f"{url}/chat/completions", json=body(path)) as response:
                        found = await response.json()
                        assert found["choices"], found

            await asyncio.gather(*(worker() for _ in range(at_once)))

    return lambda: asyncio.run(ask())


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    if sys.argv[1:2] == ["--client"]:
        run_client(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
    else:
        main(*map(int, sys.argv[1:]))
