"""A chat request read: which task, with what data and images, in how many tokens."""

import base64
import binascii
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.model_server.config import FORMS, Config
from tests.model_server.questions import Turn, task_of
from tests.model_server.refused import Refused, unsupported
from tests.model_server.strict_schema import check_format

TILE = 512  # pixels
TOKENS_OF_IMAGE, TOKENS_OF_TILE = 85, 170
BYTES_OF_TOKEN = 4
_DATA = re.compile(r"^<<<data[ \t]*\r?\n(.*?)\r?\n[ \t]*data>>>[ \t]*$", re.MULTILINE | re.DOTALL)
_TASK = re.compile(r"^Task:[ \t]*(\w+)[ \t]*\r?$", re.MULTILINE)
_URL = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
_KNOWN = frozenset({
    "model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "seed", "response_format",
    "n", "stream", "stop", "user", "frequency_penalty", "presence_penalty", "logprobs", "top_logprobs", "logit_bias",
    "metadata", "store", "reasoning_effort", "service_tier", "safety_identifier", "prompt_cache_key",
})  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What one request asks for; ``task`` is empty where it is none of ours, ``turns`` are the texts of the talk."""

    model: str
    task: str
    data: Mapping[str, Any]
    images: tuple[bytes, ...]
    prompt_tokens: int
    most_tokens: int | None
    turns: tuple[Turn, ...] = ()


def tokens_of(text: str) -> int:
    """Tokens of a text: a quarter of its UTF-8 bytes, rounded up."""
    return math.ceil(len(text.encode()) / BYTES_OF_TOKEN)


def tokens_of_image(width: int, height: int) -> int:
    """Tokens of an image, by tiles of 512 pixels."""
    return TOKENS_OF_IMAGE + TOKENS_OF_TILE * math.ceil(width / TILE) * math.ceil(height / TILE)


def read_body(raw: bytes) -> dict[str, Any]:
    """The body as JSON.

    Raises:
        Refused: It is not a JSON object.
    """
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise Refused(400, f"We could not parse the JSON body of your request ({error}).") from error
    if not isinstance(body, dict):
        raise Refused(400, "The body of your request is not a JSON object.")
    return body


def read_asked(body: dict[str, Any], config: Config) -> Asked:
    """What a body asks for.

    Raises:
        Refused: The server does not take it; status 400 or 404.
    """
    _check_parameters(body, config)
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise Refused(400, "you must provide a model parameter")
    if not config.any_model and model not in config.models:
        raise Refused(
            404, f"The model `{model}` does not exist or you do not have access to it.", code="model_not_found"
        )
    parts = list(_parts(body))
    texts = [(turn, role, part["text"]) for turn, role, part in parts if part["type"] == "text"]
    images = [_image(part, config) for _, _, part in parts if part["type"] == "image_url"]
    form = check_format(body.get("response_format"), [text for _, _, text in texts], config)
    named = _TASK.search("\n".join(text for _, role, text in texts if role in ("system", "developer")))
    task = next((name for name in (form, named.group(1) if named else "") if name in FORMS), "")
    data = _data("\n".join(text for _, role, text in texts if role == "user")) if task else {}
    turns = tuple(
        Turn(role, "\n".join(text for _, _, text in group))
        for (_, role), group in groupby(texts, key=lambda one: one[:2])
    )
    return Asked(
        model, task or task_of(turns), data, tuple(content for content, _ in images),
        prompt_tokens=sum(tokens_of(text) for _, _, text in texts) + sum(tokens for _, tokens in images),
        most_tokens=body.get("max_completion_tokens") or body.get("max_tokens"),
        turns=turns,
    )  # fmt: skip


def _check_parameters(body: Mapping[str, Any], config: Config) -> None:
    for name in config.unsupported:
        if body.get(name) is not None and not (name == "temperature" and body[name] == 1):
            raise unsupported(name, config.unsupported[name], value=body[name])
    unknown = [name for name in body if name not in _KNOWN]
    if unknown and config.strict_parameters:
        raise Refused(400, f"Unrecognized request argument supplied: {unknown[0]}", param=unknown[0])
    if body.get("stream"):
        raise unsupported("stream", "This server does not stream.")
    if body.get("n") not in (None, 1):
        raise unsupported("n", "This server gives one choice.")
    if body.get("max_tokens") is not None and body.get("max_completion_tokens") is not None:
        raise Refused(
            400, "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
            param="max_tokens", code="invalid_parameter_combination",
        )  # fmt: skip
    for name in ("max_tokens", "max_completion_tokens"):
        value = body.get(name)
        if value is not None and (not isinstance(value, int) or value < 1):
            raise Refused(400, f"Invalid '{name}': integer above 0 expected, got {value!r}.", param=name)


def _parts(body: Mapping[str, Any]) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """All parts, each with its message's place and role."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise Refused(400, "Invalid 'messages': a non-empty array is expected.", param="messages")
    for place, message in enumerate(messages):
        where = f"messages[{place}]"
        if not isinstance(message, dict) or message.get("role") not in ("system", "developer", "user", "assistant"):
            raise Refused(400, f"Invalid value: '{where}.role'.", param=where)
        content = message.get("content")
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
        if not isinstance(parts, list):
            raise Refused(400, f"Invalid type for '{where}.content'.", param=where)
        for part in parts:
            if not _is_part(part):
                raise Refused(400, f"Invalid content part in '{where}.content'.", param=where)
            yield place, message["role"], part


def _is_part(part: object) -> bool:
    if not isinstance(part, dict):
        return False
    if part.get("type") == "text":
        return isinstance(part.get("text"), str)
    return part.get("type") == "image_url" and isinstance(part.get("image_url"), dict)


def _image(part: Mapping[str, Any], config: Config) -> tuple[bytes, int]:
    """An image's bytes and its tokens, from the header alone."""
    if "image_url" in config.unsupported:
        raise unsupported("image_url", config.unsupported["image_url"])
    held = part["image_url"]
    url = str(held.get("url", ""))
    start = _URL.match(url)
    if start is None:
        raise Refused(400, "Invalid image_url: this server takes data URLs of images only.", param="messages")
    try:
        content = base64.b64decode(url[start.end() :], validate=True)
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
    except (binascii.Error, UnidentifiedImageError, OSError) as error:
        raise Refused(
            400, "You uploaded an unsupported image. Please make sure your image is valid.",
            param="messages", code="invalid_image_format",
        ) from error  # fmt: skip
    return content, TOKENS_OF_IMAGE if held.get("detail") == "low" else tokens_of_image(width, height)


def _data(text: str) -> Mapping[str, Any]:
    found = _DATA.search(text)
    try:
        data = json.loads(found.group(1)) if found else None
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Refused(400, "Test server: no JSON object between the lines <<<data and data>>> of the user message.")
    return data
