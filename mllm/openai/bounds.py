"""What is taken of a server's answer: so many bytes, as they are, within the time allowed."""

from collections.abc import AsyncIterator

import httpx2

MAX_BODY = 16 * 2**20  # bytes of a chat completion; a long one has some 100,000
CHAT = "/chat/completions"


class TooMuch(httpx2.ReadError):
    """An answer that no chat completion is."""


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        taken = 0
        async for chunk in self._stream:
            taken += len(chunk)
            if taken > MAX_BODY:
                raise TooMuch(f"the answer is longer than {MAX_BODY // 2**20} MiB")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def bounded(response: httpx2.Response) -> None:
    """A hook on responses: a chat completion's body is counted while it is read, and not unpacked.

    Raises:
        TooMuch: It comes packed, though we ask for it as it is: unpacking could fill the memory.
    """
    if not response.request.url.path.endswith(CHAT):
        return
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise TooMuch("the answer is packed, though it was asked for as it is")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Counted(response.stream)
