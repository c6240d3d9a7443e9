"""How many tokens a request will take, before it is sent.

Two numbers: what is likely, for an estimate, and what it cannot exceed, for a budget. Text: about four
characters a token, and never more tokens than bytes (byte-level BPE). Images, by how a model counts them:

``tiles BASE EACH``
    scaled to fit 2048 x 2048, then to a short side of 768, then 512-pixel tiles (``detail`` low: BASE alone).
``patches SIDE MOST TIMES``
    patches of SIDE pixels, MOST at the most, times a factor.

Source: OpenAI's public guide on images and vision, "Calculating costs". A model of which nothing is known is
counted by patches of 28 pixels, as Qwen-VL does, and bounded by patches of 14.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from pydantic import BaseModel

from mllm.picture import Detail
from mllm.request import Request, form_schema

TURN = 8  # tokens that a turn's wrapping takes, at most
LIKELY = "patches 28 16384 1"
BOUND = "patches 14 65536 1"
REPLY_SHARE = 0.5  # of max_tokens, where no pilot has been run


class Count(NamedTuple):
    """Tokens of a request: likely and at most. The reply's are ``max_tokens`` at most."""

    likely: int
    most: int


def request_tokens(
    request: Request, sizes: Sequence[tuple[int, int]], detail: Detail, images: str | None = None
) -> Count:
    """Tokens of a request.

    Args:
        request: The request.
        sizes: Width and height of its images as they are sent.
        detail: The detail asked for.
        images: The model's way to count images; None if unknown.
    """
    texts = [message.text for message in request.messages]
    likely = sum(ceil(len(text) / 4) for text in texts) + ceil(_schema_bytes(request.form) / 4)
    most = sum(len(text.encode("utf-8", "replace")) for text in texts) + _schema_bytes(request.form)
    turns = TURN * (len(request.messages) + 1)
    likely += turns + sum(image_tokens(images or LIKELY, size, detail) for size in sizes)
    most += turns + sum(image_tokens(images or BOUND, size, detail) for size in sizes)
    return Count(likely, most)


def image_tokens(way: str, size: tuple[int, int], detail: Detail) -> int:
    """Tokens of an image of this size, counted in this way."""
    width, height = size
    name, *numbers = way.split()
    if name == "tiles":
        base, each = (int(number) for number in numbers)
        if detail == "low":
            return base
        fit = min(1.0, 2048 / max(width, height))
        fit *= min(1.0, 768 / (min(width, height) * fit))
        return base + each * ceil(width * fit / 512 - 1e-9) * ceil(height * fit / 512 - 1e-9)
    side, most, times = int(numbers[0]), int(numbers[1]), float(numbers[2])
    return ceil(min(most, ceil(width / side) * ceil(height / side)) * times)


@lru_cache
def _schema_bytes(form: type[BaseModel] | None) -> int:
    return 0 if form is None else len(json.dumps(form_schema(form)))
