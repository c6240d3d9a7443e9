"""A request as what a chat template takes: turns of text and images in order, and the images decoded."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from mllm.failure import Unwilling
from mllm.message import Message
from mllm.picture import Picture
from mllm.request import Request
from mllm.spelled import spelled

Turn = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns ``{"role", "content": [{"type": "text", "text"} | {"type": "image"}, …]}``, and the RGB images in order."""

    turns: list[Turn]
    images: list[Image.Image]


def conversation(request: Request, messages: Sequence[Message], pictures: Mapping[str, Picture]) -> Conversation:
    """What is said to a local model.

    A form is spelled out at the end of the last turn. Neighbouring turns of one role become one, since many chat
    templates take only turns that alternate.

    Raises:
        Unwilling: An image cannot be decoded.
    """
    turns: list[Turn] = []
    images: list[Image.Image] = []
    for message in messages:
        said = _begun(turns, message.role)
        for part in message.parts:
            if isinstance(part, str):
                said.append({"type": "text", "text": part})
            else:
                said.append({"type": "image"})
                images.append(_decoded(pictures[part.ref]))
    if request.form is not None:
        _begun(turns, "user").append({"type": "text", "text": spelled(request.form)})
    return Conversation(turns, images)


def _begun(turns: list[Turn], role: str) -> list[dict[str, Any]]:
    """The content of the last turn where it is of this role, set off by an empty line; else of a new one."""
    if not turns or turns[-1]["role"] != role:
        turns.append({"role": role, "content": []})
    content: list[dict[str, Any]] = turns[-1]["content"]
    if content:
        content.append({"type": "text", "text": "\n\n"})
    return content


def without_system(turns: Sequence[Turn]) -> list[Turn]:
    """The same turns with what the system says at the head of the first user's turn."""
    said = [part for turn in turns if turn["role"] == "system" for part in turn["content"]]
    rest = [turn for turn in turns if turn["role"] != "system"]
    if not said or not rest:
        return list(rest)
    first, *others = rest
    return [{**first, "content": [*said, {"type": "text", "text": "\n\n"}, *first["content"]]}, *others]


def _decoded(picture: Picture) -> Image.Image:
    try:
        with Image.open(io.BytesIO(picture.content)) as image:
            return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unwilling(f"an image cannot be decoded ({error})") from error
