"""The ``openai`` backend against a server of another make: ``transformers serve``, with the tiny model."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from pydantic import BaseModel

from tests.mllm.local.conftest import Ask, Say

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("local")]


class Animal(BaseModel):
    name: str
    legs: int


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def served(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``transformers serve``, which answers every request with the tiny model."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    command = [Path(sys.executable).with_name("transformers"), "serve", tiny, "--host", "127.0.0.1", "--port", port]
    offline = {**os.environ, "HF_HOME": str(folder), "HF_HUB_OFFLINE": "1"}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(list(map(str, [*command, "--device", "cpu"])), env=offline, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/health", server, folder / "log")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx2.get(address).is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    pytest.fail(f"transformers serve did not start:\n{log.read_text()}")


def test_it_is_a_server_of_another_make(served: str) -> None:
    shown = httpx2.get(served.removesuffix("v1") + "openapi.json").json()
    assert {"/v1/chat/completions", "/load_model", "/reset"} <= shown["paths"].keys()  # its own, and nobody else's


def test_it_counts_and_says_what_the_same_weights_do_here(served: str, tiny: Path, ask: Ask, say: Say) -> None:
    requests = [say("Who?"), say("And what is it that stands there?", 2), say("Why?!", 0)]
    there, counted = ask("openai", tiny, *requests, base_url=served)
    here, expected = ask("transformers", tiny, *requests)
    assert {one.status for one in there} == {"ok"}
    assert [one.text.strip() for one in there] == [one.text for one in here]
    assert (counted.prompt_tokens, counted.completion_tokens) == (expected.prompt_tokens, expected.completion_tokens)
    assert counted.unmeasured == 0
    assert counted.prompt_tokens > 0


def test_a_form_comes_back_as_a_reply_with_its_tokens(served: str, tiny: Path, ask: Ask, say: Say) -> None:
    [outcome], counted = ask("openai", tiny, say("Who?", form=Animal), base_url=served)
    assert outcome.status == "malformed"  # random weights
    assert outcome.text
    assert counted.prompt_tokens > 0
    assert (counted.completion_tokens, counted.received) == (12, 1)
