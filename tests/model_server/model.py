"""The model: from what is asked to a completion, with its usage and what was spoilt on purpose."""

import asyncio
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from schemas.identity import image_ref
from tests.model_server.asked import BYTES_OF_TOKEN, Asked, tokens_of
from tests.model_server.chance import Chance
from tests.model_server.config import CONTENT_FAULTS, Config, Fault
from tests.model_server.faults import Message, spoilt
from tests.model_server.judging import choice, judgement
from tests.model_server.pair_replies import WrongKey, pairs_reply
from tests.model_server.questions import Answer, answer

if TYPE_CHECKING:
    from tests.model_server.scenes import Scenes
    from tests.model_server.truths import Truths

_NEED_ALL = frozenset({"choice", "question", "challenge"})
PLAIN = "I am a model that knows drawn scenes."


@dataclass(frozen=True)
class Completion:
    """A reply and what the log says of it."""

    body: dict[str, Any]
    prompt_tokens: int
    completion_tokens: int
    usd: float
    finish_reason: str


class Model:
    """Holds the scenes, the book of truths, how often each body was asked, wrong keys and answers given out."""

    def __init__(self, config: Config) -> None:
        self._lock = threading.Lock()
        self._scenes: Scenes | None = None
        self._truths: Truths | None = None
        self.configure(config)
        self.forget()

    def configure(self, config: Config) -> None:
        """Take another configuration; scenes are read again where the run is another or has grown."""
        self.config = config
        if config.run is None or config.canned:
            self._scenes = self._truths = None
            return
        from tests.model_server.scenes import Scenes, stages_of  # heavy, and not needed for canned replies
        from tests.model_server.truths import Truths

        if self._scenes is None or self._scenes.stages != stages_of(config.run):
            self._scenes = Scenes(config.run)
            self._truths = Truths(self._scenes)

    def forget(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._asked: Counter[str] = Counter()
            self._wrong: dict[WrongKey, None] = {}
            self._answers: dict[Answer, None] = {}

    @property
    def wrong_keys(self) -> tuple[WrongKey, ...]:
        """All pairs given out with a wrong key, each once."""
        with self._lock:
            return tuple(self._wrong)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers given to a benchmark's questions and challenges, each once."""
        with self._lock:
            return tuple(self._answers)

    def chance(self, body: str) -> Chance:
        """The draws of a body that is asked now, once more than before."""
        with self._lock:
            self._asked[body] += 1
            return Chance(self.config.seed, body, self._asked[body])

    async def image_of(self, asked: Asked) -> str | None:
        """The scene that the first image shows, or None."""
        if self._scenes is None or not asked.images:
            return None
        if self._scenes.known(image_ref(asked.images[0])):
            return self._scenes.identify(asked.images[0])
        return await asyncio.to_thread(self._scenes.identify, asked.images[0])

    async def complete(
        self, asked: Asked, image: str | None, chance: Chance, fault: Fault | None, *, batch: bool = False
    ) -> Completion:
        """The completion of a request.

        Raises:
            Refused: The data is not what the task needs.
        """
        if asked.task in _NEED_ALL and not asked.images:  # must know every scene, which takes a while at first
            content = await asyncio.to_thread(self._content, asked, image, chance)
        else:
            content = self._content(asked, image, chance)
        message = spoilt(content, fault) if fault and fault.kind in CONTENT_FAULTS else Message(content)
        if asked.most_tokens and tokens_of(message.text) > asked.most_tokens:
            cut = message.text.encode()[: asked.most_tokens * BYTES_OF_TOKEN].decode("utf-8", "ignore")
            message = Message(cut, finish_reason="length")
        return completion(asked.model, asked.prompt_tokens, message, chance, self.config, batch=batch)

    def _content(self, asked: Asked, image: str | None, chance: Chance) -> str:
        made: dict[str, Callable[[], Any]] = {
            "extraction": lambda: self._extraction(image, chance),
            "pairs": lambda: self._pairs(asked, image, chance),
            "choice": lambda: choice(
                self._truths, image, asked.data, self.config, chance, blind=not asked.images
            ),
            "judgement": lambda: judgement(self._truths, image, asked.data, self.config, chance),
        }  # fmt: skip
        if asked.task in made:
            return json.dumps(made[asked.task](), ensure_ascii=False)
        if asked.task == "content":
            return self._content_of(image)
        return self._answer(asked, image, chance) if asked.task else PLAIN

    def _content_of(self, image: str | None) -> str:
        facts = self._scenes.facts(image) if self._scenes and image else ()
        lines = [f"{fact.subject}: {fact.slot} {fact.value}" for fact in facts if fact.value != "absent"]
        return "\n".join(lines) or PLAIN

    def _answer(self, asked: Asked, image: str | None, chance: Chance) -> str:
        """What is said to a question depends on the question alone, not on how often it was asked."""
        steady = replace(chance, attempt=0)
        given = answer(self._truths, image, asked.turns, self.config, steady, blind=not asked.images)
        if given is None:
            return PLAIN
        with self._lock:
            self._answers[given] = None
        return given.text

    def _extraction(self, image: str | None, chance: Chance) -> object:
        from tests.model_server.extraction import extraction

        return extraction(self._scenes.facts(image) if self._scenes and image else (), chance)

    def _pairs(self, asked: Asked, image: str | None, chance: Chance) -> object:
        offered = pairs_reply(self._truths, image, asked.data, self.config, chance)
        with self._lock:
            self._wrong.update(dict.fromkeys(offered.wrong_keys))
        return offered.reply


def completion(
    model: str, prompt_tokens: int, message: Message, chance: Chance, config: Config, *, batch: bool = False
) -> Completion:
    """A message in the protocol's shape, with its usage and price."""
    completion_tokens = tokens_of(message.text)
    prices = config.prices
    usd = (prompt_tokens * prices.prompt + completion_tokens * prices.completion) / 1_000_000
    body = {
        "id": f"chatcmpl-{chance.token(24, 'id')}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": message.content, "refusal": message.refusal},
                "logprobs": None,
                "finish_reason": message.finish_reason,
            }
        ],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        },
        "system_fingerprint": "fp_scenes",
    }
    share = prices.batch_share if batch else 1.0
    return Completion(body, prompt_tokens, completion_tokens, usd * share, message.finish_reason)
