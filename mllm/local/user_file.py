"""A user's own file as a backend: a path that ends in ``.py``, with a function ``answer(images, messages)``.

``images`` is a list of RGB Pillow images; ``messages`` a list of ``{"role", "content"}``, whose content is a list of
``{"type": "text", "text": …}`` and ``{"type": "image"}``, in order. It returns the reply's text, or a dictionary of
``text``, ``prompt_tokens`` and ``completion_tokens``. It may be ``async``. The file may also say:

``NAME``
    what the model is called in tables; else the file's name.
``CONCURRENT = True``
    that ``answer`` may be called while another call is under way; else it is called for one request at a time.
``HOST``
    the host that it sends images to, so that those which may not leave stay here; else they count as staying here.

The file runs with all the user's rights: naming it is the consent, and nothing else leads to one. It stands alone:
its folder is not on the import path. Its content is part of each reply's key: a file that was changed is asked anew.
``TimeoutError`` and ``ConnectionError`` are tried again; any other exception is taken for a bug and ends the run.
"""

import asyncio
import hashlib
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from types import ModuleType
from typing import Any

from mllm.backends import Memory, Wanted
from mllm.failure import Failure, Lost, Rejected
from mllm.local.conversation import conversation
from mllm.local.user_module import located, run_module
from mllm.message import Message
from mllm.model import Model
from mllm.picture import Picture
from mllm.reply import Reply, Usage
from mllm.request import Request
from schemas.errors import BadConfig, UnreadableFile
from schemas.text import LONE_SURROGATE

MOST_AT_ONCE = 64  # calls of a file that is CONCURRENT
_MEND = "Mend it and run it again; a file that was changed counts as another model, and is asked from the start."
_NEED = 'Write one that returns a text: def answer(images, messages): return "…"'


def open_user_file(name: str, wanted: Wanted, memory: Memory) -> Model:
    """The model that a user's file is.

    Raises:
        UnreadableFile: It cannot be read, or fails when it is run.
        BadConfig: It has no function ``answer``.
    """
    path = Path(name).expanduser()
    try:
        source = path.read_bytes()
    except OSError as error:
        fix = "Name a Python file with a function answer(images, messages)."
        raise UnreadableFile(f"cannot be read ({error.strerror or error})", where=name, fix=fix) from error
    digest = hashlib.sha256(source).hexdigest()
    return UserFile(path, run_module(path, source, digest), digest)


class UserFile:
    """A model that is a function in a user's file."""

    def __init__(self, path: Path, module: ModuleType, digest: str) -> None:
        """A model.

        Args:
            path: The file, for messages.
            module: What it defines.
            digest: SHA-256 of the file.

        Raises:
            BadConfig: Something in it is not what it has to be.
        """
        answer = getattr(module, "answer", None)
        if not callable(answer):
            raise BadConfig("there is no function answer(images, messages)", where=str(path), fix=_NEED)
        self.name: str = _text(path, module, "NAME") or path.stem
        self.host = _text(path, module, "HOST")
        self.endpoint = f"file:{digest}"
        self._path, self._answer = path, answer
        places = MOST_AT_ONCE if getattr(module, "CONCURRENT", False) is True else 1
        self._threads = ThreadPoolExecutor(places, thread_name_prefix="answer")
        self._places = asyncio.Semaphore(places)

    async def ask(
        self, request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture], key: str
    ) -> Reply:
        """One attempt.

        Raises:
            Failure: ``Rejected`` for a bug in the file, ``Lost`` for what it says of a connection, or one of
                :mod:`mllm.failure` that it raises itself.
        """
        said = await asyncio.to_thread(conversation, request, messages, pictures)
        async with self._places:
            began = monotonic()
            try:
                found = await self._called(said.images, said.turns)
            except Failure:
                raise
            except (TimeoutError, ConnectionError) as error:
                raise Lost(located(self._path, error)) from error
            except (Exception, SystemExit) as error:
                raise Rejected(f"answer() failed: {located(self._path, error)}", fix=_MEND) from error
        return self._reply(found, monotonic() - began)

    async def close(self) -> None:
        """Let go of the threads; a call that is under way is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _called(self, images: list[Any], turns: list[dict[str, Any]]) -> Any:
        answer: Callable[..., Any] = self._answer
        if inspect.iscoroutinefunction(answer):
            return await answer(images, turns)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _guarded, answer, images, turns)
        return await found if isinstance(found, Awaitable) else found

    def _reply(self, found: Any, latency: float) -> Reply:
        if isinstance(found, str):
            return Reply(_whole(found), latency=latency)
        if isinstance(found, dict) and isinstance(found.get("text"), str):
            prompt, completion = found.get("prompt_tokens"), found.get("completion_tokens")
            if prompt is None and completion is None:
                return Reply(_whole(found["text"]), latency=latency)
            if isinstance(prompt, int) and isinstance(completion, int) and prompt >= 0 and completion >= 0:
                return Reply(_whole(found["text"]), Usage(prompt, completion), latency=latency)
        kind = f"a dict of {', '.join(map(str, found))}" if isinstance(found, dict) else type(found).__name__
        wanted = "a str, nor a dict of text, prompt_tokens and completion_tokens"
        raise Rejected(f"{self._path}: what answer() returned is not {wanted}: {kind}", fix=_MEND)


def _guarded(answer: Callable[..., Any], images: list[Any], turns: list[dict[str, Any]]) -> Any:
    """A call in a thread; no future can carry a StopIteration, and whoever waited for it would wait for ever."""
    try:
        return answer(images, turns)
    except StopIteration as error:
        raise RuntimeError("StopIteration") from error


def _text(path: Path, module: ModuleType, name: str) -> str | None:
    found = getattr(module, name, None)
    if found is not None and not (isinstance(found, str) and found.strip()):
        raise BadConfig(f"{name} is not a text", where=str(path), fix=f'Write one such as {name} = "…".')
    return found


def _whole(text: str) -> str:
    """Text that a database takes: lone surrogates replaced."""
    return LONE_SURROGATE.sub("?", text)
