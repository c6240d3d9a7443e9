"""The ``openai`` backend: the official client on its aiohttp transport, one attempt at a time."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import httpx2
import openai

from mllm.failure import Lost, Rejected
from mllm.message import LOOPBACK, Message
from mllm.openai.batches import OpenAIBatches, line_of
from mllm.openai.bounds import CHAT, bounded
from mllm.openai.dialect import Dialect, from_text, written
from mllm.openai.faults import LEAST_KEY, failure_of
from mllm.openai.wire import reply_of, request_body
from mllm.pace import asked_pause
from mllm.picture import Detail, Picture
from mllm.probe import refuse_unmeasured
from mllm.reply import Reply
from mllm.request import Request
from schemas.errors import BadConfig

OPENAI_URL = "https://api.openai.com/v1"
KEY_VARIABLE = "OPENAI_API_KEY"
_HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "identity"}

# The raw post of the client (its documented way to undocumented endpoints) spares building each request and
# response as records: 1.2 instead of 2.8 CPU-seconds a 1,000 requests of 50 KB images.


class OpenAIModel:
    """A model on a server that speaks the OpenAI protocol."""

    def __init__(
        self,
        name: str,
        *,
        base_url: str = OPENAI_URL,
        key: str = "",
        detail: Detail = "auto",
        timeout: float = 120.0,
        known: str | None = None,
        learn: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        """A model; nothing is sent yet.

        Args:
            name: The model, as the server calls it.
            base_url: Up to and with ``/v1``.
            key: The secret key.
            detail: The detail in which images are to be seen.
            timeout: Seconds after which a request counts as lost.
            known: What was found out of the server before, as ``learn`` was given it.
            learn: Keeps what is found out.
        """
        self.name, self.endpoint, self.host = name, base_url, urlsplit(base_url).hostname
        self._key, self._detail, self._learn, self._timeout = key, detail, learn, timeout
        self._dialect = from_text(known) or Dialect()
        self._client = openai.AsyncOpenAI(
            api_key=key or "none",
            base_url=base_url,
            max_retries=0,
            timeout=timeout,
            http_client=openai.DefaultAioHttpClient(
                timeout=timeout,
                limits=openai.DEFAULT_CONNECTION_LIMITS,
                follow_redirects=False,  # whoever it leads to gets neither key nor image
                event_hooks={"response": [bounded]},
                trust_env=self.host not in LOOPBACK,  # no proxy stands between this machine and itself
            ),
        )

    async def ask(
        self, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], key: str
    ) -> Reply:
        """One attempt; the first one finds out what the server takes (whoever asks lets it go alone)."""
        refuse_unmeasured(request.probe, request.veil, known=frozenset(), name="a server")
        tried = {self._dialect}
        while not self.knows(request):
            try:
                reply = await self._post(request, messages, pictures, key)
            except Rejected as failure:
                further = self._dialect.without(failure.said) if failure.said.startswith(("400", "422")) else None
                if further is None or further in tried:
                    raise
                self._dialect = further
                tried.add(further)
                continue
            self._dialect = replace(self._dialect, proved="plain" if request.form is None else "forms")
            if self._learn:
                await self._learn(written(self._dialect))
            return reply
        return await self._post(request, messages, pictures, key)

    def knows(self, request: Request) -> bool:
        """Whether it is found out what the server takes of a request like this."""
        return self._dialect.proved == "forms" or (request.form is None and self._dialect.proved == "plain")

    def _blotted(self, content: bytes) -> bytes:
        """An answer without the secret key in it, should it stand there."""
        return content.replace(self._key.encode(), b"(key)") if len(self._key) >= LEAST_KEY else content

    def body(self, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture]) -> bytes:
        """A request as it is sent."""
        return request_body(request, messages, pictures, model=self.name, detail=self._detail, dialect=self._dialect)

    def batch_line(
        self, name: str, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture]
    ) -> bytes:
        """A request as a line of a batch's file."""
        refuse_unmeasured(request.probe, request.veil, known=frozenset(), name="a server")
        return line_of(name, self.body(request, messages, pictures))

    def batches(self) -> OpenAIBatches:
        """The same server's batches."""
        return OpenAIBatches(self._client, self._key)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _post(
        self, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], key: str
    ) -> Reply:
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._client.post(
                    CHAT,
                    cast_to=httpx2.Response,
                    content=self.body(request, messages, pictures),
                    options={"headers": {**_HEADERS, "Idempotency-Key": key}},
                )
        except TimeoutError as error:
            raise Lost(f"no whole answer came within {self._timeout:g} s") from error
        except openai.OpenAIError as error:
            raise failure_of(error, self._key) from error
        except Exception as error:
            raise Lost(f"the answer cannot be read ({type(error).__name__}: {error})") from error
        return reply_of(self._blotted(response.content), time.monotonic() - began, asked_pause(response.headers))


def checked_url(base_url: str) -> str:
    """A server's address as it enters keys: without a slash at its end.

    Raises:
        BadConfig: It is no address, or holds a user's name or password.
    """
    try:
        parts = urlsplit(base_url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        fix = "Pass one such as http://localhost:8000/v1."
        raise BadConfig("not the address of a server", where=f"--base-url {base_url}", fix=fix)
    if parts.username or parts.password or parts.query or parts.fragment:
        fix = f"Put the key into the variable {KEY_VARIABLE}."
        raise BadConfig("the address holds more than a host and a path", where="--base-url", fix=fix)
    return base_url.rstrip("/")


def openai_key(base_url: str) -> str:
    """The secret key from the environment; only OpenAI's own server must have one.

    Raises:
        BadConfig: There is none.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key and base_url == OPENAI_URL:
        fix = f"Set {KEY_VARIABLE}, or name another server with --base-url."
        raise BadConfig(f"the variable {KEY_VARIABLE} is not set", where="--backend openai", fix=fix)
    if any(character < "!" or character > "~" for character in key):
        raise BadConfig(f"the variable {KEY_VARIABLE} holds more than a key", fix="Set it to the key alone.")
    return key
