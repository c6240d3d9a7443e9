"""A user's own file as a backend: a path that ends in ``.py``, with a function ``answer(images, messages)``.

``images`` is a list of RGB Pillow images; ``messages`` a list of ``{"role", "content"}``, whose content is a list of
``{"type": "text", "text": …}`` and ``{"type": "image"}``, in order. It returns the reply's text, or a dictionary of
``text``, ``prompt_tokens`` and ``completion_tokens``. It may be ``async``. The file may also say:

``NAME``
    what the model is called in tables; else the file's name.
``CONCURRENT = True``
    that ``answer`` may be called while another call is under way; else it is called for one request at a time.
``score(images, messages, choices)``
    a function that returns, for each of these texts, its log-probability as the whole reply: a list of numbers that
    are finite and not above 0. With it the model can be measured by likelihood. It may be ``async``, too.
``HOST``
    the host that it sends images to, so that those which may not leave stay here; else they count as staying here.

The file runs with all the user's rights: naming it is the consent, and nothing else leads to one. It stands alone:
its folder is not on the import path. Its content is part of each reply's key: a file that was changed is asked anew.
``TimeoutError`` and ``ConnectionError`` are tried again; any other exception is taken for a bug and ends the run.
"""

import asyncio
import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isfinite
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
from mllm.probe import Ability, Probe, refuse_unmeasured
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
        score = getattr(module, "score", None)
        if score is not None and not callable(score):
            raise BadConfig("score is no function", where=str(path), fix="Write def score(images, messages, choices).")
        self.probes: frozenset[Ability] = frozenset({"choices"} if score is not None else ())
        self._path = path
        self._answer: Callable[..., Any] = answer
        self._score: Any = score
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
        refuse_unmeasured(request.probe, request.veil, known=self.probes, name=self._path.name)
        said = await asyncio.to_thread(conversation, request, messages, pictures)
        given: list[Any] = [said.images, said.turns]
        call, name = self._answer, "answer"
        if request.probe is not None:
            call, name = self._score, "score"
            given.append(list(request.probe.choices))
        async with self._places:
            began = monotonic()
            try:
                found = await self._called(call, given)
            except Failure:
                raise
            except (TimeoutError, ConnectionError) as error:
                raise Lost(located(self._path, error)) from error
            except (Exception, SystemExit) as error:
                raise Rejected(f"{name}() failed: {located(self._path, error)}", fix=_MEND) from error
        if request.probe is None:
            return self._reply(found, monotonic() - began)
        return Reply(self._scores(found, request.probe), latency=monotonic() - began)

    async def close(self) -> None:
        """Let go of the threads; a call that is under way is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _called(self, call: Callable[..., Any], given: list[Any]) -> Any:
        if inspect.iscoroutinefunction(call):
            return await call(*given)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _guarded, call, given)
        return await found if isinstance(found, Awaitable) else found

    def _scores(self, found: Any, probe: Probe) -> str:
        """The JSON of a probe for choices; how many tokens they have, a file does not say."""
        try:
            logprobs = [float(number) for number in found]
        except (TypeError, ValueError):
            logprobs = []
        if len(logprobs) != len(probe.choices) or not all(isfinite(number) and number <= 0 for number in logprobs):
            said = f"what score() returned is not {len(probe.choices)} log-probabilities"
            raise Rejected(f"{self._path}: {said} (finite numbers, none above 0): {found!r:.100}", fix=_MEND)
        return json.dumps({"logprobs": logprobs, "tokens": None})

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


def _guarded(call: Callable[..., Any], given: list[Any]) -> Any:
    """A call in a thread; no future can carry a StopIteration, and whoever waited for it would wait for ever."""
    try:
        return call(*given)
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
