"""A request to a model, and the key under which its reply is kept."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from mllm.message import ImagePart, Message
from mllm.picture import Transform
from mllm.probe import Probe, Veil

KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model.

    ``about`` and ``step`` say for people what it concerns; they are not part of the key. ``form`` is the
    record that the reply must fill in, None for free text. ``vote`` tells apart requests that are equal
    otherwise, so that independent votes are each asked. ``probe`` and ``veil`` are for models that are
    :class:`mllm.probe.Probing`.
    """

    about: str
    step: str
    messages: tuple[Message, ...]
    form: type[BaseModel] | None = None
    max_tokens: int = 1024
    temperature: float = 0.0
    seed: int | None = None
    vote: int = 0
    probe: Probe | None = None
    veil: Veil | None = None

    @property
    def images(self) -> tuple[ImagePart, ...]:
        """All images in it, in order."""
        return tuple(part for message in self.messages for part in message.parts if isinstance(part, ImagePart))


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, and how images are sent to it: with the request itself, all that decides the reply."""

    endpoint: str
    model: str
    transform: Transform


def request_key(asked: Asked, request: Request) -> str:
    """32 hex digits over endpoint, model, messages, image hashes and transform, form, sampling and what is measured."""
    said = [
        [one.role, *([part] if isinstance(part, str) else {"image": part.ref} for part in one.parts)]
        for one in request.messages
    ]
    transform = asked.transform.mark if request.images else ""
    sampling = [request.max_tokens, request.temperature, request.seed, request.vote]
    canonical: list[Any] = [asked.endpoint, asked.model, said, transform, form_mark(request.form), sampling]
    if request.probe is not None or request.veil is not None:
        canonical += [asdict(request.probe) if request.probe else None, request.veil.grid if request.veil else None]
    text = json.dumps(canonical, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]


@lru_cache
def form_schema(form: type[BaseModel]) -> dict[str, Any]:
    """A form's JSON Schema in the subset that servers take: every key required, none beyond them, no bounds."""
    schema: dict[str, Any] = _lean(form.model_json_schema())
    return schema


@lru_cache
def form_mark(form: type[BaseModel] | None) -> str:
    """A hash of a form's name and schema; empty for free text."""
    if form is None:
        return ""
    text = json.dumps([form_name(form), form_schema(form)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def form_name(form: type[BaseModel]) -> str:
    """What a form is called towards servers: ``pairs`` for the class PairsReply."""
    return form.__name__.removesuffix("Reply").lower()


_BOUNDS = {"title", "minLength", "maxLength", "minimum", "maximum", "maxItems", "minItems", "default"}


def _lean(node: Any) -> Any:
    if isinstance(node, list):
        return [_lean(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: {name: _lean(one) for name, one in value.items()} if key in ("properties", "$defs") else _lean(value)
        for key, value in node.items()
        if key not in _BOUNDS
    }
    if kept.get("type") == "object":
        kept |= {"required": list(kept.get("properties", {})), "additionalProperties": False}
    return kept
